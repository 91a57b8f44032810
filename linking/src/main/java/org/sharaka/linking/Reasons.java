package org.sharaka.linking;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;

/** Why a report is in a campaign, and what connects two reports of it: what an investigator checks and a court may ask. */
public final class Reasons {
    private final LinkStore store;
    private final LinkPolicy policy;

    public Reasons(LinkStore store, LinkPolicy policy) {
        this.store = store;
        this.policy = policy;
    }

    /**
     * A key that the report shares with others of the group.
     *
     * @param degreeInGroup reports of the group that hold it, this one included; at least 2
     * @param strength {@link LinkPolicy#strength(KeyKind, int)}
     */
    public record Reason(KeyState key, int degreeInGroup, double strength) {}

    /** Why a key was not followed. */
    public enum Ignored {
        /** A list of shared infrastructure names it. */
        LISTED,
        /** It was observed to join otherwise separate groups. */
        OBSERVED,
        /** An officer marked it as a shared service. */
        MARKED;

        static Ignored of(KeyState key) {
            if (key.mark() == KeyMark.SHARED) return MARKED;
            return key.listed() ? LISTED : OBSERVED;
        }
    }

    /**
     * @param reasons the strongest first
     * @param ignored keys of the report that are shared services
     * @param cut keys that link, and that reports outside the group hold too: officers' decisions stand between
     * @param alone keys that no other report holds
     */
    public record Explanation(
            long report,
            List<Reason> reasons,
            Map<KeyState, Ignored> ignored,
            List<KeyState> cut,
            List<KeyState> alone) {
        public Explanation {
            reasons = List.copyOf(reasons);
            ignored = Map.copyOf(ignored);
            cut = List.copyOf(cut);
            alone = List.copyOf(alone);
        }
    }

    /** One step of a path of evidence: {@code from} and {@code to} both hold the key. */
    public record Step(long from, KeyState key, long to, double strength) {}

    public Explanation of(long report, long group) {
        return of(new long[] {report}, group).get(0);
    }

    /** As {@link #of(long, long)} for several reports of one group at once, in the order given. */
    public List<Explanation> of(long[] reports, long group) {
        Edges edges = store.edgesOf(reports);
        Map<Long, List<Long>> keysOf = new HashMap<>();
        Set<Long> keys = new TreeSet<>();
        for (int row = 0; row < edges.size(); row++) {
            keysOf.computeIfAbsent(edges.reports()[row], report -> new ArrayList<>())
                    .add(edges.keys()[row]);
            keys.add(edges.keys()[row]);
        }
        Map<Long, KeyState> states = states(keys);
        Map<Long, Integer> inGroup = new HashMap<>();
        for (long key : store.group(group).edges().keys()) inGroup.merge(key, 1, Integer::sum);
        List<Explanation> explanations = new ArrayList<>();
        for (long report : reports) {
            List<KeyState> held = keysOf.getOrDefault(report, List.of()).stream()
                    .map(key -> state(states, key))
                    .sorted(Comparator.comparingLong(KeyState::hash))
                    .toList();
            explanations.add(explain(report, held, inGroup));
        }
        return explanations;
    }

    private Explanation explain(long report, List<KeyState> held, Map<Long, Integer> inGroup) {
        List<Reason> reasons = new ArrayList<>();
        Map<KeyState, Ignored> ignored = new LinkedHashMap<>();
        List<KeyState> cut = new ArrayList<>();
        List<KeyState> alone = new ArrayList<>();
        for (KeyState key : held) {
            int here = inGroup.getOrDefault(key.hash(), 0);
            if (key.shared()) {
                ignored.put(key, Ignored.of(key));
                continue;
            }
            if (here >= 2) reasons.add(new Reason(key, here, strength(key)));
            if (key.degree() > here) cut.add(key);
            if (key.degree() <= 1) alone.add(key);
        }
        reasons.sort(Comparator.comparingDouble(Reason::strength).reversed().thenComparing(reason -> reason.key()
                .hash()));
        return new Explanation(report, reasons, ignored, cut, alone);
    }

    /**
     * The path of evidence between two reports of one group: few steps through strong keys. Two steps through strong keys are
     * preferred to one through a weak one.
     *
     * @return the steps from {@code from} to {@code to}; empty if they are the same or nothing but a stale group connects them
     */
    public List<Step> path(long from, long to, long group) {
        Edges edges = store.group(group).edges();
        Map<Long, List<Long>> keysOf = new HashMap<>();
        Map<Long, List<Long>> holders = new HashMap<>();
        for (int row = 0; row < edges.size(); row++) {
            keysOf.computeIfAbsent(edges.reports()[row], report -> new ArrayList<>())
                    .add(edges.keys()[row]);
            holders.computeIfAbsent(edges.keys()[row], key -> new ArrayList<>()).add(edges.reports()[row]);
        }
        Map<Long, KeyState> states = states(holders.keySet());
        record Reached(long report, double cost) {}
        PriorityQueue<Reached> nearest =
                new PriorityQueue<>(Comparator.comparingDouble(Reached::cost).thenComparingLong(Reached::report));
        Map<Long, Double> cost = new HashMap<>();
        Map<Long, Step> by = new HashMap<>();
        Set<Long> followed = new HashSet<>();
        Set<Long> done = new HashSet<>();
        cost.put(from, 0.0);
        nearest.add(new Reached(from, 0));
        while (!nearest.isEmpty()) {
            Reached at = nearest.remove();
            if (!done.add(at.report())) continue;
            if (at.report() == to) break;
            for (long key : keysOf.getOrDefault(at.report(), List.of())) {
                // Whoever reaches a key first reaches all its holders as cheaply as anybody can.
                if (!followed.add(key)) continue;
                KeyState state = state(states, key);
                double strength = strength(state);
                double reached = at.cost() + 1 / strength;
                for (long next : holders.getOrDefault(key, List.of())) {
                    if (reached < cost.getOrDefault(next, Double.MAX_VALUE)) {
                        cost.put(next, reached);
                        by.put(next, new Step(at.report(), state, next, strength));
                        nearest.add(new Reached(next, reached));
                    }
                }
            }
        }
        Deque<Step> steps = new ArrayDeque<>();
        for (Step step = by.get(to); step != null && steps.size() <= by.size(); step = by.get(step.from())) {
            steps.addFirst(step);
            if (step.from() == from) return List.copyOf(steps);
        }
        return List.of();
    }

    private double strength(KeyState key) {
        return policy.strength(key.kind(), key.degree());
    }

    private Map<Long, KeyState> states(Set<Long> keys) {
        Map<Long, KeyState> states = new HashMap<>();
        for (KeyState state : store.keys(Linker.longs(keys))) states.put(state.hash(), state);
        return states;
    }

    private static KeyState state(Map<Long, KeyState> states, long key) {
        KeyState state = states.get(key);
        if (state == null) throw new IllegalStateException("edge to an unknown key " + key);
        return state;
    }
}
