package org.sharaka.linking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Links a whole history from nothing, in memory, by the same rules as {@link Linker}: the same reports, marks and decisions
 * give the same partition. Made for 10 million reports in minutes: columns of numbers, no object per report or key; about
 * 25 bytes a key and 4 bytes an edge. Add everything, then call {@link #link} once. Not safe for use by several threads.
 */
public final class BatchLinker {
    private final LinkPolicy policy;
    private final CrowdRule rule;
    private final KeyTable keys = new KeyTable();
    private final LongColumn reports = new LongColumn();
    /** Where the edges of a report begin. */
    private final IntColumn begins = new IntColumn();

    private final IntColumn edges = new IntColumn();
    private final Map<Long, KeyMark> marks = new HashMap<>();
    private final List<Decision> decisions = new ArrayList<>();

    public BatchLinker(LinkPolicy policy) {
        this.policy = policy;
        this.rule = new CrowdRule(policy);
    }

    /** Adds a report that was not added before. */
    public void add(LinkedReport report) {
        reports.add(report.report());
        begins.add(edges.size());
        for (LinkKey key : report.keys()) edges.add(keys.hold(key.hash(), key.kind(), key.listed()));
    }

    public void mark(long key, KeyMark mark) {
        marks.put(key, mark);
    }

    /** Adds a decision in force; none of them contradicts another. */
    public void decide(Decision decision) {
        decisions.add(decision);
    }

    /** @return the groups of all reports */
    public Partition link() {
        begins.add(edges.size());
        BitSet crowded = crowded();
        BitSet shared = new BitSet(keys.size());
        for (int key = 0; key < keys.size(); key++) {
            KeyMark mark = marks.isEmpty() ? KeyMark.NONE : marks.getOrDefault(keys.hash(key), KeyMark.NONE);
            if (KeyState.shared(keys.kind(key), mark, keys.listed(key), crowded.get(key))) shared.set(key);
        }
        DisjointSets sets = families(shared);
        int[] groups = new int[reports.size()];
        for (int report = 0; report < groups.length; report++) groups[report] = sets.find(report);
        cut(groups, sets, shared);
        return new Partition(reports, groups, shared.cardinality());
    }

    private DisjointSets families(BitSet shared) {
        DisjointSets sets = new DisjointSets(reports.size());
        int[] firstHolder = new int[keys.size()];
        Arrays.fill(firstHolder, -1);
        for (int report = 0; report < reports.size(); report++) {
            for (int edge = begins.at(report); edge < begins.at(report + 1); edge++) {
                int key = edges.at(edge);
                if (shared.get(key)) continue;
                if (firstHolder[key] < 0) firstHolder[key] = report;
                else sets.union(firstHolder[key], report);
            }
        }
        Map<Long, Integer> named = indexOfNamedReports();
        for (Decision decision : decisions) {
            if (decision instanceof Decision.Join join) {
                Integer a = named.get(join.a());
                Integer b = named.get(join.b());
                if (a != null && b != null) sets.union(a, b);
            }
        }
        return sets;
    }

    private BitSet crowded() {
        int[] candidates = IntStream.range(0, keys.size())
                .filter(key -> {
                    LinkPolicy.Crowding limits = policy.crowding().get(keys.kind(key));
                    return limits != null && !keys.listed(key) && keys.degree(key) >= limits.degreeMin();
                })
                .toArray();
        Holders holders = new Holders(candidates);
        BitSet crowded = new BitSet(keys.size());
        boolean[] verdicts = new boolean[candidates.length];
        IntStream.range(0, candidates.length)
                .parallel()
                .forEach(i -> verdicts[i] = judge(candidates[i], holders.of(i)));
        for (int i = 0; i < verdicts.length; i++) if (verdicts[i]) crowded.set(candidates[i]);
        return crowded;
    }

    private boolean judge(int key, int[] holders) {
        KeyKind kind = keys.kind(key);
        LinkPolicy.Crowding limits = policy.crowding().get(kind);
        if (limits == null) return false;
        List<SampledReport> sample = new ArrayList<>();
        for (long ranked : smallest(key, holders)) {
            int report = (int) ranked;
            sample.add(sampled(key, report, (int) (ranked >>> 32), limits.anchors()));
        }
        return rule.judge(kind, keys.degree(key), sample).crowded();
    }

    /** The holders of smallest rank, as rank and index in one number. Ties go by report number, as in the store. */
    private long[] smallest(int key, int[] holders) {
        long hash = keys.hash(key);
        PriorityQueue<long[]> worstFirst = new PriorityQueue<>(
                policy.sampleSize() + 1, (a, b) -> a[0] != b[0] ? Long.compare(b[0], a[0]) : Long.compare(b[1], a[1]));
        for (int holder : holders) {
            long number = reports.at(holder);
            long[] candidate = {Edges.rank(number, hash), number, holder};
            long[] worst = worstFirst.peek();
            if (worstFirst.size() < policy.sampleSize()) {
                worstFirst.add(candidate);
            } else if (worst != null
                    && (candidate[0] < worst[0] || (candidate[0] == worst[0] && candidate[1] < worst[1]))) {
                worstFirst.poll();
                worstFirst.add(candidate);
            }
        }
        return worstFirst.stream().mapToLong(row -> row[0] << 32 | row[2]).toArray();
    }

    private SampledReport sampled(int key, int report, int rank, Set<KeyKind> kinds) {
        int begin = begins.at(report);
        int end = begins.at(report + 1);
        long[] anchors = new long[end - begin];
        int[] degrees = new int[end - begin];
        int count = 0;
        for (int edge = begin; edge < end; edge++) {
            int other = edges.at(edge);
            if (other == key
                    || keys.listed(other)
                    || keys.degree(other) < CrowdRule.DEGREE_SEEN
                    || !kinds.contains(keys.kind(other))) continue;
            anchors[count] = keys.hash(other);
            degrees[count++] = keys.degree(other);
        }
        return new SampledReport(
                keys.hash(key), reports.at(report), rank, Arrays.copyOf(anchors, count), Arrays.copyOf(degrees, count));
    }

    /** Cuts the families that splits name. Groups are named by the index of one of their reports. */
    private void cut(int[] groups, DisjointSets sets, BitSet shared) {
        List<Decision.Split> splits = new ArrayList<>();
        Set<Integer> decided = new HashSet<>();
        Map<Long, Integer> named = indexOfNamedReports();
        for (Decision decision : decisions) {
            if (!(decision instanceof Decision.Split split)) continue;
            splits.add(split);
            for (long report : split.reports()) {
                Integer index = named.get(report);
                if (index != null) decided.add(sets.find(index));
            }
        }
        if (decided.isEmpty()) return;
        Map<Integer, List<Integer>> members = new HashMap<>();
        for (int report = 0; report < groups.length; report++) {
            if (decided.contains(groups[report])) {
                members.computeIfAbsent(groups[report], root -> new ArrayList<>())
                        .add(report);
            }
        }
        members.values().forEach(family -> cut(groups, family, shared, splits));
    }

    private void cut(int[] groups, List<Integer> family, BitSet shared, List<Decision.Split> splits) {
        Map<Long, Integer> indexOf = new HashMap<>();
        Map<Long, Double> strengths = new HashMap<>();
        LongColumn from = new LongColumn();
        LongColumn to = new LongColumn();
        for (int report : family) {
            indexOf.put(reports.at(report), report);
            for (int edge = begins.at(report); edge < begins.at(report + 1); edge++) {
                int key = edges.at(edge);
                if (shared.get(key)) continue;
                from.add(reports.at(report));
                to.add(keys.hash(key));
                strengths.put(keys.hash(key), policy.strength(keys.kind(key), keys.degree(key)));
            }
        }
        for (Decision decision : decisions) {
            if (!(decision instanceof Decision.Join join)) continue;
            long key = join.key().hash();
            for (long report : join.reports()) {
                if (!indexOf.containsKey(report)) continue;
                from.add(report);
                to.add(key);
                strengths.put(key, policy.strength(KeyKind.JOIN, 2));
            }
        }
        long[] numbers = family.stream().mapToLong(reports::at).toArray();
        for (long[] group : Partitioner.groups(numbers, edges(from, to), strengths, splits)) {
            int name = indexOf.getOrDefault(group[0], 0);
            for (long report : group) groups[indexOf.getOrDefault(report, 0)] = name;
        }
    }

    private static Edges edges(LongColumn from, LongColumn to) {
        return new Edges(
                IntStream.range(0, from.size()).mapToLong(from::at).toArray(),
                IntStream.range(0, to.size()).mapToLong(to::at).toArray());
    }

    private Map<Long, Integer> indexOfNamedReports() {
        Set<Long> named = new HashSet<>();
        for (Decision decision : decisions) named.addAll(decision.reports());
        Map<Long, Integer> index = new HashMap<>();
        if (named.isEmpty()) return index;
        for (int report = 0; report < reports.size(); report++) {
            if (named.contains(reports.at(report))) index.put(reports.at(report), report);
        }
        return index;
    }

    /** The reports that hold some keys, in one array. */
    private final class Holders {
        private final int[] begin;
        private final int[] holders;

        Holders(int[] candidates) {
            int[] indexOf = new int[keys.size()];
            Arrays.fill(indexOf, -1);
            begin = new int[candidates.length + 1];
            for (int i = 0; i < candidates.length; i++) {
                indexOf[candidates[i]] = i;
                begin[i + 1] = begin[i] + keys.degree(candidates[i]);
            }
            holders = new int[begin[candidates.length]];
            int[] next = begin.clone();
            for (int report = 0; report < reports.size(); report++) {
                for (int edge = begins.at(report); edge < begins.at(report + 1); edge++) {
                    int candidate = indexOf[edges.at(edge)];
                    if (candidate >= 0) holders[next[candidate]++] = report;
                }
            }
        }

        int[] of(int candidate) {
            return Arrays.copyOfRange(holders, begin[candidate], begin[candidate + 1]);
        }
    }
}
