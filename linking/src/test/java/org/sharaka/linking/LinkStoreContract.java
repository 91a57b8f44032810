package org.sharaka.linking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link LinkStore} does: the same cases on the one in memory and on the one in PostgreSQL. */
public abstract class LinkStoreContract {
    private static final LinkKey ACCOUNT = LinkKey.of(KeyKind.IBAN, "account");
    private static final LinkKey PHONE = LinkKey.of(KeyKind.PHONE, "phone");
    private static final LinkKey SITE = LinkKey.of(KeyKind.DOMAIN, "site");
    private static final LinkKey LISTED = LinkKey.of(KeyKind.DOMAIN, "listed", "a popular site", true);

    private LinkStore store;

    /** An empty store. */
    protected abstract LinkStore emptyStore();

    @BeforeEach
    void begin() {
        store = emptyStore();
    }

    @Test
    void numbersAreNeverHandedOutTwice() {
        long[] first = store.newNumbers(3);
        long[] second = store.newNumbers(2);

        assertThat(LongStream.concat(Arrays.stream(first), Arrays.stream(second))
                        .boxed())
                .hasSize(5)
                .doesNotHaveDuplicates()
                .allMatch(number -> number > 0);
    }

    @Test
    void emptyArraysAreAnsweredEmpty() {
        long[] none = {};
        assertThat(store.newNumbers(0)).isEmpty();
        assertThat(store.addEdges(List.of(), Edges.NONE)).isEmpty();
        assertThat(store.removeEdges(Edges.NONE)).isEmpty();
        assertThat(store.keys(none)).isEmpty();
        store.updateKeys(List.of());
        assertThat(store.edgesOf(none).size()).isZero();
        assertThat(store.placements(none)).isEmpty();
        store.place(List.of());
        store.forget(none);
        assertThat(store.families(none)).isEmpty();
        store.putFamilies(List.of(), none);
        assertThat(store.relabel(none, none, new boolean[0])).isEmpty();
        assertThat(store.samples(none, 4, Set.of(KeyKind.PHONE), 1)).isEmpty();
        store.unsettleBeside(none, Map.of());
        store.removeDecisions(none);
        assertThat(store.decisions(none)).isEmpty();
        assertThat(store.decisionsTouching(none)).isEmpty();
        assertThat(store.family(1).reports()).isEmpty();
        assertThat(store.group(1).edges().size()).isZero();
    }

    @Test
    void aNewKeyStartsWithTheDegreeOfItsEdges() {
        List<KeyState> states = store.addEdges(List.of(ACCOUNT, LISTED), edges(1, ACCOUNT, 2, ACCOUNT, 2, LISTED));

        assertThat(states)
                .containsExactlyInAnyOrder(
                        new KeyState(
                                ACCOUNT.hash(),
                                KeyKind.IBAN,
                                "account",
                                2,
                                false,
                                KeyMark.NONE,
                                false,
                                Integer.MAX_VALUE,
                                false,
                                0),
                        new KeyState(
                                LISTED.hash(),
                                KeyKind.DOMAIN,
                                "a popular site",
                                1,
                                true,
                                KeyMark.NONE,
                                false,
                                Integer.MAX_VALUE,
                                false,
                                0));
    }

    @Test
    void aKnownKeyKeepsAllButItsDegree() {
        store.addEdges(List.of(ACCOUNT, LISTED), edges(1, ACCOUNT, 1, LISTED));
        store.updateKeys(List.of(only(store.keys(hashes(ACCOUNT))).marked(KeyMark.LINKS)));

        List<KeyState> again = store.addEdges(
                List.of(
                        new LinkKey(KeyKind.IBAN, ACCOUNT.hash(), "other label", true),
                        new LinkKey(KeyKind.DOMAIN, LISTED.hash(), "other label", false)),
                edges(2, ACCOUNT, 2, LISTED));

        assertThat(again).extracting(KeyState::label).containsExactlyInAnyOrder("account", "a popular site");
        assertThat(again).extracting(KeyState::degree).containsExactly(2, 2);
        assertThat(only(store.keys(hashes(ACCOUNT))).mark()).isEqualTo(KeyMark.LINKS);
        assertThat(only(store.keys(hashes(ACCOUNT))).listed()).isFalse();
        assertThat(only(store.keys(hashes(LISTED))).listed()).isTrue();
    }

    @Test
    void theSameEdgeTwiceIsRefused() {
        store.addEdges(List.of(ACCOUNT), edges(1, ACCOUNT));

        assertThatThrownBy(() -> store.addEdges(List.of(ACCOUNT), edges(1, ACCOUNT)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aKeyKnowsTheFamilyOfReportsPlacedBefore() {
        store.addEdges(List.of(ACCOUNT, LISTED), edges(1, ACCOUNT, 1, LISTED));
        store.place(List.of(new Placement(1, 7, 7)));

        List<KeyState> states = store.addEdges(List.of(ACCOUNT, LISTED, PHONE), edges(2, ACCOUNT, 2, LISTED, 2, PHONE));

        assertThat(states).extracting(KeyState::family).containsExactlyInAnyOrder(7L, 0L, 0L);
        assertThat(only(store.keys(hashes(ACCOUNT))).family()).isEqualTo(7);
        assertThat(only(store.keys(hashes(LISTED))).family()).isZero();
    }

    @Test
    void removedEdgesLowerTheDegreeAndTheKeyStays() {
        store.addEdges(List.of(ACCOUNT, PHONE), edges(1, ACCOUNT, 2, ACCOUNT, 2, PHONE));

        List<KeyState> states = store.removeEdges(edges(2, ACCOUNT, 2, PHONE, 3, PHONE));

        assertThat(states).extracting(KeyState::degree).containsExactlyInAnyOrder(1, 0);
        assertThat(store.keys(hashes(ACCOUNT, PHONE, SITE)))
                .extracting(KeyState::degree)
                .containsExactlyInAnyOrder(1, 0);
        assertThat(rows(store.edgesOf(new long[] {1, 2}))).containsExactly(row(1, ACCOUNT));
    }

    @Test
    void anEdgeMayComeBackAfterItWasRemoved() {
        store.addEdges(List.of(ACCOUNT), edges(1, ACCOUNT));
        store.removeEdges(edges(1, ACCOUNT));

        assertThat(only(store.addEdges(List.of(ACCOUNT), edges(1, ACCOUNT))).degree())
                .isEqualTo(1);
    }

    @Test
    void writtenKeysAreReadBack() {
        store.addEdges(List.of(ACCOUNT, PHONE), edges(1, ACCOUNT, 1, PHONE));
        KeyState phone = only(store.keys(hashes(PHONE)));

        store.updateKeys(
                List.of(phone.judged(true, 17).marked(KeyMark.SHARED).toJudge().nowListed()));

        KeyState read = only(store.keys(hashes(PHONE)));
        assertThat(read.listed()).isTrue();
        assertThat(read.crowded()).isTrue();
        assertThat(read.rankLimit()).isEqualTo(17);
        assertThat(read.mark()).isEqualTo(KeyMark.SHARED);
        assertThat(read.unsettled()).isTrue();
        assertThat(store.unsettledKeys(10)).containsExactly(read);
        store.updateKeys(List.of(read.judged(false, 9)));
        assertThat(store.unsettledKeys(10)).isEmpty();
    }

    @Test
    void edgesOfReportsHoldSharedKeysToo() {
        store.addEdges(List.of(ACCOUNT, LISTED), edges(1, ACCOUNT, 1, LISTED, 2, ACCOUNT));

        assertThat(rows(store.edgesOf(new long[] {1, 9}))).containsExactlyInAnyOrder(row(1, ACCOUNT), row(1, LISTED));
    }

    @Test
    void placementsAreWrittenOverAndForgotten() {
        store.place(List.of(new Placement(1, 5, 5), new Placement(2, 5, 5)));
        store.place(List.of(new Placement(2, 6, 7)));

        assertThat(store.placements(new long[] {1, 2, 3}))
                .containsExactlyInAnyOrder(new Placement(1, 5, 5), new Placement(2, 6, 7));
        store.forget(new long[] {1, 3});
        assertThat(store.placements(new long[] {1, 2})).containsExactly(new Placement(2, 6, 7));
    }

    @Test
    void familiesAreWrittenOverAndForgotten() {
        store.putFamilies(List.of(new FamilyState(5, 2, false, false), new FamilyState(6, 1, true, true)), new long[0]);
        store.putFamilies(List.of(new FamilyState(5, 3, false, true)), new long[] {6});

        assertThat(store.families(new long[] {5, 6})).containsExactly(new FamilyState(5, 3, false, true));
        assertThat(store.unsettledFamilies(10, 3)).containsExactly(new FamilyState(5, 3, false, true));
        assertThat(store.unsettledFamilies(10, 2)).isEmpty();
    }

    @Test
    void relabellingMovesFamiliesAndWhereAskedGroups() {
        store.place(List.of(
                new Placement(1, 5, 5),
                new Placement(2, 6, 6),
                new Placement(3, 7, 7),
                new Placement(4, 7, 8),
                new Placement(5, 9, 9)));

        List<Placement> moved = store.relabel(new long[] {6, 7}, new long[] {5, 9}, new boolean[] {true, false});

        assertThat(moved).containsExactly(new Placement(2, 6, 6));
        assertThat(store.placements(new long[] {1, 2, 3, 4, 5}))
                .containsExactlyInAnyOrder(
                        new Placement(1, 5, 5),
                        new Placement(2, 5, 5),
                        new Placement(3, 9, 7),
                        new Placement(4, 9, 8),
                        new Placement(5, 9, 9));
    }

    @Test
    void membersOfAFamilyAndOfAGroupComeWithTheirLinkingEdgesOnly() {
        store.addEdges(
                List.of(ACCOUNT, PHONE, LISTED),
                edges(1, ACCOUNT, 2, ACCOUNT, 2, PHONE, 2, LISTED, 3, PHONE, 4, PHONE));
        store.place(List.of(
                new Placement(1, 5, 5), new Placement(2, 5, 5), new Placement(3, 5, 6), new Placement(4, 7, 7)));

        assertThat(store.family(5).reports()).extracting(Placement::report).containsExactlyInAnyOrder(1L, 2L, 3L);
        assertThat(rows(store.family(5).edges()))
                .containsExactlyInAnyOrder(row(1, ACCOUNT), row(2, ACCOUNT), row(2, PHONE), row(3, PHONE));
        assertThat(store.group(5).reports()).containsExactlyInAnyOrder(new Placement(1, 5, 5), new Placement(2, 5, 5));
        assertThat(rows(store.group(5).edges()))
                .containsExactlyInAnyOrder(row(1, ACCOUNT), row(2, ACCOUNT), row(2, PHONE));
    }

    @Test
    void aKeyThatBecameSharedIsNoLongerAnEdgeOfMembers() {
        store.addEdges(List.of(ACCOUNT, PHONE), edges(1, ACCOUNT, 1, PHONE));
        store.place(List.of(new Placement(1, 5, 5)));

        store.updateKeys(List.of(only(store.keys(hashes(PHONE))).judged(true, 3)));

        assertThat(rows(store.family(5).edges())).containsExactly(row(1, ACCOUNT));
        assertThat(only(store.keys(hashes(PHONE))).family()).isZero();
        store.updateKeys(List.of(only(store.keys(hashes(PHONE))).marked(KeyMark.LINKS)));
        assertThat(rows(store.family(5).edges())).hasSize(2);
        assertThat(only(store.keys(hashes(PHONE))).family()).isEqualTo(5);
    }

    @Test
    void allFamiliesThatHoldAKeyAreFoundEvenIfItIsShared() {
        store.addEdges(List.of(LISTED), edges(1, LISTED, 2, LISTED, 3, LISTED));
        store.place(List.of(new Placement(1, 5, 5), new Placement(2, 6, 6), new Placement(3, 6, 6)));

        assertThat(store.familiesHolding(LISTED.hash())).containsExactlyInAnyOrder(5, 6);
    }

    @Test
    void aSampleIsTheReportsOfSmallestRank() {
        long[] reports = LongStream.rangeClosed(1, 50).toArray();
        long[] keys = new long[50];
        Arrays.fill(keys, PHONE.hash());
        store.addEdges(List.of(PHONE), new Edges(reports, keys));

        List<SampledReport> sample = store.samples(hashes(PHONE), 8, Set.of(KeyKind.IBAN), 1);

        long[] expected = LongStream.rangeClosed(1, 50)
                .boxed()
                .sorted(Comparator.comparingInt((Long report) -> Edges.rank(report, PHONE.hash())))
                .limit(8)
                .mapToLong(Long::longValue)
                .toArray();
        assertThat(sample).extracting(SampledReport::report).containsExactlyInAnyOrder(box(expected));
        assertThat(sample).allSatisfy(row -> {
            assertThat(row.key()).isEqualTo(PHONE.hash());
            assertThat(row.rank()).isEqualTo(Edges.rank(row.report(), PHONE.hash()));
            assertThat(row.anchors()).isEmpty();
        });
    }

    @Test
    void aSampledReportBringsItsAnchors() {
        LinkKey rare = LinkKey.of(KeyKind.IBAN, "rare");
        LinkKey text = LinkKey.of(KeyKind.TEXT_LINE, "text");
        store.addEdges(
                List.of(PHONE, ACCOUNT, rare, text, LISTED),
                edges(1, PHONE, 1, ACCOUNT, 1, rare, 1, text, 1, LISTED, 2, PHONE, 3, ACCOUNT, 3, text, 3, LISTED));

        List<SampledReport> sample = store.samples(hashes(PHONE), 64, Set.of(KeyKind.IBAN, KeyKind.DOMAIN), 2);

        assertThat(sample).hasSize(2);
        assertThat(sample).anySatisfy(row -> {
            assertThat(row.report()).isEqualTo(1);
            assertThat(row.anchors()).containsExactly(ACCOUNT.hash());
            assertThat(row.degrees()).containsExactly(2);
        });
        assertThat(sample).anySatisfy(row -> {
            assertThat(row.report()).isEqualTo(2);
            assertThat(row.anchors()).isEmpty();
        });
    }

    @Test
    void aKeyIsNoAnchorOfItself() {
        store.addEdges(List.of(PHONE, ACCOUNT), edges(1, PHONE, 1, ACCOUNT, 2, PHONE, 2, ACCOUNT));

        assertThat(store.samples(hashes(PHONE, ACCOUNT), 64, Set.of(KeyKind.IBAN, KeyKind.PHONE), 1))
                .hasSize(4)
                .allSatisfy(row -> assertThat(row.anchors())
                        .containsExactly(row.key() == PHONE.hash() ? ACCOUNT.hash() : PHONE.hash()));
    }

    @Test
    void keysBesideAnAnchorBecomeUnsettledIfTheEdgeMayBeInTheirSample() {
        store.addEdges(
                List.of(ACCOUNT, PHONE, SITE, LISTED),
                edges(1, ACCOUNT, 1, PHONE, 2, PHONE, 1, SITE, 3, LISTED, 4, LISTED));
        int rank = Edges.rank(1, PHONE.hash());

        store.unsettleBeside(hashes(ACCOUNT), Map.of(KeyKind.PHONE, 3, KeyKind.DOMAIN, 2));
        assertThat(store.unsettledKeys(10)).isEmpty();

        store.updateKeys(List.of(only(store.keys(hashes(PHONE))).judged(false, rank - 1)));
        store.unsettleBeside(hashes(ACCOUNT), Map.of(KeyKind.PHONE, 2));
        assertThat(store.unsettledKeys(10)).isEmpty();

        store.updateKeys(List.of(only(store.keys(hashes(PHONE))).judged(false, rank)));
        store.unsettleBeside(hashes(ACCOUNT), Map.of(KeyKind.PHONE, 2));
        assertThat(store.unsettledKeys(10)).extracting(KeyState::hash).containsExactly(PHONE.hash());
    }

    @Test
    void unsettledRowsComeInBoundedPortions() {
        List<LinkKey> keys = new ArrayList<>();
        for (int i = 0; i < 5; i++) keys.add(LinkKey.of(KeyKind.PHONE, "phone " + i));
        store.addEdges(
                keys,
                new Edges(
                        new long[] {1, 1, 1, 1, 1},
                        keys.stream().mapToLong(LinkKey::hash).toArray()));
        store.updateKeys(store.keys(keys.stream().mapToLong(LinkKey::hash).toArray()).stream()
                .map(KeyState::toJudge)
                .toList());

        assertThat(store.unsettledKeys(3)).hasSize(3);
        assertThat(store.unsettledKeys(30)).hasSize(5);
    }

    @Test
    void decisionsAreFoundByIdAndByFamily() {
        store.place(List.of(new Placement(1, 5, 5), new Placement(2, 5, 5), new Placement(3, 6, 6)));
        Decision split = new Decision.Split(1, Set.of(1L, 4L), Set.of(2L));
        Decision join = new Decision.Join(2, 3, 9);
        store.addDecision(split);
        store.addDecision(join);

        assertThat(store.decisionsTouching(new long[] {5})).containsExactly(split);
        assertThat(store.decisionsTouching(new long[] {5, 6})).containsExactlyInAnyOrder(split, join);
        assertThat(store.decisions(new long[] {2, 3})).containsExactly(join);
        store.removeDecisions(new long[] {1, 8});
        assertThat(store.decisionsTouching(new long[] {5})).isEmpty();
        assertThatThrownBy(() -> store.addDecision(join)).isInstanceOf(IllegalStateException.class);
    }

    private static KeyState only(List<KeyState> states) {
        assertThat(states).hasSize(1);
        return states.get(0);
    }

    private static long[] hashes(LinkKey... keys) {
        return Arrays.stream(keys).mapToLong(LinkKey::hash).toArray();
    }

    private static Edges edges(Object... reportThenKey) {
        int size = reportThenKey.length / 2;
        long[] reports = new long[size];
        long[] keys = new long[size];
        for (int i = 0; i < size; i++) {
            reports[i] = (Integer) reportThenKey[2 * i];
            keys[i] = ((LinkKey) reportThenKey[2 * i + 1]).hash();
        }
        return new Edges(reports, keys);
    }

    private static List<String> rows(Edges edges) {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < edges.size(); i++) rows.add(edges.reports()[i] + " " + edges.keys()[i]);
        return rows;
    }

    private static String row(long report, LinkKey key) {
        return report + " " + key.hash();
    }

    private static Long[] box(long[] numbers) {
        return Arrays.stream(numbers).boxed().toArray(Long[]::new);
    }
}
