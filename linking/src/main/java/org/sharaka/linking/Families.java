package org.sharaka.linking;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Joins families over keys, the smaller into the larger. */
final class Families {
    private final LinkStore store;

    Families(LinkStore store) {
        this.store = store;
    }

    /**
     * Joins what the edges connect: new reports, and the families of the keys. In a family that officers cut, a new report
     * stands alone until the family is settled: better late than on the wrong side.
     *
     * @param newReports not placed yet; all others in {@code edges} are
     * @param states of all keys in {@code edges}
     */
    void connect(Set<Long> newReports, Edges edges, List<KeyState> states, Changes.Log log) {
        Clusters clusters = new Clusters();
        for (long report : newReports) clusters.node(Node.report(report));
        Map<Long, KeyState> stateOf = new HashMap<>();
        for (KeyState state : states) {
            stateOf.put(state.hash(), state);
            if (state.family() != 0 && !state.shared()) {
                clusters.unite(Node.key(state.hash()), Node.family(state.family()));
            }
        }
        Set<Long> placed = new TreeSet<>();
        for (long report : edges.reports()) if (!newReports.contains(report)) placed.add(report);
        for (Placement placement : store.placements(Linker.longs(placed))) {
            clusters.unite(Node.report(placement.report()), Node.family(placement.family()));
        }
        for (int row = 0; row < edges.size(); row++) {
            KeyState state = stateOf.get(edges.keys()[row]);
            if (state == null) throw new IllegalStateException("no state of key " + edges.keys()[row]);
            if (!state.shared()) clusters.unite(Node.report(edges.reports()[row]), Node.key(state.hash()));
        }
        write(clusters.clusters(newReports), log);
    }

    /** Makes one family of each of these sets. */
    void unite(List<Set<Long>> families, Changes.Log log) {
        Clusters clusters = new Clusters();
        for (Set<Long> together : families) {
            long first = together.iterator().next();
            for (long family : together) clusters.unite(Node.family(first), Node.family(family));
        }
        write(clusters.clusters(Set.of()), log);
    }

    void unsettle(Collection<Long> numbers) {
        List<FamilyState> waiting = new ArrayList<>();
        for (FamilyState family : store.families(Linker.longs(numbers))) {
            if (!family.unsettled()) {
                waiting.add(new FamilyState(family.number(), family.size(), family.decided(), true));
            }
        }
        store.putFamilies(waiting, new long[0]);
    }

    void unsettleDecided(Collection<Long> numbers) {
        List<FamilyState> waiting = new ArrayList<>();
        for (FamilyState family : store.families(Linker.longs(numbers))) {
            waiting.add(new FamilyState(family.number(), family.size(), true, true));
        }
        store.putFamilies(waiting, new long[0]);
    }

    void unsettleIfDecided(Collection<Long> numbers) {
        unsettle(store.families(Linker.longs(numbers)).stream()
                .filter(FamilyState::decided)
                .map(FamilyState::number)
                .toList());
    }

    private void write(List<Cluster> clusters, Changes.Log log) {
        Set<Long> numbers = new TreeSet<>();
        for (Cluster cluster : clusters) numbers.addAll(cluster.families);
        Map<Long, FamilyState> known = new HashMap<>();
        for (FamilyState family : store.families(Linker.longs(numbers))) known.put(family.number(), family);
        Plan plan = new Plan(known, clusters);
        long[] fresh = store.newNumbers(plan.numbersNeeded());
        plan.make(fresh);
        List<Placement> moved = store.relabel(plan.from(), plan.into(), plan.groupsToo());
        Map<Long, Long> target = new HashMap<>();
        for (int i = 0; i < plan.from().length; i++) target.put(plan.from()[i], plan.into()[i]);
        log.moved(moved, target);
        store.place(plan.placements);
        for (Placement placement : plan.placements) log.moved(placement.report(), 0, placement.group());
        store.putFamilies(plan.families, plan.from());
    }

    /** New reports and families that are one. */
    private record Cluster(List<Long> reports, Set<Long> families) {}

    private record Node(char sort, long number) {
        static Node report(long number) {
            return new Node('r', number);
        }

        static Node key(long hash) {
            return new Node('k', hash);
        }

        static Node family(long number) {
            return new Node('f', number);
        }
    }

    private static final class Clusters {
        private final Map<Node, Node> parent = new HashMap<>();

        Node node(Node node) {
            Node root = node;
            for (Node above = parent.getOrDefault(root, root);
                    !above.equals(root);
                    above = parent.getOrDefault(root, root)) {
                root = above;
            }
            parent.put(node, root);
            return root;
        }

        void unite(Node a, Node b) {
            parent.put(node(a), node(b));
        }

        /** Those that have something to write: a new report, or more families than one. */
        List<Cluster> clusters(Set<Long> newReports) {
            Map<Node, Cluster> byRoot = new HashMap<>();
            for (Node node : List.copyOf(parent.keySet())) {
                Cluster cluster =
                        byRoot.computeIfAbsent(node(node), root -> new Cluster(new ArrayList<>(), new TreeSet<>()));
                if (node.sort() == 'f') cluster.families().add(node.number());
                if (node.sort() == 'r' && newReports.contains(node.number()))
                    cluster.reports().add(node.number());
            }
            List<Cluster> clusters = new ArrayList<>();
            for (Cluster cluster : byRoot.values()) {
                cluster.reports().sort(null);
                if (!cluster.reports().isEmpty() || cluster.families().size() > 1) clusters.add(cluster);
            }
            clusters.sort(Comparator.comparingLong(Families::smallest));
            return clusters;
        }
    }

    private static long smallest(Cluster cluster) {
        return cluster.reports().isEmpty()
                ? cluster.families().iterator().next()
                : cluster.reports().get(0);
    }

    /** What to write for some clusters. */
    private static final class Plan {
        private final Map<Long, FamilyState> known;
        private final List<Cluster> clusters;
        private final TreeMap<Long, Long> relabelled = new TreeMap<>();
        private final Map<Long, Boolean> withGroups = new HashMap<>();
        final List<Placement> placements = new ArrayList<>();
        final List<FamilyState> families = new ArrayList<>();

        Plan(Map<Long, FamilyState> known, List<Cluster> clusters) {
            this.known = known;
            this.clusters = clusters;
        }

        private FamilyState family(long number) {
            FamilyState family = known.get(number);
            if (family == null) throw new IllegalStateException("unknown family " + number);
            return family;
        }

        private boolean decided(Cluster cluster) {
            return cluster.families().stream().anyMatch(number -> family(number).decided());
        }

        int numbersNeeded() {
            int needed = 0;
            for (Cluster cluster : clusters) {
                if (cluster.families().isEmpty()) needed++;
                else if (decided(cluster)) needed += cluster.reports().size();
            }
            return needed;
        }

        void make(long[] fresh) {
            int next = 0;
            for (Cluster cluster : clusters) {
                if (cluster.families().isEmpty()) {
                    long number = fresh[next++];
                    families.add(new FamilyState(number, cluster.reports().size(), false, false));
                    for (long report : cluster.reports()) placements.add(new Placement(report, number, number));
                    continue;
                }
                boolean decided = decided(cluster);
                long into = cluster.families().stream()
                        .map(this::family)
                        .max(Comparator.comparingInt(FamilyState::size)
                                .thenComparing(FamilyState::number, Comparator.reverseOrder()))
                        .orElseThrow()
                        .number();
                int size = cluster.reports().size();
                boolean unsettled = decided;
                for (long number : cluster.families()) {
                    size += family(number).size();
                    unsettled |= family(number).unsettled();
                    if (number != into) {
                        relabelled.put(number, into);
                        withGroups.put(number, !decided);
                    }
                }
                families.add(new FamilyState(into, size, decided, unsettled));
                for (long report : cluster.reports()) {
                    placements.add(new Placement(report, into, decided ? fresh[next++] : into));
                }
            }
        }

        long[] from() {
            return Linker.longs(relabelled.keySet());
        }

        long[] into() {
            return Linker.longs(relabelled.values());
        }

        boolean[] groupsToo() {
            boolean[] flags = new boolean[relabelled.size()];
            int i = 0;
            for (long number : relabelled.keySet()) flags[i++] = withGroups.getOrDefault(number, false);
            return flags;
        }
    }
}
