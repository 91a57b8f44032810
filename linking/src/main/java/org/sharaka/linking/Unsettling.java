package org.sharaka.linking;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Notes which keys must be judged again after edges came or went: those whose sample, or an anchor in it, changed. */
final class Unsettling {
    private final LinkStore store;
    private final LinkPolicy policy;
    private final CrowdRule rule;
    private final Set<KeyKind> anchorKinds = EnumSet.noneOf(KeyKind.class);
    private final Map<KeyKind, Integer> degreeMin = new EnumMap<>(KeyKind.class);

    Unsettling(LinkStore store, LinkPolicy policy) {
        this.store = store;
        this.policy = policy;
        this.rule = new CrowdRule(policy);
        policy.crowding().forEach((kind, limits) -> {
            anchorKinds.addAll(limits.anchors());
            degreeMin.put(kind, limits.degreeMin());
        });
    }

    /** @param states after the edges were added */
    void added(List<KeyState> states, Edges edges) {
        Map<Long, Integer> gained = new HashMap<>();
        Map<Long, Integer> smallestRank = new HashMap<>();
        for (int row = 0; row < edges.size(); row++) {
            gained.merge(edges.keys()[row], 1, Integer::sum);
            smallestRank.merge(edges.keys()[row], edges.rank(row), Math::min);
        }
        List<KeyState> toJudge = new ArrayList<>();
        List<KeyState> stepped = new ArrayList<>();
        for (KeyState state : states) {
            int before = state.degree() - gained.getOrDefault(state.hash(), 0);
            boolean sampleChanged = smallestRank.getOrDefault(state.hash(), 0) <= state.rankLimit();
            if (!state.unsettled() && sampleChanged && judgedAt(state, state.degree())) toJudge.add(state.toJudge());
            if (stepped(state, before)) stepped.add(state);
        }
        store.updateKeys(toJudge);
        beside(stepped);
    }

    /** @param states after the edges were removed */
    void removed(List<KeyState> states, Edges edges) {
        Map<Long, Integer> lost = new HashMap<>();
        for (long key : edges.keys()) lost.merge(key, 1, Integer::sum);
        List<KeyState> toJudge = new ArrayList<>();
        List<KeyState> stepped = new ArrayList<>();
        for (KeyState state : states) {
            int before = state.degree() + lost.getOrDefault(state.hash(), 0);
            if (!state.unsettled() && judgedAt(state, before)) toJudge.add(state.toJudge());
            if (stepped(state, before)) stepped.add(state);
        }
        store.updateKeys(toJudge);
        beside(stepped);
    }

    /** A report's anchors changed: so may the judgement of every key that has it in its sample. */
    void revised(long[] report) {
        Edges edges = store.edgesOf(report);
        List<KeyState> toJudge = new ArrayList<>();
        for (KeyState state : store.keys(edges.keys())) {
            if (judgedAt(state, state.degree()) && Edges.rank(report[0], state.hash()) <= state.rankLimit()) {
                toJudge.add(state.toJudge());
            }
        }
        store.updateKeys(toJudge);
    }

    /** The keys beside these anchors must be judged again. */
    void beside(Collection<KeyState> anchors) {
        if (!anchors.isEmpty()) {
            store.unsettleBeside(anchors.stream().mapToLong(KeyState::hash).toArray(), degreeMin);
        }
    }

    private boolean judgedAt(KeyState state, int degree) {
        LinkPolicy.Crowding limits = policy.crowding().get(state.kind());
        return limits != null && !state.listed() && degree >= limits.degreeMin();
    }

    private boolean stepped(KeyState state, int before) {
        // A report that came or went with its key makes its other keys be judged anyway.
        if (before == 0 || state.degree() == 0) return false;
        return !state.listed() && anchorKinds.contains(state.kind()) && rule.step(before) != rule.step(state.degree());
    }
}
