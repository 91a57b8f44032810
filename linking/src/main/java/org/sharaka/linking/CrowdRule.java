package org.sharaka.linking;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells a shared service from a trace of one crime by looking at who holds it.
 *
 * <p>The judgement is a function of the set of reports alone: the sample is the reports of smallest rank, and every number
 * used comes from the sample or is a coarse step of an anchor's degree. So it does not matter in which order reports came,
 * and a key held by 100,000 reports is judged as cheaply as one held by 100, and only again when its sample changes.
 */
final class CrowdRule {
    /** Below this many expected meetings in the sample, coverage cannot be measured. */
    private static final double MEETINGS_MIN = 4;

    /** So many groups, told apart by rarer anchors, make an anchor a service. */
    private static final int WIDE_GROUPS_MIN = 3;

    /** What coverage may be, in parts of the policy's, where the key touches a single group. */
    private static final double ONE_GROUP = 0.4;

    private static final double ONE_GROUP_INSIDE = 0.1;

    /** From so many reports on that hold it, a key is seen as an anchor; some judgements ask for more. */
    static final int DEGREE_SEEN = 1;

    /** So large a part of the holders says that a key is their own, or a true service's. */
    private static final double BYSTANDER = 0.5;

    /**
     * The same of many holders, for most sentences that say so are not understood, and few are that misunderstand: this part, at
     * least {@value #BYSTANDERS_MANY}.
     */
    private static final double BYSTANDER_OF_MANY = 0.2;

    private static final int BYSTANDERS_MANY = 3;

    /** The same, at least {@value #BYSTANDERS_MIN} holders, of a key that joins separate groups and is rare in them. */
    private static final double BYSTANDER_APART = 0.15;

    private static final int BYSTANDERS_MIN = 2;
    private static final double COVERAGE_APART = 0.5;

    /** Of holders who each name something else, the part outside the largest group from which on they rotate. */
    private static final double ROTATING = 0.6;

    /** The part of the sample that those who name more than the key must be, to say anything of the others. */
    private static final double SPEAK_FOR_ALL = 0.12;

    /** Below this part of the sample in groups, most holders are alone. */
    private static final double LONE = 0.34;

    private final LinkPolicy policy;

    CrowdRule(LinkPolicy policy) {
        this.policy = policy;
    }

    /**
     * @param crowded true if the key is a shared service
     * @param rankLimit see {@link KeyState#rankLimit()}
     * @param groups otherwise separate groups in the sample
     * @param grouped sampled reports that belong to one of them
     * @param coverage the part of those groups' reports that hold the key, 0 if it cannot be measured
     */
    record Judgement(boolean crowded, int rankLimit, int groups, int grouped, double coverage) {}

    /** An anchor's degree, coarse: crossing a step is what makes the keys beside it be judged again. */
    int step(int degree) {
        if (degree < 8) return degree;
        int unit = Integer.highestOneBit(degree) >> 2;
        return degree / unit * unit;
    }

    /** @param sample the key's reports of smallest rank, at most {@link LinkPolicy#sampleSize()} */
    Judgement judge(KeyKind kind, int degree, List<SampledReport> sample) {
        int rankLimit = rankLimit(sample);
        LinkPolicy.Crowding limits = policy.crowding().get(kind);
        if (limits == null || degree < limits.degreeMin()) return new Judgement(false, Integer.MAX_VALUE, 0, 0, 0);
        if (kind.role() == KeyKind.Role.ASIDE) return new Judgement(true, -1, 0, 0, 0);
        int bystanders = bystanders(sample);
        boolean many = bystanders >= Math.max(BYSTANDERS_MANY, BYSTANDER_OF_MANY * sample.size());
        if (many || bystanders >= BYSTANDER * sample.size()) return new Judgement(true, rankLimit, 0, 0, 0);
        if (limits.support().isPresent()) return supported(limits.support().get(), rankLimit, sample);
        Sample view = new Sample(sample, policy.anchorDegreeMin());
        double coverage = view.coverage(rankLimit);
        boolean known = coverage >= 0;
        int groupsMin = known ? limits.groupsMin() : 3 * limits.groupsMin();
        double coverageMax = limits.coverageMax();
        // One group is weaker evidence than several: unless most holders are outside it, the key must be rare in it.
        if (view.groups == 1) coverageMax *= view.grouped < LONE * sample.size() ? ONE_GROUP : ONE_GROUP_INSIDE;
        boolean separate = view.groups >= groupsMin && coverage < coverageMax;
        // Copies of a kit are most often reported by their address alone: a few who name more cannot speak for all.
        separate &= kind.role() != KeyKind.Role.SHAPE || view.grouped >= SPEAK_FOR_ALL * sample.size();
        boolean crowded = (separate || view.groups >= limits.groupsAnyway())
                && view.largest <= (1 - limits.outsideLargestMin()) * view.grouped;
        // Fewer need to say so where it joins what is otherwise separate.
        crowded |= bystanders >= Math.max(BYSTANDERS_MIN, BYSTANDER_APART * sample.size())
                && view.groups >= 2
                && coverage < COVERAGE_APART;
        return new Judgement(crowded, rankLimit, view.groups, view.grouped, Math.max(coverage, 0));
    }

    private Judgement supported(LinkPolicy.Support support, int rankLimit, List<SampledReport> sample) {
        Sample view = new Sample(sample, support.anchorDegreeMin());
        int strangers = view.grouped - view.largest;
        int lone = sample.size() - view.grouped;
        boolean links;
        if (view.grouped == 0) {
            links = lone >= support.loneMin();
        } else if (lone >= support.loneMin() && view.known <= 1 && strangers <= SPEAK_FOR_ALL * sample.size()) {
            links = true;
        } else if (view.known == 0 && view.grouped >= support.rotatingMin() && strangers >= ROTATING * view.grouped) {
            links = true;
        } else {
            links = strangers <= support.strangersMax() * (support.amongNamed() ? view.grouped : sample.size())
                    && lone <= support.loneMax() * view.grouped
                    && !(support.amongNamed() && view.known > 1);
        }
        links &= view.grouped == 0 || view.grouped >= support.namedMin();
        return new Judgement(!links, rankLimit, view.groups, view.grouped, 0);
    }

    private static int bystanders(List<SampledReport> sample) {
        int count = 0;
        for (SampledReport report : sample) {
            for (long anchor : report.anchors()) if (anchor == LinkKey.bystander(report.key())) count++;
        }
        return count;
    }

    private int rankLimit(List<SampledReport> sample) {
        if (sample.size() < policy.sampleSize()) return Integer.MAX_VALUE;
        int limit = 0;
        for (SampledReport report : sample) limit = Math.max(limit, report.rank());
        return limit;
    }

    /** The sample's reports, those that share an anchor put together. */
    private final class Sample {
        private final List<SampledReport> reports;
        private final Map<Long, Integer> holders = new HashMap<>();
        final int groups;
        /** Groups with an anchor that others hold too. */
        final int known;

        final int grouped;
        final int largest;

        /** @param degreeMin of an anchor; fewer reports are no group of their own */
        Sample(List<SampledReport> sampled, int degreeMin) {
            this.reports =
                    sampled.stream().map(report -> own(report, degreeMin)).toList();
            for (SampledReport report : this.reports) {
                for (long anchor : report.anchors()) holders.merge(anchor, 1, Integer::sum);
            }
            holders.keySet().removeAll(wide());
            DisjointSets sets = together(holders.keySet());
            Map<Integer, Integer> sizes = new HashMap<>();
            for (int i = 0; i < this.reports.size(); i++) {
                if (holdsAny(this.reports.get(i), holders.keySet())) sizes.merge(sets.find(i), 1, Integer::sum);
            }
            Set<Integer> settled = new HashSet<>();
            for (int i = 0; i < this.reports.size(); i++) {
                SampledReport report = this.reports.get(i);
                for (int a = 0; a < report.anchors().length; a++) {
                    if (report.degrees()[a] >= policy.anchorDegreeMin() && holders.containsKey(report.anchors()[a])) {
                        settled.add(sets.find(i));
                    }
                }
            }
            known = settled.size();
            groups = sizes.size();
            grouped = sizes.values().stream().mapToInt(Integer::intValue).sum();
            largest = sizes.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        }

        /** Without what the report names as a bystander, and what says so. */
        private static SampledReport own(SampledReport report, int degreeMin) {
            Set<Long> asides = new HashSet<>();
            for (long anchor : report.anchors()) asides.add(LinkKey.bystander(anchor));
            long[] anchors = new long[report.anchors().length];
            int[] degrees = new int[anchors.length];
            int count = 0;
            Set<Long> all = new HashSet<>();
            for (long anchor : report.anchors()) all.add(anchor);
            for (int i = 0; i < anchors.length; i++) {
                long anchor = report.anchors()[i];
                boolean aside = asides.contains(anchor) || anchor == LinkKey.bystander(report.key());
                if (report.degrees()[i] < degreeMin || aside || all.contains(LinkKey.bystander(anchor))) continue;
                anchors[count] = anchor;
                degrees[count++] = report.degrees()[i];
            }
            return new SampledReport(
                    report.key(),
                    report.report(),
                    report.rank(),
                    Arrays.copyOf(anchors, count),
                    Arrays.copyOf(degrees, count));
        }

        /** The sampled reports put together by some of their anchors. */
        private DisjointSets together(Set<Long> by) {
            DisjointSets sets = new DisjointSets(reports.size());
            Map<Long, Integer> firstHolder = new HashMap<>();
            for (int i = 0; i < reports.size(); i++) {
                for (long anchor : reports.get(i).anchors()) {
                    if (!by.contains(anchor)) continue;
                    Integer first = firstHolder.putIfAbsent(anchor, i);
                    if (first != null) sets.union(first, i);
                }
            }
            return sets;
        }

        /**
         * Anchors that are shared services themselves, such as the hotline in a sentence about the hotline: their holders in
         * the sample belong to many groups that rarer anchors tell apart.
         */
        private Set<Long> wide() {
            Set<Long> frequent = new HashSet<>();
            Set<Long> rare = new HashSet<>();
            holders.forEach((anchor, count) ->
                    (count >= Math.max(WIDE_GROUPS_MIN, reports.size() / 10) ? frequent : rare).add(anchor));
            if (frequent.isEmpty()) return frequent;
            // A link that one victim alone got tells no two senders apart.
            Set<Long> repeated = new HashSet<>();
            for (SampledReport report : reports) {
                for (int i = 0; i < report.anchors().length; i++) {
                    if (report.degrees()[i] >= policy.anchorDegreeMin()) repeated.add(report.anchors()[i]);
                }
            }
            rare.retainAll(repeated);
            DisjointSets sets = together(rare);
            Map<Long, Set<Integer>> groupsOf = new HashMap<>();
            for (int i = 0; i < reports.size(); i++) {
                if (!holdsAny(reports.get(i), rare)) continue;
                for (long anchor : reports.get(i).anchors()) {
                    if (frequent.contains(anchor)) {
                        groupsOf.computeIfAbsent(anchor, a -> new HashSet<>()).add(sets.find(i));
                    }
                }
            }
            frequent.removeIf(anchor -> groupsOf.getOrDefault(anchor, Set.of()).size() < WIDE_GROUPS_MIN);
            return frequent;
        }

        private static boolean holdsAny(SampledReport report, Set<Long> anchors) {
            for (long anchor : report.anchors()) if (anchors.contains(anchor)) return true;
            return false;
        }

        /**
         * How much of the groups' own reports hold the key. Each report is counted with the anchor that the key covers best.
         * In a full sample the number of holders is estimated from the largest rank (k minimum values), and so how many
         * reports of one anchor ought to meet in the sample if the key covered the anchor wholly.
         *
         * @return 0 to 1, or -1 if too few would meet to tell
         */
        double coverage(int rankLimit) {
            boolean whole = rankLimit == Integer.MAX_VALUE;
            double sumOfParts = 0;
            long met = 0;
            long others = 0;
            for (SampledReport report : reports) {
                double best = -1;
                int bestMet = 0;
                int bestOthers = 0;
                for (int i = 0; i < report.anchors().length; i++) {
                    if (!holders.containsKey(report.anchors()[i])) continue;
                    int meeting = holders.getOrDefault(report.anchors()[i], 1) - 1;
                    int rest = Math.max(step(report.degrees()[i]) - 1, 1);
                    double part = Math.min(1, (double) meeting / rest);
                    if (part > best || (part == best && rest < bestOthers)) {
                        best = part;
                        bestMet = meeting;
                        bestOthers = rest;
                    }
                }
                if (best < 0) continue;
                sumOfParts += best;
                met += bestMet;
                others += bestOthers;
            }
            if (grouped == 0) return 1;
            if (whole) return sumOfParts / grouped;
            double estimatedDegree = (reports.size() - 1) * (Integer.MAX_VALUE / (rankLimit + 1.0));
            double expected = others * (reports.size() - 1) / Math.max(estimatedDegree - 1, 1);
            return expected < MEETINGS_MIN ? -1 : Math.min(1, met / expected);
        }
    }
}
