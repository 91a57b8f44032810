package org.sharaka.linking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a family into groups as officers decided. Works as Kruskal's algorithm does: the strongest keys join first, and a join
 * that would bring both sides of one {@link Decision.Split} together is not made. Where a key's reports may not all be
 * together, those that may still are. The result depends on reports, keys and decisions alone.
 */
final class Partitioner {
    private final Map<Long, Integer> indexOfReport = new HashMap<>();
    private final long[] reports;
    private final DisjointSets sets;
    /** Of a root that holds reports named in splits: for each split (index in the list) the side, 1 or 2. */
    private final Map<Integer, Map<Integer, Integer>> sidesOfRoot = new HashMap<>();

    private Partitioner(long[] reports, List<Decision.Split> splits) {
        this.reports = reports.clone();
        Arrays.sort(this.reports);
        sets = new DisjointSets(reports.length);
        for (int i = 0; i < this.reports.length; i++) indexOfReport.put(this.reports[i], i);
        for (int split = 0; split < splits.size(); split++) {
            for (long report : splits.get(split).sideA()) note(report, split, 1);
            for (long report : splits.get(split).sideB()) note(report, split, 2);
        }
    }

    private void note(long report, int split, int side) {
        Integer index = indexOfReport.get(report);
        if (index != null)
            sidesOfRoot.computeIfAbsent(index, i -> new HashMap<>()).put(split, side);
    }

    /** The connected components of reports over edges, each sorted. */
    static List<long[]> components(long[] reports, Edges edges) {
        Partitioner partitioner = new Partitioner(reports, List.of());
        Map<Long, Integer> firstHolder = new HashMap<>();
        for (int row = 0; row < edges.size(); row++) {
            int report = partitioner.index(edges.reports()[row]);
            Integer first = firstHolder.putIfAbsent(edges.keys()[row], report);
            if (first != null) partitioner.sets.union(first, report);
        }
        return partitioner.parts();
    }

    /**
     * @param strengths of every key in {@code edges}
     * @return the groups, each sorted
     */
    static List<long[]> groups(long[] reports, Edges edges, Map<Long, Double> strengths, List<Decision.Split> splits) {
        Partitioner partitioner = new Partitioner(reports, splits);
        partitioner.join(edges, strengths);
        return partitioner.parts();
    }

    private void join(Edges edges, Map<Long, Double> strengths) {
        Map<Long, List<Integer>> holders = new HashMap<>();
        for (int row = 0; row < edges.size(); row++) {
            holders.computeIfAbsent(edges.keys()[row], key -> new ArrayList<>()).add(index(edges.reports()[row]));
        }
        List<Long> strongestFirst = new ArrayList<>(holders.keySet());
        strongestFirst.sort(Comparator.<Long>comparingDouble(key -> -strengths.getOrDefault(key, 0.0))
                .thenComparingLong(key -> key));
        for (long key : strongestFirst) {
            List<Integer> inOrder = new ArrayList<>(holders.getOrDefault(key, List.of()));
            inOrder.sort(Comparator.naturalOrder());
            joinHolders(inOrder);
        }
    }

    /** One key joins its holders in as few lanes as the splits allow: each goes to the first lane that may take it. */
    private void joinHolders(List<Integer> holders) {
        List<Integer> lanes = new ArrayList<>();
        for (int holder : holders) {
            boolean taken = false;
            for (int lane = 0; lane < lanes.size() && !taken; lane++) {
                taken = unite(lanes.get(lane), holder);
            }
            if (!taken) lanes.add(holder);
        }
    }

    private boolean unite(int a, int b) {
        int rootA = sets.find(a);
        int rootB = sets.find(b);
        if (rootA == rootB) return true;
        @Nullable Map<Integer, Integer> sidesA = sidesOfRoot.get(rootA);
        @Nullable Map<Integer, Integer> sidesB = sidesOfRoot.get(rootB);
        if (sidesA != null && sidesB != null) {
            for (Map.Entry<Integer, Integer> side : sidesA.entrySet()) {
                Integer other = sidesB.get(side.getKey());
                if (other != null && !other.equals(side.getValue())) return false;
            }
        }
        int root = sets.union(rootA, rootB);
        Map<Integer, Integer> both = new HashMap<>();
        if (sidesA != null) both.putAll(sidesA);
        if (sidesB != null) both.putAll(sidesB);
        sidesOfRoot.remove(rootA);
        sidesOfRoot.remove(rootB);
        if (!both.isEmpty()) sidesOfRoot.put(root, both);
        return true;
    }

    private int index(long report) {
        Integer index = indexOfReport.get(report);
        if (index == null) throw new IllegalStateException("edge of a report outside the family: " + report);
        return index;
    }

    private List<long[]> parts() {
        Map<Integer, Integer> partOfRoot = new HashMap<>();
        List<long[]> parts = new ArrayList<>();
        int[] filled = new int[reports.length];
        for (int i = 0; i < reports.length; i++) {
            int root = sets.find(i);
            Integer part = partOfRoot.get(root);
            if (part == null) {
                part = parts.size();
                partOfRoot.put(root, part);
                parts.add(new long[sets.size(root)]);
            }
            parts.get(part)[filled[part]++] = reports[i];
        }
        return parts;
    }
}
