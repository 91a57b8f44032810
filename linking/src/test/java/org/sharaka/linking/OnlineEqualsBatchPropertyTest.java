package org.sharaka.linking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Whatever happens in whatever order: once settled, online linking finds what the batch finds. */
class OnlineEqualsBatchPropertyTest {
    @Test
    void onceSettledOnlineEqualsBatch() {
        Seeds.forEach(150, random -> new World(random).run());
    }

    @Test
    void theOrderOfReportsDoesNotMatter() {
        Seeds.forEach(60, random -> {
            World world = new World(random);
            List<LinkedReport> reports = new ArrayList<>();
            for (int i = 0; i < 150; i++) reports.add(world.report());

            Set<Set<Long>> inOrder = linked(reports, 1);
            Collections.shuffle(reports, random);
            Set<Set<Long>> shuffled = linked(reports, 1 + random.nextInt(40));

            assertThat(shuffled).isEqualTo(inOrder);
        });
    }

    private static Set<Set<Long>> linked(List<LinkedReport> reports, int batch) {
        InMemoryLinkStore store = new InMemoryLinkStore();
        Linker linker = new Linker(store, World.policy());
        for (int from = 0; from < reports.size(); from += batch) {
            linker.add(reports.subList(from, Math.min(from + batch, reports.size())));
        }
        while (!linker.settled()) linker.settle(10);
        Map<Long, Set<Long>> groups = new HashMap<>();
        for (LinkedReport report : reports) {
            Placement placement = store.placements(new long[] {report.report()}).get(0);
            groups.computeIfAbsent(placement.group(), g -> new TreeSet<>()).add(report.report());
        }
        return new HashSet<>(groups.values());
    }

    /** Reports, withdrawals, decisions and marks as they may come; keeps what is in force for the batch. */
    private static final class World {
        private final Random random;
        private final InMemoryLinkStore store = new InMemoryLinkStore();
        private final Linker linker = new Linker(store, policy());
        private final Map<Long, LinkedReport> reports = new TreeMap<>();
        private final Map<Long, Decision> decisions = new TreeMap<>();
        private final Map<Long, KeyMark> marks = new HashMap<>();
        private final Map<Long, Long> groups = new HashMap<>();
        private final int keyCount;
        private long lastReport;
        private long lastDecision;

        World(Random random) {
            this.random = random;
            this.keyCount = 20 + random.nextInt(120);
        }

        /** As the standard policy, but small enough that a few dozen reports reach every threshold. */
        static LinkPolicy policy() {
            LinkPolicy standard = LinkPolicy.standard();
            Map<KeyKind, LinkPolicy.Crowding> crowding = new HashMap<>();
            standard.crowding()
                    .forEach((kind, limits) -> crowding.put(
                            kind,
                            new LinkPolicy.Crowding(
                                    Math.max(3, limits.degreeMin() / 2),
                                    Math.min(2, limits.groupsMin()),
                                    4,
                                    limits.coverageMax(),
                                    limits.outsideLargestMin(),
                                    limits.anchors(),
                                    limits.support())));
            return new LinkPolicy(standard.strengths(), crowding, 8, 2, 96);
        }

        void run() {
            int steps = 30 + random.nextInt(120);
            for (int step = 0; step < steps; step++) {
                step();
                if (random.nextInt(6) == 0) follow(linker.settle(1 + random.nextInt(5)));
            }
            int rounds = 0;
            while (!linker.settled()) {
                follow(linker.settle(1 + random.nextInt(20)));
                assertThat(++rounds).as("settling ends").isLessThan(10_000);
            }
            assertThat(online()).isEqualTo(batch());
            assertThat(groups).isEqualTo(placed());
            checkFamilies();
        }

        private void step() {
            switch (random.nextInt(20)) {
                case 0 -> withdraw();
                case 1 -> revise();
                case 2 -> decideSplit();
                case 3 -> decideJoin();
                case 4 -> revoke();
                case 5 -> mark();
                default -> {
                    List<LinkedReport> added = new ArrayList<>();
                    int count = random.nextInt(4) == 0 ? random.nextInt(20) : 1;
                    for (int i = 0; i < count; i++) added.add(report());
                    for (LinkedReport report : added) reports.put(report.report(), report);
                    follow(linker.add(added));
                }
            }
        }

        LinkedReport report() {
            List<LinkKey> keys = new ArrayList<>();
            int count = random.nextInt(5);
            for (int i = 0; i < count; i++) {
                LinkKey key = key();
                keys.add(key);
                boolean trace = key.kind() == KeyKind.PHONE || key.kind() == KeyKind.DOMAIN;
                if (trace && random.nextInt(4) == 0) keys.add(key.asBystander());
            }
            return new LinkedReport(++lastReport, keys);
        }

        private LinkKey key() {
            // A few keys are in many reports, most in few.
            int number = (int) (keyCount * Math.pow(random.nextDouble(), 2));
            KeyKind[] kinds = {
                KeyKind.PHONE,
                KeyKind.IBAN,
                KeyKind.DOMAIN,
                KeyKind.TEXT_LINE,
                KeyKind.TEXT_MESSAGE,
                KeyKind.ACCOUNT_NAME,
                KeyKind.IP,
                KeyKind.PATH_SHAPE
            };
            return LinkKey.of(kinds[number % kinds.length], "key " + number, "key " + number, number % 37 == 5);
        }

        private void withdraw() {
            Set<Long> gone = some(1 + random.nextInt(3));
            gone.forEach(reports::remove);
            follow(linker.withdraw(gone));
        }

        private void revise() {
            for (long report : some(1)) {
                List<LinkKey> keys = new ArrayList<>(reports.get(report).keys());
                if (!keys.isEmpty() && random.nextBoolean()) keys.remove(random.nextInt(keys.size()));
                if (random.nextBoolean()) keys.add(key());
                LinkedReport revised = new LinkedReport(report, keys);
                reports.put(report, revised);
                follow(linker.revise(revised));
            }
        }

        private void decideSplit() {
            List<Long> named = new ArrayList<>(some(2 + random.nextInt(4)));
            if (named.size() < 2) return;
            int cut = 1 + random.nextInt(named.size() - 1);
            decide(new Decision.Split(
                    ++lastDecision,
                    new HashSet<>(named.subList(0, cut)),
                    new HashSet<>(named.subList(cut, named.size()))));
        }

        private void decideJoin() {
            List<Long> named = new ArrayList<>(some(2));
            if (named.size() == 2) decide(new Decision.Join(++lastDecision, named.get(0), named.get(1)));
        }

        private void decide(Decision decision) {
            Linker.Decided decided = linker.decide(decision);
            decided.superseded().forEach(decisions::remove);
            decisions.put(decision.id(), decision);
            follow(decided.changes());
        }

        private void revoke() {
            if (decisions.isEmpty()) return;
            long id = new ArrayList<>(decisions.keySet()).get(random.nextInt(decisions.size()));
            decisions.remove(id);
            follow(linker.revoke(id));
        }

        private void mark() {
            for (long report : some(1)) {
                for (LinkKey key : reports.get(report).keys()) {
                    KeyMark mark =
                            List.of(KeyMark.NONE, KeyMark.SHARED, KeyMark.LINKS).get(random.nextInt(3));
                    marks.put(key.hash(), mark);
                    follow(linker.mark(key.hash(), mark));
                    return;
                }
            }
        }

        /** What a caller who keeps figures by the changes alone believes. */
        private void follow(Changes changes) {
            for (Moved moved : changes.moved()) {
                assertThat(groups.getOrDefault(moved.report(), 0L)).isEqualTo(moved.from());
                if (moved.to() == 0) groups.remove(moved.report());
                else groups.put(moved.report(), moved.to());
            }
        }

        private Set<Long> some(int count) {
            List<Long> all = new ArrayList<>(reports.keySet());
            Set<Long> some = new TreeSet<>();
            for (int i = 0; i < count && !all.isEmpty(); i++) some.add(all.get(random.nextInt(all.size())));
            return some;
        }

        private Map<Long, Long> placed() {
            Map<Long, Long> placed = new HashMap<>();
            long[] numbers =
                    reports.keySet().stream().mapToLong(Long::longValue).toArray();
            for (Placement placement : store.placements(numbers)) placed.put(placement.report(), placement.group());
            return placed;
        }

        private Set<Set<Long>> online() {
            Map<Long, Set<Long>> byGroup = new HashMap<>();
            placed().forEach((report, group) ->
                    byGroup.computeIfAbsent(group, g -> new TreeSet<>()).add(report));
            return new HashSet<>(byGroup.values());
        }

        private Set<Set<Long>> batch() {
            BatchLinker batch = new BatchLinker(policy());
            reports.values().forEach(batch::add);
            marks.forEach(batch::mark);
            decisions.values().forEach(batch::decide);
            Partition partition = batch.link();
            Map<Integer, Set<Long>> byGroup = new HashMap<>();
            for (int row = 0; row < partition.size(); row++) {
                byGroup.computeIfAbsent(partition.group(row), g -> new TreeSet<>())
                        .add(partition.report(row));
            }
            return new HashSet<>(byGroup.values());
        }

        /** The store's own books are right too: sizes, and one group per family that nobody cut. */
        private void checkFamilies() {
            Map<Long, Integer> sizes = new HashMap<>();
            Map<Long, Set<Long>> groupsOf = new HashMap<>();
            long[] numbers =
                    reports.keySet().stream().mapToLong(Long::longValue).toArray();
            for (Placement placement : store.placements(numbers)) {
                sizes.merge(placement.family(), 1, Integer::sum);
                groupsOf.computeIfAbsent(placement.family(), f -> new TreeSet<>())
                        .add(placement.group());
            }
            sizes.forEach((number, size) -> {
                FamilyState family = store.families(new long[] {number}).get(0);
                assertThat(family.size()).isEqualTo(size);
                assertThat(family.unsettled()).isFalse();
                if (!family.decided()) assertThat(groupsOf.get(number)).containsExactly(number);
            });
        }
    }
}
