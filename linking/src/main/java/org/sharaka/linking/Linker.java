package org.sharaka.linking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Links reports into campaigns as they come in. What is cheap happens at once: a new report joins the families of its keys.
 * What may touch many reports (a key turning out to be a shared service, evidence withdrawn, a family that officers cut)
 * is noted and done by {@link #settle}. Once settled, the partition is a function of the set of reports and decisions, not
 * of their order, and equals that of {@link BatchLinker}.
 *
 * <p>One writer at a time; every method is meant to run in one transaction that the caller owns.
 */
public final class Linker {
    private final LinkStore store;
    private final LinkPolicy policy;
    private final Unsettling unsettling;
    private final Families families;
    private final Settlement settlement;

    public Linker(LinkStore store, LinkPolicy policy) {
        this.store = store;
        this.policy = policy;
        this.unsettling = new Unsettling(store, policy);
        this.families = new Families(store);
        this.settlement = new Settlement(store, policy, families);
    }

    /**
     * Adds reports that are not there yet, one or many.
     *
     * @throws IllegalStateException if a report is there already (see {@link #revise})
     */
    public Changes add(Collection<LinkedReport> reports) {
        Changes.Log log = new Changes.Log();
        Set<Long> numbers = new HashSet<>();
        for (LinkedReport report : reports) {
            if (!numbers.add(report.report()))
                throw new IllegalStateException("twice in one batch: " + report.report());
        }
        Additions additions = new Additions(reports);
        write(additions, numbers, log);
        return log.changes();
    }

    /** Puts a report's keys in place of those it held, because evidence was added to it or withdrawn from it. */
    public Changes revise(LinkedReport report) {
        Changes.Log log = new Changes.Log();
        long[] number = {report.report()};
        if (store.placements(number).isEmpty()) throw new IllegalStateException("unknown report " + report.report());
        Set<Long> held = new HashSet<>();
        for (long key : store.edgesOf(number).keys()) held.add(key);
        List<LinkKey> gained = new ArrayList<>();
        Set<Long> lost = new HashSet<>(held);
        for (LinkKey key : report.keys()) {
            if (!lost.remove(key.hash())) gained.add(key);
        }
        for (KeyState key : store.keys(longs(lost))) {
            if (key.kind() == KeyKind.JOIN) lost.remove(key.hash());
        }
        if (!lost.isEmpty()) {
            long[] keys = longs(lost);
            long[] reports = new long[keys.length];
            Arrays.fill(reports, report.report());
            Edges edges = new Edges(reports, keys);
            unsettling.removed(store.removeEdges(edges), edges);
            families.unsettle(familiesOf(number));
        }
        if (!gained.isEmpty()) {
            Additions additions = new Additions(List.of(new LinkedReport(report.report(), gained)));
            families.unsettleIfDecided(familiesOf(number));
            write(additions, Set.of(), log);
        }
        if (!lost.isEmpty() || !gained.isEmpty()) unsettling.revised(number);
        return log.changes();
    }

    /** Takes reports out; the campaigns they held together fall apart in {@link #settle}. Unknown ones are ignored. */
    public Changes withdraw(Collection<Long> reports) {
        Changes.Log log = new Changes.Log();
        List<Placement> placed = store.placements(longs(new TreeSet<>(reports)));
        long[] numbers = placed.stream().mapToLong(Placement::report).toArray();
        Edges edges = store.edgesOf(numbers);
        unsettling.removed(store.removeEdges(edges), edges);
        store.forget(numbers);
        Map<Long, Integer> leaving = new TreeMap<>();
        for (Placement placement : placed) {
            leaving.merge(placement.family(), 1, Integer::sum);
            log.moved(placement.report(), placement.group(), 0);
        }
        List<FamilyState> shrunk = new ArrayList<>();
        List<Long> gone = new ArrayList<>();
        for (FamilyState family : store.families(longs(leaving.keySet()))) {
            int size = family.size() - leaving.getOrDefault(family.number(), 0);
            if (size == 0) gone.add(family.number());
            else shrunk.add(new FamilyState(family.number(), size, family.decided(), true));
        }
        store.putFamilies(shrunk, longs(gone));
        return log.changes();
    }

    /**
     * Puts a decision in force. Earlier decisions that say the opposite are superseded: a join between the sides of a new
     * split, a split whose sides a new join (with the joins before it) brings together.
     *
     * @throws IllegalStateException if a report is unknown or the id is taken
     */
    public Decided decide(Decision decision) {
        Changes.Log log = new Changes.Log();
        long[] reports = longs(new TreeSet<>(decision.reports()));
        List<Placement> placed = store.placements(reports);
        if (placed.size() != reports.length) throw new IllegalStateException("the decision names an unknown report");
        Set<Long> touched = new TreeSet<>();
        for (Placement placement : placed) touched.add(placement.family());
        List<Decision> inForce = store.decisionsTouching(longs(touched));
        List<Decision> superseded = Contradictions.of(decision, inForce);
        for (Decision old : superseded) drop(old);
        store.addDecision(decision);
        if (decision instanceof Decision.Split) {
            families.unsettleDecided(touched);
        } else if (decision instanceof Decision.Join join) {
            Additions additions = new Additions(List.of(
                    new LinkedReport(join.a(), List.of(join.key())), new LinkedReport(join.b(), List.of(join.key()))));
            families.unsettleIfDecided(touched);
            write(additions, Set.of(), log);
        }
        return new Decided(superseded.stream().map(Decision::id).toList(), log.changes());
    }

    /**
     * @param superseded ids of earlier decisions that no longer hold
     */
    public record Decided(List<Long> superseded, Changes changes) {
        public Decided {
            superseded = List.copyOf(superseded);
        }
    }

    /** Takes a decision back; an unknown one is ignored. */
    public Changes revoke(long decision) {
        for (Decision found : store.decisions(new long[] {decision})) drop(found);
        return new Changes.Log().changes();
    }

    private void drop(Decision decision) {
        store.removeDecisions(new long[] {decision.id()});
        long[] reports = longs(decision.reports());
        if (decision instanceof Decision.Join join) {
            long key = join.key().hash();
            store.removeEdges(new Edges(new long[] {join.a(), join.b()}, new long[] {key, key}));
        }
        families.unsettle(familiesOf(reports));
    }

    /**
     * Records what an officer says of a key: a shared service, or a trace that links whatever was observed.
     *
     * @throws IllegalStateException if the key is unknown
     */
    public Changes mark(long key, KeyMark mark) {
        Changes.Log log = new Changes.Log();
        List<KeyState> found = store.keys(new long[] {key});
        if (found.isEmpty()) throw new IllegalStateException("unknown key " + key);
        KeyState before = found.get(0);
        KeyState after = before.marked(mark);
        store.updateKeys(List.of(after));
        settlement.turn(List.of(before), List.of(after), log);
        return log.changes();
    }

    /**
     * Does what waits: judges at most {@code limit} keys or, once all are judged, computes at most {@code limit} families.
     * Call again until {@link #settled()}.
     */
    public Changes settle(int limit) {
        return settle(limit, Integer.MAX_VALUE);
    }

    /**
     * As {@link #settle(int)}, leaving out families of more than {@code familySizeMax} reports: computing one takes time in
     * proportion to its size.
     */
    public Changes settle(int limit, int familySizeMax) {
        Changes.Log log = new Changes.Log();
        settlement.judgeKeys(limit, log);
        // Every verdict may unsettle a family again: computed between two verdicts, a large one would be computed for
        // each.
        if (store.unsettledKeys(1).isEmpty()) settlement.computeFamilies(limit, familySizeMax, log);
        return log.changes();
    }

    /** True if nothing waits. */
    public boolean settled() {
        return settled(Integer.MAX_VALUE);
    }

    /** True if no key waits, and no family of at most {@code familySizeMax} reports. */
    public boolean settled(int familySizeMax) {
        return store.unsettledKeys(1).isEmpty()
                && store.unsettledFamilies(1, familySizeMax).isEmpty();
    }

    public LinkPolicy policy() {
        return policy;
    }

    private void write(Additions additions, Set<Long> newReports, Changes.Log log) {
        long[] keys = longs(additions.keys().keySet());
        // A report that stands somewhere already would answer for the family of the keys it gains: ask before.
        Map<Long, Long> familyBefore = new HashMap<>();
        boolean placed = newReports.isEmpty();
        if (placed) for (KeyState state : store.keys(keys)) familyBefore.put(state.hash(), state.family());
        List<KeyState> states =
                listed(additions.keys(), store.addEdges(additions.keys().values(), additions.edges()), log);
        List<KeyState> connecting = placed
                ? states.stream()
                        .map(state -> state.inFamily(familyBefore.getOrDefault(state.hash(), 0L)))
                        .toList()
                : states;
        families.connect(newReports, additions.edges(), connecting, log);
        unsettling.added(states, additions.edges());
    }

    /** A list of shared infrastructure may have grown since a key was first seen: such keys cease to link first. */
    private List<KeyState> listed(Map<Long, LinkKey> keys, List<KeyState> states, Changes.Log log) {
        List<KeyState> before = new ArrayList<>();
        List<KeyState> after = new ArrayList<>();
        for (KeyState state : states) {
            LinkKey key = keys.get(state.hash());
            if (key == null || !key.listed() || state.listed()) continue;
            before.add(state);
            after.add(state.nowListed());
        }
        if (before.isEmpty()) return states;
        store.updateKeys(after);
        unsettling.beside(after);
        settlement.turn(before, after, log);
        long[] all = states.stream().mapToLong(KeyState::hash).toArray();
        return store.keys(all);
    }

    private Set<Long> familiesOf(long[] reports) {
        Set<Long> numbers = new TreeSet<>();
        for (Placement placement : store.placements(reports)) numbers.add(placement.family());
        return numbers;
    }

    static long[] longs(Collection<Long> numbers) {
        return numbers.stream().mapToLong(Long::longValue).toArray();
    }

    /** The keys and edges of some reports, ready for the store. */
    private static final class Additions {
        private final Map<Long, LinkKey> keys = new LinkedHashMap<>();
        private final Edges edges;

        Additions(Collection<LinkedReport> reports) {
            int size = reports.stream().mapToInt(report -> report.keys().size()).sum();
            long[] from = new long[size];
            long[] to = new long[size];
            int row = 0;
            for (LinkedReport report : reports) {
                for (LinkKey key : report.keys()) {
                    keys.merge(key.hash(), key, (one, other) -> other.listed() ? other : one);
                    from[row] = report.report();
                    to[row++] = key.hash();
                }
            }
            edges = new Edges(from, to);
        }

        Edges edges() {
            return edges;
        }

        Map<Long, LinkKey> keys() {
            return keys;
        }
    }
}
