package org.sharaka.linking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** A store that lives as long as the process: for tests, benchmarks and small sets. Not safe for use by several threads. */
public final class InMemoryLinkStore implements LinkStore {
    private static final class Key {
        final KeyKind kind;
        final String label;
        boolean listed;
        KeyMark mark = KeyMark.NONE;
        boolean crowded;
        int rankLimit = Integer.MAX_VALUE;
        final TreeSet<Holder> holders = new TreeSet<>(Holder.ORDER);

        Key(LinkKey key) {
            kind = key.kind();
            label = key.label();
            listed = key.listed();
        }

        boolean shared() {
            return KeyState.shared(kind, mark, listed, crowded);
        }
    }

    private record Holder(int rank, long report) {
        static final Comparator<Holder> ORDER =
                Comparator.comparingInt(Holder::rank).thenComparingLong(Holder::report);

        static Holder of(long report, long key) {
            return new Holder(Edges.rank(report, key), report);
        }
    }

    private final Map<Long, Key> keys = new HashMap<>();
    private final Map<Long, Set<Long>> keysOfReport = new HashMap<>();
    private final Map<Long, Placement> placements = new HashMap<>();
    private final Map<Long, Set<Long>> reportsOfFamily = new HashMap<>();
    private final Map<Long, Set<Long>> reportsOfGroup = new HashMap<>();
    private final Map<Long, FamilyState> families = new HashMap<>();
    private final Set<Long> unsettledKeys = new LinkedHashSet<>();
    private final Set<Long> unsettledFamilies = new LinkedHashSet<>();
    private final TreeMap<Long, Decision> decisions = new TreeMap<>();
    private final Map<Long, Set<Long>> decisionsOfReport = new HashMap<>();
    private long lastNumber;

    @Override
    public long[] newNumbers(int count) {
        long[] numbers = new long[count];
        for (int i = 0; i < count; i++) numbers[i] = ++lastNumber;
        return numbers;
    }

    @Override
    public List<KeyState> addEdges(Collection<LinkKey> added, Edges edges) {
        for (LinkKey key : added) {
            keys.computeIfAbsent(key.hash(), hash -> new Key(key));
        }
        for (int i = 0; i < edges.size(); i++) {
            long report = edges.reports()[i];
            long key = edges.keys()[i];
            if (!keysOfReport.computeIfAbsent(report, r -> new HashSet<>()).add(key)) {
                throw new IllegalStateException("report " + report + " holds that key already");
            }
            row(key).holders.add(Holder.of(report, key));
        }
        return added.stream().map(key -> state(key.hash())).toList();
    }

    @Override
    public List<KeyState> removeEdges(Edges edges) {
        Set<Long> touched = new LinkedHashSet<>();
        for (int i = 0; i < edges.size(); i++) {
            long report = edges.reports()[i];
            long key = edges.keys()[i];
            Set<Long> held = keysOfReport.getOrDefault(report, Set.of());
            if (!held.contains(key)) continue;
            held.remove(key);
            if (held.isEmpty()) keysOfReport.remove(report);
            row(key).holders.remove(Holder.of(report, key));
            touched.add(key);
        }
        return touched.stream().map(this::state).toList();
    }

    @Override
    public List<KeyState> keys(long[] hashes) {
        return Arrays.stream(hashes)
                .filter(keys::containsKey)
                .mapToObj(this::state)
                .toList();
    }

    @Override
    public void updateKeys(Collection<KeyState> states) {
        for (KeyState state : states) {
            Key row = row(state.hash());
            row.listed = state.listed();
            row.mark = state.mark();
            row.crowded = state.crowded();
            row.rankLimit = state.rankLimit();
            setMember(unsettledKeys, state.hash(), state.unsettled());
        }
    }

    @Override
    public Edges edgesOf(long[] reports) {
        return edges(reports, key -> true);
    }

    @Override
    public long[] familiesHolding(long key) {
        return row(key).holders.stream()
                .map(holder -> placements.get(holder.report()))
                .filter(placement -> placement != null)
                .mapToLong(Placement::family)
                .distinct()
                .toArray();
    }

    @Override
    public List<Placement> placements(long[] reports) {
        return Arrays.stream(reports)
                .filter(placements::containsKey)
                .mapToObj(this::placement)
                .toList();
    }

    @Override
    public void place(Collection<Placement> placed) {
        for (Placement placement : placed) {
            leave(placements.put(placement.report(), placement));
            reportsOfFamily
                    .computeIfAbsent(placement.family(), f -> new HashSet<>())
                    .add(placement.report());
            reportsOfGroup
                    .computeIfAbsent(placement.group(), g -> new HashSet<>())
                    .add(placement.report());
        }
    }

    @Override
    public void forget(long[] reports) {
        for (long report : reports) leave(placements.remove(report));
    }

    @Override
    public List<FamilyState> families(long[] numbers) {
        return Arrays.stream(numbers)
                .filter(families::containsKey)
                .mapToObj(this::familyState)
                .toList();
    }

    @Override
    public void putFamilies(Collection<FamilyState> states, long[] gone) {
        for (long number : gone) {
            families.remove(number);
            unsettledFamilies.remove(number);
        }
        for (FamilyState state : states) {
            families.put(state.number(), state);
            setMember(unsettledFamilies, state.number(), state.unsettled());
        }
    }

    @Override
    public List<Placement> relabel(long[] from, long[] into, boolean[] groupsToo) {
        List<Placement> moved = new ArrayList<>();
        for (int i = 0; i < from.length; i++) {
            List<Placement> after = new ArrayList<>();
            for (long report : reportsOfFamily.getOrDefault(from[i], Set.of())) {
                Placement before = placement(report);
                if (groupsToo[i] && before.group() != into[i]) moved.add(before);
                after.add(new Placement(report, into[i], groupsToo[i] ? into[i] : before.group()));
            }
            place(after);
        }
        return moved;
    }

    @Override
    public Members family(long number) {
        return members(reportsOfFamily.getOrDefault(number, Set.of()));
    }

    @Override
    public Members group(long number) {
        return members(reportsOfGroup.getOrDefault(number, Set.of()));
    }

    @Override
    public List<SampledReport> samples(long[] sampled, int size, Set<KeyKind> anchorKinds, int anchorDegreeMin) {
        List<SampledReport> rows = new ArrayList<>();
        for (long key : sampled) {
            for (Holder holder : row(key).holders.stream().limit(size).toList()) {
                long[] anchors = keysOfReport.getOrDefault(holder.report(), Set.of()).stream()
                        .filter(other -> other != key)
                        .filter(other -> {
                            Key anchor = row(other);
                            return !anchor.listed
                                    && anchorKinds.contains(anchor.kind)
                                    && anchor.holders.size() >= anchorDegreeMin;
                        })
                        .mapToLong(Long::longValue)
                        .toArray();
                rows.add(new SampledReport(
                        key,
                        holder.report(),
                        holder.rank(),
                        anchors,
                        Arrays.stream(anchors)
                                .mapToInt(anchor -> row(anchor).holders.size())
                                .toArray()));
            }
        }
        return rows;
    }

    @Override
    public void unsettleBeside(long[] anchors, Map<KeyKind, Integer> degreeMin) {
        Set<Long> reports = new HashSet<>();
        for (long anchor : anchors) row(anchor).holders.forEach(holder -> reports.add(holder.report()));
        for (long report : reports) {
            for (long hash : keysOfReport.getOrDefault(report, Set.of())) {
                Key key = row(hash);
                Integer atLeast = degreeMin.get(key.kind);
                if (atLeast != null && key.holders.size() >= atLeast && Edges.rank(report, hash) <= key.rankLimit) {
                    unsettledKeys.add(hash);
                }
            }
        }
    }

    @Override
    public List<KeyState> unsettledKeys(int limit) {
        return unsettledKeys.stream().limit(limit).map(this::state).toList();
    }

    @Override
    public List<FamilyState> unsettledFamilies(int limit, int sizeMax) {
        return unsettledFamilies.stream()
                .map(this::familyState)
                .filter(family -> family.size() <= sizeMax)
                .limit(limit)
                .toList();
    }

    @Override
    public void addDecision(Decision decision) {
        if (decisions.putIfAbsent(decision.id(), decision) != null) {
            throw new IllegalStateException("decision " + decision.id() + " is there already");
        }
        for (long report : decision.reports()) {
            decisionsOfReport.computeIfAbsent(report, r -> new TreeSet<>()).add(decision.id());
        }
    }

    @Override
    public void removeDecisions(long[] ids) {
        for (long id : ids) {
            Decision decision = decisions.remove(id);
            if (decision == null) continue;
            for (long report : decision.reports()) {
                decisionsOfReport.getOrDefault(report, Set.of()).remove(id);
            }
        }
    }

    @Override
    public List<Decision> decisions(long[] ids) {
        List<Decision> found = new ArrayList<>();
        for (long id : ids) {
            Decision decision = decisions.get(id);
            if (decision != null) found.add(decision);
        }
        return found;
    }

    @Override
    public List<Decision> decisionsTouching(long[] numbers) {
        Set<Long> ids = new TreeSet<>();
        for (long family : numbers) {
            for (long report : reportsOfFamily.getOrDefault(family, Set.of())) {
                ids.addAll(decisionsOfReport.getOrDefault(report, Set.of()));
            }
        }
        return decisions(ids.stream().mapToLong(Long::longValue).toArray());
    }

    private Key row(long hash) {
        Key key = keys.get(hash);
        if (key == null) throw new IllegalStateException("unknown key " + hash);
        return key;
    }

    private KeyState state(long hash) {
        Key key = row(hash);
        KeyState state = new KeyState(
                hash,
                key.kind,
                key.label,
                key.holders.size(),
                key.listed,
                key.mark,
                key.crowded,
                key.rankLimit,
                unsettledKeys.contains(hash),
                0);
        if (key.shared()) return state;
        for (Holder holder : key.holders) {
            Placement placement = placements.get(holder.report());
            if (placement != null) return state.inFamily(placement.family());
        }
        return state;
    }

    private Placement placement(long report) {
        Placement placement = placements.get(report);
        if (placement == null) throw new IllegalStateException("unknown report " + report);
        return placement;
    }

    private FamilyState familyState(long number) {
        FamilyState state = families.get(number);
        if (state == null) throw new IllegalStateException("unknown family " + number);
        return state;
    }

    private void leave(@Nullable Placement old) {
        if (old == null) return;
        takeFrom(reportsOfFamily, old.family(), old.report());
        takeFrom(reportsOfGroup, old.group(), old.report());
    }

    private static void takeFrom(Map<Long, Set<Long>> reportsOf, long number, long report) {
        Set<Long> reports = reportsOf.getOrDefault(number, Set.of());
        reports.remove(report);
        if (reports.isEmpty()) reportsOf.remove(number);
    }

    private Members members(Set<Long> reports) {
        long[] numbers = reports.stream().mapToLong(Long::longValue).toArray();
        return new Members(placements(numbers), edges(numbers, key -> !row(key).shared()));
    }

    private Edges edges(long[] reports, LongPredicate wanted) {
        List<long[]> rows = new ArrayList<>();
        for (long report : reports) {
            for (long key : keysOfReport.getOrDefault(report, Set.of())) {
                if (wanted.test(key)) rows.add(new long[] {report, key});
            }
        }
        return new Edges(
                rows.stream().mapToLong(row -> row[0]).toArray(),
                rows.stream().mapToLong(row -> row[1]).toArray());
    }

    private static void setMember(Set<Long> set, long number, boolean member) {
        if (member) set.add(number);
        else set.remove(number);
    }
}
