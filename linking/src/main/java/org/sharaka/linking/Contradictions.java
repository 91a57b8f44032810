package org.sharaka.linking;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which decisions in force a new decision contradicts. Joins count with all that they bring together. */
final class Contradictions {
    private Contradictions() {}

    static List<Decision> of(Decision decision, List<Decision> inForce) {
        List<Decision.Join> joins = new ArrayList<>();
        List<Decision.Split> splits = new ArrayList<>();
        for (Decision old : inForce) {
            if (old instanceof Decision.Join join) joins.add(join);
            if (old instanceof Decision.Split split) splits.add(split);
        }
        List<Decision> superseded = new ArrayList<>();
        if (decision instanceof Decision.Split split) {
            // The latest join on each way from one side to the other goes.
            for (List<Decision.Join> way = way(split, joins); !way.isEmpty(); way = way(split, joins)) {
                Decision.Join latest = way.get(0);
                for (Decision.Join join : way) if (join.id() > latest.id()) latest = join;
                joins.remove(latest);
                superseded.add(latest);
            }
        } else if (decision instanceof Decision.Join join) {
            joins.add(join);
            for (Decision.Split split : splits) {
                if (!way(split, joins).isEmpty()) superseded.add(split);
            }
        }
        return superseded;
    }

    /** The joins on a shortest way from one side of the split to the other; empty if there is none. */
    private static List<Decision.Join> way(Decision.Split split, List<Decision.Join> joins) {
        Map<Long, List<Decision.Join>> joinsOf = new HashMap<>();
        for (Decision.Join join : joins) {
            joinsOf.computeIfAbsent(join.a(), report -> new ArrayList<>()).add(join);
            joinsOf.computeIfAbsent(join.b(), report -> new ArrayList<>()).add(join);
        }
        Map<Long, Decision.Join> reachedBy = new HashMap<>();
        Set<Long> seen = new HashSet<>(split.sideA());
        Deque<Long> next = new ArrayDeque<>(split.sideA().stream().sorted().toList());
        while (!next.isEmpty()) {
            long report = next.remove();
            if (split.sideB().contains(report)) return wayTo(report, reachedBy, split.sideA());
            for (Decision.Join join : joinsOf.getOrDefault(report, List.of())) {
                long other = join.a() == report ? join.b() : join.a();
                if (seen.add(other)) {
                    reachedBy.put(other, join);
                    next.add(other);
                }
            }
        }
        return List.of();
    }

    private static List<Decision.Join> wayTo(long report, Map<Long, Decision.Join> reachedBy, Set<Long> start) {
        List<Decision.Join> way = new ArrayList<>();
        long at = report;
        while (!start.contains(at)) {
            Decision.Join join = reachedBy.get(at);
            if (join == null) throw new IllegalStateException("broken way");
            way.add(join);
            at = join.a() == at ? join.b() : join.a();
        }
        return way;
    }
}
