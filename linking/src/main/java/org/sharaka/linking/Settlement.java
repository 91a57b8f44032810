package org.sharaka.linking;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The part of linking that waits: judging keys, and computing families anew. */
final class Settlement {
    private final LinkStore store;
    private final LinkPolicy policy;
    private final CrowdRule rule;
    private final Families families;

    Settlement(LinkStore store, LinkPolicy policy, Families families) {
        this.store = store;
        this.policy = policy;
        this.rule = new CrowdRule(policy);
        this.families = families;
    }

    void judgeKeys(int limit, Changes.Log log) {
        Map<Set<KeyKind>, List<KeyState>> byAnchors = new HashMap<>();
        List<KeyState> before = new ArrayList<>();
        List<KeyState> after = new ArrayList<>();
        for (KeyState key : store.unsettledKeys(limit)) {
            LinkPolicy.Crowding limits = policy.crowding().get(key.kind());
            if (limits == null || key.listed()) {
                after.add(key.judged(false, -1));
                before.add(key);
            } else {
                byAnchors
                        .computeIfAbsent(limits.anchors(), kinds -> new ArrayList<>())
                        .add(key);
            }
        }
        byAnchors.forEach((kinds, keys) -> {
            Map<Long, List<SampledReport>> samples = new HashMap<>();
            long[] hashes = keys.stream().mapToLong(KeyState::hash).toArray();
            for (SampledReport row : store.samples(hashes, policy.sampleSize(), kinds, CrowdRule.DEGREE_SEEN)) {
                samples.computeIfAbsent(row.key(), key -> new ArrayList<>()).add(row);
            }
            for (KeyState key : keys) {
                CrowdRule.Judgement judgement =
                        rule.judge(key.kind(), key.degree(), samples.getOrDefault(key.hash(), List.of()));
                before.add(key);
                after.add(key.judged(judgement.crowded(), judgement.rankLimit()));
            }
        });
        store.updateKeys(after);
        turn(before, after, log);
    }

    /** Keys began or ceased to link: unsettles the families they held together, joins those they now hold together. */
    void turn(List<KeyState> before, List<KeyState> after, Changes.Log log) {
        Set<Long> loosened = new TreeSet<>();
        List<KeyState> joining = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            KeyState was = before.get(i);
            KeyState is = after.get(i);
            if (was.hash() != is.hash()) throw new IllegalStateException("states are out of step");
            if (was.shared() == is.shared()) continue;
            log.turned(is, is.shared());
            if (is.shared()) loosened.add(was.family());
            else joining.add(is);
        }
        loosened.remove(0L);
        families.unsettle(loosened);
        List<Set<Long>> together = new ArrayList<>();
        for (KeyState key : joining) {
            Set<Long> holding = new TreeSet<>();
            for (long family : store.familiesHolding(key.hash())) holding.add(family);
            if (!holding.isEmpty()) together.add(holding);
        }
        for (Set<Long> holding : together) families.unsettleIfDecided(holding);
        families.unite(together, log);
    }

    void computeFamilies(int limit, int sizeMax, Changes.Log log) {
        for (FamilyState family : store.unsettledFamilies(limit, sizeMax)) compute(family, log);
    }

    private void compute(FamilyState family, Changes.Log log) {
        Members members = store.family(family.number());
        long[] reports = members.reports().stream().mapToLong(Placement::report).toArray();
        List<Decision.Split> splits = family.decided() ? splits(family) : List.of();
        List<Component> components = components(reports, members.edges(), splits);
        number(components, members.reports());

        Map<Long, Placement> old = new HashMap<>();
        for (Placement placement : members.reports()) old.put(placement.report(), placement);
        List<Placement> changed = new ArrayList<>();
        List<FamilyState> written = new ArrayList<>();
        for (Component component : components) {
            written.add(component.state());
            for (Group group : component.groups) {
                for (long report : group.reports) {
                    Placement now = new Placement(report, component.state().number(), group.number);
                    Placement was = old.get(report);
                    if (was == null || now.equals(was)) continue;
                    changed.add(now);
                    log.moved(report, was.group(), group.number);
                }
            }
        }
        store.place(changed);
        boolean reused = written.stream().anyMatch(state -> state.number() == family.number());
        store.putFamilies(written, reused ? new long[0] : new long[] {family.number()});
    }

    private List<Decision.Split> splits(FamilyState family) {
        List<Decision.Split> splits = new ArrayList<>();
        for (Decision decision : store.decisionsTouching(new long[] {family.number()})) {
            if (decision instanceof Decision.Split split) splits.add(split);
        }
        splits.sort(Comparator.comparingLong(Decision.Split::id));
        return splits;
    }

    private List<Component> components(long[] reports, Edges edges, List<Decision.Split> splits) {
        List<Component> components = new ArrayList<>();
        Set<Long> decided = new HashSet<>();
        for (Decision.Split split : splits) decided.addAll(split.reports());
        List<long[]> groups =
                splits.isEmpty() ? List.of() : Partitioner.groups(reports, edges, strengths(edges), splits);
        Map<Long, long[]> groupOf = new HashMap<>();
        for (long[] group : groups) for (long report : group) groupOf.put(report, group);
        for (long[] part : Partitioner.components(reports, edges)) {
            boolean cut = false;
            for (long report : part) cut |= decided.contains(report);
            Component component = new Component(part.length, cut);
            if (!cut) {
                component.groups.add(new Group(part));
            } else {
                Set<long[]> seen = Collections.newSetFromMap(new IdentityHashMap<>());
                for (long report : part) {
                    long[] group = groupOf.getOrDefault(report, part);
                    if (seen.add(group)) component.groups.add(new Group(group));
                }
            }
            components.add(component);
        }
        return components;
    }

    private Map<Long, Double> strengths(Edges edges) {
        Set<Long> keys = new HashSet<>();
        for (long key : edges.keys()) keys.add(key);
        Map<Long, Double> strengths = new HashMap<>();
        for (KeyState key : store.keys(Linker.longs(keys))) {
            strengths.put(key.hash(), policy.strength(key.kind(), key.degree()));
        }
        return strengths;
    }

    /** Every group keeps the number under which most of it was known; what is new gets a new one. */
    private void number(List<Component> components, List<Placement> before) {
        Map<Long, Long> oldGroup = new HashMap<>();
        for (Placement placement : before) oldGroup.put(placement.report(), placement.group());
        record Claim(Group group, long number, int reports) {}
        List<Claim> claims = new ArrayList<>();
        List<Group> groups = new ArrayList<>();
        for (Component component : components) {
            for (Group group : component.groups) {
                groups.add(group);
                Map<Long, Integer> overlap = new TreeMap<>();
                for (long report : group.reports) overlap.merge(oldGroup.getOrDefault(report, 0L), 1, Integer::sum);
                overlap.forEach((number, count) -> claims.add(new Claim(group, number, count)));
            }
        }
        claims.sort(Comparator.comparingInt((Claim claim) -> -claim.reports())
                .thenComparingLong(Claim::number)
                .thenComparingLong(claim -> claim.group().reports[0]));
        Set<Long> taken = new HashSet<>();
        for (Claim claim : claims) {
            if (claim.group().number == 0 && claim.number() != 0 && taken.add(claim.number())) {
                claim.group().number = claim.number();
            }
        }
        List<Group> unnamed = groups.stream().filter(group -> group.number == 0).toList();
        long[] fresh = store.newNumbers(unnamed.size());
        for (int i = 0; i < fresh.length; i++) unnamed.get(i).number = fresh[i];
    }

    private static final class Group {
        final long[] reports;
        long number;

        Group(long[] reports) {
            this.reports = reports;
        }
    }

    private static final class Component {
        final int size;
        final boolean decided;
        final List<Group> groups = new ArrayList<>();

        Component(int size, boolean decided) {
            this.size = size;
            this.decided = decided;
        }

        /** A family is numbered as its largest group, so that a family that nobody cut is its only group. */
        FamilyState state() {
            Group largest = groups.stream()
                    .max(Comparator.comparingInt((Group group) -> group.reports.length)
                            .thenComparing(group -> group.number, Comparator.reverseOrder()))
                    .orElseThrow();
            return new FamilyState(largest.number, size, decided, false);
        }
    }
}
