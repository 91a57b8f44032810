package org.sharaka.node.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sharaka.node.access.Actor;
import org.sharaka.node.platform.Ids;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.platform.TestDatabase;
import org.sharaka.protocol.checkpoint.Checkpoint;
import org.sharaka.protocol.checkpoint.NoteKey;
import org.sharaka.protocol.checkpoint.NoteSigner;
import org.sharaka.protocol.checkpoint.SignedNote;
import org.sharaka.protocol.tree.ConsistencyProof;
import org.sharaka.protocol.tree.InclusionProof;
import org.sharaka.protocol.tree.TreeHash;
import org.sharaka.protocol.tree.TreeHead;
import org.springframework.jdbc.core.JdbcTemplate;

/** The proofs of a stored record against the definitions of RFC 9162, which need every leaf. */
class AuditProofsIT {
    private static final Actor NODE = Actor.system("exchange");

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final SecureRandom secure = new SecureRandom();
    private final Clock clock = Clock.systemUTC();
    private TestDatabase database;
    private AuditConnections own;
    private JdbcTemplate sql;
    private Sequencer sequencer;
    private MerkleAuditTrail audit;
    private AuditProofs proofs;

    @BeforeEach
    void open() {
        database = TestDatabase.fresh();
        own = AuditConnections.beside(database.dataSource());
        sql = new JdbcTemplate(database.dataSource());
        sequencer = new Sequencer(own.sql(), own.transactions(), clock);
        audit = new MerkleAuditTrail(
                new SqlEntries(sql, secure),
                database.transactions(),
                new GroupCommit(group -> {}),
                () -> {},
                new Ids(clock, secure),
                clock);
        proofs = new AuditProofs(sql, () -> {});
    }

    @AfterEach
    void close() {
        sequencer.stop();
        own.close();
        database.close();
    }

    @Test
    void headsAndProofsAreThoseOfTheDefinitions() {
        List<TreeHead> heads = new ArrayList<>();
        for (int round = 0; round < 8; round++) {
            enter(1 + random.nextInt(200));
            heads.add(proofs.head());
        }
        List<EntryId> entered = inTheirPlaces();
        Naive naive = new Naive(leaves());
        TreeHead last = heads.get(heads.size() - 1);

        assertThat(last.size()).isEqualTo(entered.size());
        for (TreeHead head : heads) {
            int size = (int) head.size();
            assertThat(head.root()).as("seed " + seed).isEqualTo(naive.root(0, size));
            ConsistencyProof consistency = proofs.consistency(size, last.size());
            assertThat(consistency.path()).as("from %d, seed %d", size, seed).isEqualTo(naive.consistency(size, (int)
                    last.size()));
            assertThat(consistency.proves(head, last)).isTrue();
            int index = random.nextInt(size);
            InclusionProof inclusion =
                    proofs.entry(entered.get(index), head).orElseThrow().inclusion();
            assertThat(inclusion)
                    .as("index %d of %d, seed %d", index, size, seed)
                    .isEqualTo(new InclusionProof(index, size, naive.inclusion(index, 0, size)));
        }
    }

    @Test
    void anEntryOpenedUnderASignedHeadIsALogProof() {
        EntryId entry = enter(300).get(77);
        NoteSigner log = NoteSigner.of(NoteSigner.newSeed(secure), "ma-ncb.example/audit", NoteKey.Type.ED25519);

        EntryProof proof = proofs.entry(entry, proofs.head()).orElseThrow();
        SignedNote checkpoint = log.sign(new Checkpoint("ma-ncb.example/audit", proof.head(), List.of()));

        assertThat(proof.under(checkpoint).checkpoint()).isSameAs(checkpoint);
    }

    @Test
    void anEntryWithoutItsPlaceHasNoProofYet() {
        TreeHead before = enterAndHead(5);
        EntryId later = enter(5).get(0);
        EntryId waiting = enterOnly(1).get(0);

        assertThat(proofs.entry(later, before)).isEmpty();
        assertThat(proofs.entry(later, proofs.head())).isPresent();
        assertThat(proofs.entry(waiting, proofs.head())).isEmpty();
        assertThat(proofs.entry(new EntryId(UUID.randomUUID()), proofs.head())).isEmpty();
    }

    @Test
    void whoWaitsForAPlaceGetsTheProofWithinASecond() throws Exception {
        proofs = new AuditProofs(sql, () -> sequencer.wake());
        sequencer.start();
        EntryId entry = enterOnly(1).get(0);

        var proof = CompletableFuture.supplyAsync(() -> proofs.entry(entry, Duration.ofSeconds(10)));

        assertThat(proof.get()).isPresent();
    }

    @Test
    void aPurgedEntryIsNotOpened() {
        EntryId entry = enter(3).get(1);

        asSuperuser("delete from audit.entry where id = '" + entry + "'");

        assertThat(proofs.entry(entry, proofs.head())).isEmpty();
    }

    @Test
    void anAlteredEntryIsNotShownAsProved() {
        EntryId entry = enter(3).get(1);

        asSuperuser("update audit.entry set subject = 'message/forged' where id = '" + entry + "'");

        assertThatThrownBy(() -> proofs.entry(entry, proofs.head()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(entry.toString());
    }

    @Test
    void sizesThatTheRecordNeverHadAreRefused() {
        enter(10);

        for (long[] range : new long[][] {{0, 5}, {6, 5}, {5, 11}, {-1, 5}})
            assertThatThrownBy(() -> proofs.consistency(range[0], range[1]))
                    .isInstanceOfSatisfying(
                            ProblemException.class, e -> assertThat(e.type()).isEqualTo(AuditProblem.BAD_RANGE));
        assertThat(proofs.consistency(10, 10).path()).isEmpty();
    }

    @Test
    void proofsOfALongRecordAreShort() {
        int entries = 20_000;
        List<EntryId> entered = new ArrayList<>();
        while (entered.size() < entries) entered.addAll(enter(5_000));
        TreeHead head = proofs.head();

        for (int i = 0; i < 50; i++) {
            EntryProof proof =
                    proofs.entry(entered.get(random.nextInt(entries)), head).orElseThrow();
            assertThat(proof.inclusion().path()).hasSizeLessThan(16);
            assertThat(proofs.consistency(1 + random.nextInt(entries), head.size())
                            .path())
                    .hasSizeLessThan(17);
        }
    }

    private TreeHead enterAndHead(int count) {
        enter(count);
        return proofs.head();
    }

    private List<EntryId> enter(int count) {
        List<EntryId> entered = enterOnly(count);
        while (sequencer.sequence() > 0) {}
        return entered;
    }

    private List<EntryId> enterOnly(int count) {
        return database.transactions()
                .execute(status -> audit.enterAll(
                        NODE,
                        IntStream.range(0, count)
                                .mapToObj(i -> AuditTrail.Deed.done("thing.make", "thing/" + i))
                                .toList()));
    }

    private List<EntryId> inTheirPlaces() {
        return sql.query(
                "select entry_id from audit.leaf order by index",
                (row, i) -> new EntryId(row.getObject(1, UUID.class)));
    }

    private List<TreeHash> leaves() {
        return sql.query(
                "select entry_id, commitment from audit.leaf order by index",
                (row, i) -> Entry.leaf(new EntryId(row.getObject(1, UUID.class)), row.getBytes(2)));
    }

    /** Without triggers, as somebody with all rights on the database machine would. */
    private void asSuperuser(String statement) {
        database.transactions().executeWithoutResult(status -> {
            sql.execute("set local session_replication_role = replica");
            sql.update(statement);
        });
    }

    /** MTH, PATH and SUBPROOF as RFC 9162 section 2.1 writes them. */
    private record Naive(List<TreeHash> leaves) {
        TreeHash root(int begin, int end) {
            if (end - begin == 1) return leaves.get(begin);
            int k = begin + split(end - begin);
            return TreeHash.node(root(begin, k), root(k, end));
        }

        List<TreeHash> inclusion(int index, int begin, int end) {
            if (end - begin == 1) return new ArrayList<>();
            int k = begin + split(end - begin);
            List<TreeHash> path = index < k ? inclusion(index, begin, k) : inclusion(index, k, end);
            path.add(index < k ? root(k, end) : root(begin, k));
            return path;
        }

        List<TreeHash> consistency(int from, int to) {
            return subproof(from, 0, to, true);
        }

        private List<TreeHash> subproof(int from, int begin, int end, boolean known) {
            if (from == end - begin) return new ArrayList<>(known ? List.of() : List.of(root(begin, end)));
            int k = split(end - begin);
            List<TreeHash> path =
                    from <= k ? subproof(from, begin, begin + k, known) : subproof(from - k, begin + k, end, false);
            path.add(from <= k ? root(begin + k, end) : root(begin, begin + k));
            return path;
        }

        private static int split(int count) {
            int k = 1;
            while (k * 2 < count) k *= 2;
            return k;
        }
    }
}
