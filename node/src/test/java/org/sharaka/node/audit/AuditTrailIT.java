package org.sharaka.node.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sharaka.node.access.AccessProblem;
import org.sharaka.node.access.ActWitness;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.platform.Ids;
import org.sharaka.node.platform.TestDatabase;
import org.sharaka.protocol.tree.ConsistencyProof;
import org.sharaka.protocol.tree.GrowingTree;
import org.sharaka.protocol.tree.InclusionProof;
import org.sharaka.protocol.tree.TreeHead;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** The record on a real database, and everything that somebody with all rights there could do to it. */
class AuditTrailIT {
    private static final Actor OFFICER = new Actor(
            Actor.Kind.OFFICER,
            "officer-1",
            "samira",
            Optional.of("unit 4"),
            Set.of(Permission.CAMPAIGN_READ),
            Optional.of(Purpose.INVESTIGATION));

    private final SecureRandom random = new SecureRandom();
    private TestDatabase database;
    private AuditConnections own;
    private JdbcTemplate sql;
    private Instant now = Instant.parse("2026-03-01T10:00:00Z");
    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    };
    private Sequencer sequencer;
    private MerkleAuditTrail audit;

    @BeforeEach
    void open() {
        database = TestDatabase.fresh();
        own = AuditConnections.beside(database.dataSource());
        sql = new JdbcTemplate(database.dataSource());
        sequencer = new Sequencer(own.sql(), own.transactions(), clock);
        SqlEntries alone = new SqlEntries(own.sql(), random);
        audit = new MerkleAuditTrail(
                new SqlEntries(sql, random),
                database.transactions(),
                new GroupCommit(group -> own.transactions().executeWithoutResult(status -> alone.add(group))),
                () -> {},
                new Ids(clock, random),
                clock);
        sql.execute("create table public.thing (id int primary key, entry uuid)");
    }

    @AfterEach
    void close() {
        own.close();
        database.close();
    }

    @Test
    void anActAndItsEntryStandTogether() {
        audit.act(OFFICER, "thing.make", "thing/1", entry -> makeThing(1, entry.value()));

        assertThat(entries()).containsExactly("officer-1 INVESTIGATION thing.make thing/1 DONE null");
        assertThat(things()).isEqualTo(1);
    }

    @Test
    void aRefusedActLeavesItsEntryAndNothingElse() {
        assertThatThrownBy(() -> audit.act(OFFICER, "thing.make", "thing/1", entry -> {
                    makeThing(1, entry.value());
                    throw AccessProblem.FORBIDDEN.because("not yours");
                }))
                .hasMessage("not yours");

        assertThat(entries()).containsExactly("officer-1 INVESTIGATION thing.make thing/1 REFUSED access.forbidden");
        assertThat(things()).isZero();
    }

    @Test
    void aFailedActLeavesItsEntryAndNothingElse() {
        assertThatThrownBy(() -> audit.act(OFFICER, "thing.make", "thing/1", entry -> {
                    makeThing(1, entry.value());
                    return makeThing(1, entry.value());
                }))
                .isInstanceOf(DataAccessException.class);

        assertThat(entries()).containsExactly("officer-1 INVESTIGATION thing.make thing/1 FAILED null");
        assertThat(things()).isZero();
    }

    @Test
    void actsThatComeInHundredsAreEnteredWithTheirTransaction() {
        List<EntryId> ids = database.transactions().execute(status -> {
            List<EntryId> entered = audit.enterAll(
                    OFFICER,
                    List.of(
                            AuditTrail.Deed.done("thing.make", "thing/1"),
                            AuditTrail.Deed.refused("thing.make", "thing/2", AccessProblem.NOT_FOUND)));
            makeThing(1, entered.get(0).value());
            return entered;
        });

        assertThat(entries())
                .containsExactlyInAnyOrder(
                        "officer-1 INVESTIGATION thing.make thing/1 DONE null",
                        "officer-1 INVESTIGATION thing.make thing/2 REFUSED access.not-found");
        for (int i = 0; i < ids.size(); i++)
            assertThat(sql.queryForObject(
                            "select subject from audit.entry where id = ?",
                            String.class,
                            ids.get(i).value()))
                    .isEqualTo("thing/" + (i + 1));
        assertSound();
    }

    @Test
    void actsThatComeInHundredsLeaveNothingIfTheirTransactionFails() {
        assertThatThrownBy(() -> database.transactions().executeWithoutResult(status -> {
                    audit.enterAll(OFFICER, List.of(AuditTrail.Deed.done("thing.make", "thing/1")));
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThatThrownBy(() -> audit.enterAll(OFFICER, List.of(AuditTrail.Deed.done("thing.make", "thing/1"))))
                .hasMessageContaining("transaction");

        assertThat(entries()).isEmpty();
    }

    @Test
    void aReadIsOnRecordBeforeItsAnswerIsGiven() {
        String answer = audit.read(OFFICER, "thing.view", "thing/7", () -> "seven");

        assertThat(answer).isEqualTo("seven");
        assertThat(entries()).containsExactly("officer-1 INVESTIGATION thing.view thing/7 DONE null");
    }

    @Test
    void aReadThatCannotBeEnteredGivesNoAnswer() {
        sql.execute("alter table audit.entry rename to gone");

        assertThatThrownBy(() -> audit.read(OFFICER, "thing.view", "thing/7", () -> "seven"))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aRefusedReadIsEnteredEvenIfTheCallersTransactionIsRolledBack() {
        assertThatThrownBy(() -> database.transactions()
                        .execute(status -> audit.read(OFFICER, "thing.view", "thing/7", () -> {
                            throw AccessProblem.NOT_FOUND.because("thing 7");
                        })))
                .hasMessage("thing 7");

        assertThat(entries()).containsExactly("officer-1 INVESTIGATION thing.view thing/7 REFUSED access.not-found");
    }

    @Test
    void readersWhoHoldEveryConnectionStillGetTheirEntries() throws Exception {
        List<Future<String>> answers = new ArrayList<>();
        var readers = Executors.newFixedThreadPool(8);
        for (int i = 0; i < 64; i++) {
            String subject = "thing/" + i;
            answers.add(readers.submit(() -> database.transactions().execute(status -> {
                sql.queryForObject("select 1", Integer.class);
                return audit.read(OFFICER, "thing.view", subject, () -> subject);
            })));
        }
        for (Future<String> answer : answers) answer.get();
        readers.shutdown();

        assertThat(entries()).hasSize(64);
    }

    @Test
    void whatCannotBeStoredAsTypedIsStoredAsNearAsCanBe() {
        audit.read(OFFICER, "thing.view", "thing/\0\ud800x" + "y".repeat(1000), () -> "seven");

        assertThat(sql.queryForObject("select subject from audit.entry", String.class))
                .startsWith("thing/\ufffd\ufffdxyyy")
                .hasSize(300);
        assertSound();
    }

    @Test
    void everyEntryGetsItsPlaceAndAProof() {
        enter(700);
        sequenceAll();

        SqlTree tree = new SqlTree(sql);
        TreeHead head = tree.head().orElseThrow();
        assertThat(head.size()).isEqualTo(700);
        for (long index : new long[] {0, 1, 255, 256, 511, 512, 698, 699}) {
            assertThat(InclusionProof.make(tree, index, 700).proves(tree.leaf(index), head))
                    .isTrue();
        }
        assertThat(ConsistencyProof.make(tree, 300, 700).proves(headAt(300), head))
                .isTrue();
        assertSound();
    }

    @Test
    void aNewSequencerGoesOnWhereTheOldOneStopped() {
        enter(300);
        sequenceAll();
        enter(300);
        sequencer = new Sequencer(own.sql(), own.transactions(), clock);
        sequenceAll();
        enter(1);
        sequenceAll();

        assertThat(verify().head().size()).isEqualTo(601);
        assertSound();
    }

    @Test
    void twoSequencersMakeOneTree() throws Exception {
        Sequencer other = new Sequencer(own.sql(), own.transactions(), clock);
        var threads = Executors.newFixedThreadPool(2);
        for (int round = 0; round < 20; round++) {
            enter(20);
            Future<?> one = threads.submit(() -> sequencer.sequence());
            Future<?> two = threads.submit(other::sequence);
            one.get();
            two.get();
        }
        threads.shutdown();
        sequenceAll();

        assertThat(verify().head().size()).isEqualTo(400);
        assertSound();
    }

    @Test
    void theApplicationCanNeitherChangeNorRemoveWhatIsOnRecord() {
        enter(3);
        sequenceAll();

        for (String change : List.of(
                "update audit.leaf set commitment = commitment",
                "delete from audit.leaf",
                "truncate audit.leaf",
                "update audit.entry set actor_id = 'somebody else'",
                "delete from audit.entry",
                "truncate audit.entry",
                "update audit.head set size = size",
                "delete from audit.head",
                "truncate audit.head")) {
            assertThatThrownBy(() -> sql.execute(change)).as(change).hasMessageContaining("audit");
        }
        assertSound();
    }

    @Test
    void alteredDetailsAreFound() {
        enter(40);
        sequenceAll();

        asSuperuser(
                "update audit.entry set actor_id = 'somebody else' where id = (select entry_id from audit.leaf where index = 17)");

        assertThat(verify().findings()).containsExactly(new Finding(Finding.Kind.DETAILS_ALTERED, "17"));
    }

    @Test
    void anAlteredTimeIsFound() {
        enter(4);
        sequenceAll();

        asSuperuser(
                "update audit.entry set recorded_at = recorded_at - interval '1 day' where id = (select entry_id from audit.leaf where index = 2)");

        assertThat(verify().findings()).containsExactly(new Finding(Finding.Kind.DETAILS_ALTERED, "2"));
    }

    @Test
    void removedDetailsAreFound() {
        enter(40);
        sequenceAll();

        asSuperuser("delete from audit.entry where id = (select entry_id from audit.leaf where index = 17)");

        assertThat(verify().findings()).containsExactly(new Finding(Finding.Kind.DETAILS_MISSING, "17"));
    }

    @Test
    void aRemovedLeafIsFound() {
        enter(40);
        sequenceAll();

        asSuperuser("delete from audit.leaf where index = 17");

        assertThat(verify().findings())
                .contains(new Finding(Finding.Kind.LEAF_MISSING, "17"))
                .anySatisfy(finding -> assertThat(finding.kind()).isEqualTo(Finding.Kind.NOT_IN_TREE));
    }

    @Test
    void anEntryRemovedWithItsLeafAtTheEndIsFoundByTheHead() {
        enter(40);
        sequenceAll();

        asSuperuser("delete from audit.entry where id = (select entry_id from audit.leaf where index = 39)");
        asSuperuser("delete from audit.leaf where index = 39");

        assertThat(verify().findings()).containsExactly(new Finding(Finding.Kind.HEAD_WRONG, "39-39"));
    }

    @Test
    void aTailRemovedWithItsHeadsIsFoundByWhoeverNotedAHeadDown() {
        enter(40);
        sequenceAll();
        TreeHead noted = verify().head();
        enter(5);
        sequenceAll();
        TreeHead later = verify().head();

        asSuperuser("delete from audit.entry where id in (select entry_id from audit.leaf where index >= 40)");
        asSuperuser("delete from audit.leaf where index >= 40");
        asSuperuser("delete from audit.head where size > 40");

        assertThat(verify(Optional.of(noted)).sound()).isTrue();
        assertThat(verify(Optional.of(later)).findings())
                .containsExactly(new Finding(Finding.Kind.NOT_THE_KNOWN_TREE, "45"));
    }

    @Test
    void aRewrittenPastIsFoundByWhoeverNotedAHeadDown() {
        enter(40);
        sequenceAll();
        TreeHead noted = verify().head();
        asSuperuser("truncate audit.leaf, audit.head, audit.subtree, audit.entry, audit.pending");
        enter(60);
        sequenceAll();

        assertThat(verify().sound()).isTrue();
        assertThat(verify(Optional.of(noted)).findings())
                .containsExactly(new Finding(Finding.Kind.NOT_THE_KNOWN_TREE, "40"));
    }

    @Test
    void swappedLeavesAreFoundAndTheHeadsSayWhere() {
        enter(10);
        sequenceAll();
        enter(10);
        sequenceAll();
        enter(10);
        sequenceAll();

        asSuperuser("update audit.leaf set index = 999 where index = 12");
        asSuperuser("update audit.leaf set index = 12 where index = 15");
        asSuperuser("update audit.leaf set index = 15 where index = 999");

        assertThat(verify().findings()).containsExactly(new Finding(Finding.Kind.TREE_ALTERED, "10-19"));
    }

    @Test
    void aLeafPutInIsFound() {
        enter(10);
        sequenceAll();

        asSuperuser("update audit.leaf set index = index + 1000 where index >= 5");
        asSuperuser("update audit.leaf set index = index - 999 where index >= 1000");
        asSuperuser("insert into audit.leaf select 5, gen_random_uuid(), decode(repeat('00', 32), 'hex')");

        assertThat(verify().findings())
                .extracting(Finding::kind)
                .contains(Finding.Kind.TREE_ALTERED, Finding.Kind.HEAD_WRONG, Finding.Kind.DETAILS_MISSING);
    }

    @Test
    void anEntryPutInPastTheNodeIsFound() {
        enter(10);
        sequenceAll();

        asSuperuser("""
                insert into audit.entry select gen_random_uuid(), commitment, salt, began_at, recorded_at, actor_kind, actor_id,
                    unit, purpose, action, 'thing/forged', outcome, problem, request from audit.entry limit 1
                """);

        assertThat(verify().findings()).extracting(Finding::kind).containsExactly(Finding.Kind.NOT_IN_TREE);
    }

    @Test
    void anEntryTakenFromTheQueueIsFoundAtOnce() {
        enter(10);
        sequenceAll();
        enter(1);

        asSuperuser("delete from audit.pending");

        assertThat(verify().findings()).extracting(Finding::kind).containsExactly(Finding.Kind.NOT_IN_TREE);
    }

    @Test
    void anEntryThatVanishesFromTheQueueAndTheDetailsStillLeavesALeafIfItsActStands() {
        audit.act(OFFICER, "thing.make", "thing/1", entry -> makeThing(1, entry.value()));
        asSuperuser("delete from audit.pending");
        asSuperuser("delete from audit.entry");

        assertThat(verify().findings())
                .containsExactly(new Finding(Finding.Kind.ACT_WITHOUT_ENTRY, "thing.make thing/1"));
    }

    @Test
    void anActThatNobodyEnteredIsFound() {
        audit.act(OFFICER, "thing.make", "thing/1", entry -> makeThing(1, entry.value()));
        makeThing(2, null);
        makeThing(3, UUID.randomUUID());
        sequenceAll();

        Verification verification = verify();

        assertThat(verification.acts()).isEqualTo(3);
        assertThat(verification.findings())
                .containsExactlyInAnyOrder(
                        new Finding(Finding.Kind.ACT_WITHOUT_ENTRY, "thing.make thing/2"),
                        new Finding(Finding.Kind.ACT_WITHOUT_ENTRY, "thing.make thing/3"));
    }

    @Test
    void aWrongSubtreeIsFound() {
        enter(300);
        sequenceAll();

        asSuperuser("update audit.subtree set root = decode(repeat('00', 32), 'hex')");

        assertThat(verify().findings()).containsExactly(new Finding(Finding.Kind.SUBTREE_WRONG, "8/0"));
    }

    @Test
    void purgedDetailsStayValidAndThePurgeIsItselfOnRecord() {
        enter(20);
        sequenceAll();
        now = now.plus(Duration.ofDays(400));
        enter(5);
        sequenceAll();

        long gone = new Retention(audit, sql, clock).purge(Actor.system("audit.retention"), Duration.ofDays(365));
        sequenceAll();

        assertThat(gone).isEqualTo(20);
        assertThat(verify().purged()).isEqualTo(20);
        assertSound();
        assertThat(entries()).anyMatch(entry -> entry.startsWith("audit.retention null audit.purge entries/before"));
    }

    @Test
    void aPurgeThatNobodyEnteredHidesNothing() {
        enter(20);
        sequenceAll();

        asSuperuser("insert into audit.purge values (gen_random_uuid(), now() + interval '10 years')");
        asSuperuser("delete from audit.entry where id = (select entry_id from audit.leaf where index = 3)");

        assertThat(verify().findings())
                .extracting(Finding::kind)
                .containsExactly(Finding.Kind.PURGE_WITHOUT_ENTRY, Finding.Kind.DETAILS_MISSING);
    }

    @Test
    void aPurgeWhoseDateWasMovedIsFound() {
        enter(20);
        sequenceAll();
        now = now.plus(Duration.ofDays(400));
        new Retention(audit, sql, clock).purge(Actor.system("audit.retention"), Duration.ofDays(399));
        sequenceAll();

        asSuperuser("update audit.purge set before = before + interval '1 year'");

        assertThat(verify().findings()).extracting(Finding::kind).startsWith(Finding.Kind.PURGE_WITHOUT_ENTRY);
    }

    @Test
    void aLongRecordIsSound() {
        int entries = 20_000;
        Ids ids = new Ids(clock, random);
        SqlEntries store = new SqlEntries(sql, random);
        for (int stored = 0; stored < entries; stored += 5_000) {
            store.add(IntStream.range(0, 5_000)
                    .mapToObj(i -> new Entry(
                            new EntryId(ids.timeOrdered()),
                            now,
                            Actor.Kind.OFFICER,
                            "officer-1",
                            Optional.of("unit 4"),
                            Optional.of(Purpose.INVESTIGATION),
                            "thing.view",
                            "thing/" + i,
                            Outcome.DONE,
                            Optional.empty(),
                            Optional.of("request")))
                    .toList());
            sequenceAll();
        }

        Verification verification = verify();

        assertThat(verification.findings()).isEmpty();
        assertThat(verification.head().size()).isGreaterThanOrEqualTo(entries);
    }

    private void enter(int count) {
        IntStream.range(0, count).forEach(i -> audit.read(OFFICER, "thing.view", "thing/" + i, () -> i));
    }

    private void sequenceAll() {
        while (sequencer.sequence() > 0) {}
    }

    private TreeHead headAt(int size) {
        GrowingTree tree = new GrowingTree();
        SqlTree stored = new SqlTree(sql);
        for (int i = 0; i < size; i++) tree.add(stored.leaf(i));
        return tree.head();
    }

    private Verification verify() {
        return verify(Optional.empty());
    }

    private Verification verify(Optional<TreeHead> known) {
        ActWitness things = new ActWitness("thing.make", "select entry, 'thing/' || id as subject from public.thing");
        return new Verifier(
                        database.dataSource(),
                        new JdbcTransactionManager(database.dataSource()),
                        List.of(things),
                        clock)
                .verify(known);
    }

    private void assertSound() {
        sequenceAll();
        assertThat(verify().findings()).isEmpty();
    }

    private int makeThing(int id, UUID entry) {
        return sql.update("insert into public.thing values (?, ?)", id, entry);
    }

    private int things() {
        return sql.queryForObject("select count(*) from public.thing", Integer.class);
    }

    private List<String> entries() {
        return sql.queryForList("""
                select concat_ws(' ', actor_id, coalesce(purpose, 'null'), action, subject, outcome, coalesce(problem, 'null'))
                from audit.entry order by id
                """, String.class);
    }

    /** Without triggers, as somebody with all rights on the database machine would. */
    private void asSuperuser(String statement) {
        database.transactions().executeWithoutResult(status -> {
            sql.execute("set local session_replication_role = replica");
            sql.update(statement);
        });
    }
}
