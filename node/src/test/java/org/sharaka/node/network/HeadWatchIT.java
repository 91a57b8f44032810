package org.sharaka.node.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sharaka.node.FreePort;
import org.sharaka.node.access.AccessProblem;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.node.assembly.SecurityEvent;
import org.sharaka.node.assembly.SecurityEvents;
import org.sharaka.node.assembly.TestNetwork;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.audit.VerifyAuditCommand;
import org.sharaka.node.exchange.PeerAwayException;
import org.sharaka.node.exchange.PeerLines;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.platform.TestNode;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.checkpoint.Checkpoint;
import org.sharaka.protocol.checkpoint.NoteKey;
import org.sharaka.protocol.checkpoint.NoteSigner;
import org.sharaka.protocol.checkpoint.ShownHead;
import org.sharaka.protocol.cms.KeyUse;
import org.sharaka.protocol.cms.Profile1;
import org.sharaka.protocol.message.EpochOpening;
import org.sharaka.protocol.message.RosterReference;
import org.sharaka.protocol.roster.Member;
import org.sharaka.protocol.roster.RosterHistory;
import org.sharaka.protocol.tree.TreeHead;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Whole nodes that watch each other's records, one that nobody can call, and a member whose log a test plays. */
class HeadWatchIT {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final MemberId LIAR = TestNetwork.bureauOf("xm");
    private static TestNetwork network;
    private static final Map<String, TestNode> NODES = new TreeMap<>();

    @BeforeAll
    static void start() {
        Map<String, Integer> ports = Map.of("xa", FreePort.find(), "xb", FreePort.find());
        Map<String, Optional<URI>> endpoints = new TreeMap<>();
        ports.forEach((country, port) -> endpoints.put(country, Optional.of(URI.create("https://127.0.0.1:" + port))));
        endpoints.put("xc", Optional.empty());
        endpoints.put("xm", Optional.empty());
        network = TestNetwork.of(endpoints);
        for (String country : List.of("xa", "xb", "xc")) {
            TestNode node = TestNode.start(
                    "sharaka.exchange.port=" + ports.getOrDefault(country, 0), "sharaka.network.look=1h");
            NODES.put(country, node);
            network.join(node, country);
        }
    }

    @AfterAll
    static void stop() {
        NODES.values().forEach(TestNode::close);
    }

    /** Each test has a liar whom nobody has seen before. */
    @BeforeEach
    void forgetTheLiar() {
        for (String country : NODES.keySet()) {
            JdbcTemplate sql = node(country).service(JdbcTemplate.class);
            sql.update("delete from network.seen where member = ?", LIAR.value());
            sql.update("delete from network.told where member = ?", LIAR.value());
            sql.update("delete from network.earlier where member = ?", LIAR.value());
            sql.update("delete from exchange.opening where member = ?", LIAR.value());
        }
    }

    private static TestNode node(String country) {
        return Optional.ofNullable(NODES.get(country)).orElseThrow();
    }

    private static HeadWatch watch(String country) {
        return node(country).service(HeadWatch.class);
    }

    private static SqlHeads heads(String country) {
        return node(country).service(SqlHeads.class);
    }

    private static Member member(String country) {
        return network.current().roster().member(TestNetwork.bureauOf(country)).orElseThrow();
    }

    /** Retries while the other node is not yet listening. */
    private static void look(String by, String at) throws Exception {
        for (int i = 0; ; i++) {
            try {
                watch(by).look(member(at));
                return;
            } catch (PeerAwayException e) {
                if (i == 100) throw e;
                Thread.sleep(100);
            }
        }
    }

    private static PlayedLog played(String entries) {
        return new PlayedLog(entries, network.keys(LIAR).log());
    }

    private static List<Finding> findings(String country) {
        return heads(country).findings(100).stream()
                .filter(finding -> finding.member().equals(LIAR))
                .toList();
    }

    private static void bring(String to, ShownHead shown) {
        SeenLog seen = watch(to).brought(member("xm"), shown);
        assertThat(NoteSigner.cosignatures(seen.note(), member(to).cosignerKeys()))
                .hasSize(1);
    }

    private static void refused(String to, ShownHead shown, Refusal why) {
        assertThatThrownBy(() -> watch(to).brought(member("xm"), shown))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(why));
    }

    @Test
    void nodesCosignEachOthersRecordsAsTheyGrow() throws Exception {
        look("xa", "xb");
        TreeHead first = heads("xa").seen(member("xb").id()).orElseThrow().head();
        node("xb").service(AuditTrail.class).act(Actor.system("test"), "test.act", "thing/1", () -> Optional.empty());
        long end = System.nanoTime() + 30_000_000_000L;
        TreeHead second = first;
        while (second.size() == first.size() && System.nanoTime() < end) {
            look("xa", "xb");
            second = heads("xa").seen(member("xb").id()).orElseThrow().head();
        }
        look("xb", "xa");

        assertThat(first.size()).isPositive();
        assertThat(second.size()).isGreaterThan(first.size());
        SqlHeads.Cosigned ours = heads("xb").cosigned().stream()
                .filter(each -> each.by().equals(member("xa").id()))
                .findFirst()
                .orElseThrow();
        assertThat(Checkpoint.verify(ours.note(), member("xb").logKeys()).head())
                .isEqualTo(second);
        assertThat(NoteSigner.cosignatures(ours.note(), member("xa").cosignerKeys()))
                .hasSize(1);
        assertThat(heads("xa").findings(10))
                .noneMatch(found -> found.member().equals(member("xb").id()));
    }

    @Test
    void whomNobodyCanCallBringsItsHead() throws Exception {
        look("xc", "xa");
        look("xc", "xa");

        assertThat(heads("xa").seen(member("xc").id())).isPresent();
        assertThat(heads("xc").cosigned())
                .anyMatch(each -> each.by().equals(member("xa").id()));
    }

    @Test
    void aLogThatIsCutBackOrRewrittenIsNamedOnceWithItsProofAndNotCosigned() {
        int before = findings("xa").size();
        bring("xa", played("abcde").shown());
        bring("xa", played("abcdefg").shown(5));

        refused("xa", played("abcd").shown(), Refusal.LOG_ROLLED_BACK);
        refused("xa", played("abXdefgh").shown(7), Refusal.LOG_REWRITTEN);
        refused("xa", played("abcdefgh").shown(), Refusal.LOG_REWRITTEN);
        refused("xa", played("abcdefX").shown(), Refusal.LOG_REWRITTEN);

        assertThat(heads("xa").seen(LIAR).orElseThrow().head())
                .isEqualTo(played("abcdefg").head());
        assertThat(findings("xa")).hasSize(before + 1).first().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("log-rolled-back");
            assertThat(Checkpoint.verify(finding.earlier(), member("xm").logKeys())
                            .head())
                    .isEqualTo(played("abcdefg").head());
            assertThat(Checkpoint.verify(finding.later(), member("xm").logKeys())
                            .head())
                    .isEqualTo(played("abcd").head());
        });
        assertThat(node("xa").service(SecurityEvents.class).latest(100))
                .anyMatch(event -> event.kind() == SecurityEvent.Kind.LOG_REFUSED
                        && event.peer().equals(Optional.of(LIAR))
                        && event.code().equals("log-rewritten"));
        // An honest continuation counts again; what was found stays.
        bring("xa", played("abcdefgh").shown(7));
        assertThat(findings("xa")).hasSize(before + 1);
    }

    @Test
    void whoShowsOnePastToOneAndAnotherToTheNextIsFoundByTalking() throws Exception {
        bring("xa", played("abcde").shown());
        bring("xb", played("abcdeF").shown());
        look("xa", "xb");
        bring("xa", played("abcdeGh").shown(5));
        int before = findings("xa").size();

        bring("xa", played("abcdeGhi").shown(7));
        bring("xa", played("abcdeGhij").shown(8));
        bringLater("xa", Duration.ofDays(2), played("abcdeGhijk").shown(9));

        assertThat(findings("xa")).hasSize(before + 1).first().satisfies(finding -> {
            assertThat(finding.toldBy()).isEqualTo(member("xb").id());
            assertThat(finding.code()).isEqualTo("log-rewritten");
            assertThat(Checkpoint.verify(finding.earlier(), member("xm").logKeys())
                            .head())
                    .isEqualTo(played("abcdeF").head());
        });
        StringWriter said = new StringWriter();
        assertThat(node("xa").run(new VerifyAuditCommand(), said)).isZero();
    }

    /** By a clock that is ahead. After two days nobody may say any more that it did not know what another member had seen. */
    private static void bringLater(String to, Duration later, ShownHead shown) {
        TestNode node = node(to);
        SeenLog unused = new HeadWatch(
                        heads(to),
                        node.service(OwnLog.class),
                        node.service(PeerLines.class),
                        node.service(Rosters.class),
                        node.service(SecurityEvents.class),
                        node.service(AuditTrail.class),
                        node.service(Profile1.class),
                        node.service(TransactionTemplate.class),
                        Clock.offset(Clock.systemUTC(), later))
                .brought(member("xm"), shown);
    }

    @Test
    void whatAnotherSawAndTheLogProvesIsNoFinding() throws Exception {
        bring("xb", played("abcdef").shown());
        look("xa", "xb");
        assertThat(heads("xa").told(LIAR, 10)).hasSize(1);
        int before = findings("xa").size();

        bring("xa", played("abcdefgh").shown(6));

        assertThat(findings("xa")).hasSize(before);
        assertThat(heads("xa").told(LIAR, 10)).isEmpty();
    }

    private static byte[] declared(long epoch, TreeHead restored) {
        return declared(epoch, restored, Instant.now().minus(Duration.ofHours(1)));
    }

    private static byte[] declared(long epoch, TreeHead restored, Instant backup) {
        Instant now = Instant.now();
        RosterHistory history = RosterHistory.found(network.chain().get(0), network.pin(), now);
        return new EpochOpening(
                        LIAR, epoch, now, RosterReference.toCurrent(history), restored, backup, Optional.empty())
                .sign(network.keys(LIAR).key(KeyUse.SIGNING), new Profile1(RANDOM));
    }

    @Test
    void whatWasLostWithABackupIsNoFindingThoughAnothersClockWasAheadWhenItSawIt() throws Exception {
        bringLater("xb", Duration.ofHours(5), played("abcdefg").shown());
        look("xa", "xb");
        int before = findings("xa").size();
        byte[] second = declared(2, played("abcd").head());

        bring("xa", played("abcdXY").shown(Optional.of(second), 4));
        bring("xa", played("abcdXYZ").shown(Optional.of(second), 4, 6, 7));

        assertThat(heads("xa").told(LIAR, 10)).hasSize(1);
        bring("xb", played("abcdXYZ").shown(Optional.of(second), 4));
        look("xa", "xb");
        bring("xa", played("abcdXYZW").shown(Optional.of(second), 4, 7));
        assertThat(heads("xa").told(LIAR, 10)).isEmpty();
        assertThat(findings("xa")).hasSize(before);
    }

    @Test
    void whoShowsAnotherThePastThatItDeclaredLostIsToldOfButNotAccusedByTheWordOfOne() throws Exception {
        byte[] second = declared(2, played("abcd").head());
        bring("xa", played("abcdXY").shown(Optional.of(second), 4));
        Thread.sleep(1_100); // Cosigned after the return, by a clock of whole seconds.
        bring("xb", played("abcdefg").shown());
        look("xa", "xb");
        int before = findings("xa").size();

        for (int i = 0; i < 3; i++)
            bring("xa", played("abcdXY" + "Z".repeat(i + 1)).shown(Optional.of(second), 4, 6 + i));
        assertThat(findings("xa")).hasSize(before);
        bringLater("xa", Duration.ofDays(2), played("abcdXYZZZZ").shown(Optional.of(second), 4, 7, 9));

        assertThat(findings("xa")).hasSize(before);
        assertThat(heads("xa").told(LIAR, 10)).isEmpty();
        assertThat(node("xa").service(SecurityEvents.class).latest(100))
                .anyMatch(event -> event.kind() == SecurityEvent.Kind.LOG_REFUSED
                        && event.peer().equals(Optional.of(LIAR))
                        && event.subject().contains(member("xb").id() + " says"));
    }

    @Test
    void aReturnExcusesNothingThatWasSeenBeforeItsBackup() {
        Member callable = new Member(
                member("xm").id(),
                member("xm").country(),
                member("xm").names(),
                member("xm").role(),
                member("xm").status(),
                List.of(URI.create("https://127.0.0.1:9")),
                member("xm").certificates(),
                member("xm").logKeys(),
                member("xm").cosignerKeys());
        bring("xa", played("pqr").shown());
        bring("xa", played("pqrdefg").shown(3));
        int before = findings("xa").size();
        byte[] second = declared(2, played("Xqrd").head());

        // It made up the backup: what came out of it never was in the log that was seen.
        assertThatThrownBy(() -> watch("xa").brought(callable, played("XqrdQ").shown(Optional.of(second), 3, 4)))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.LOG_REWRITTEN));

        assertThat(findings("xa")).hasSize(before + 1).first().satisfies(finding -> assertThat(
                        Checkpoint.verify(finding.earlier(), member("xm").logKeys())
                                .head())
                .isEqualTo(played("pqr").head()));
        assertThat(heads("xa").seen(LIAR).orElseThrow().epoch()).isEqualTo(1);
        byte[] third = declared(3, played("pqrd").head());
        assertThatThrownBy(() -> watch("xa")
                        .brought(
                                callable,
                                played("pqrdQ")
                                        .shown(
                                                Optional.of(declared(
                                                        2, played("pqrd").head())),
                                                3,
                                                4)))
                .as("a second declaration of one epoch")
                .isInstanceOf(RefusedException.class);
        SeenLog unused = watch("xa").brought(callable, played("pqrdQ").shown(Optional.of(third), 3, 4));
        assertThat(heads("xa").seen(LIAR).orElseThrow().epoch()).isEqualTo(3);
    }

    /** So far back was the last look at it. */
    private static void seenBefore(Duration ago) {
        int unused = node("xa")
                .service(JdbcTemplate.class)
                .update(
                        "update network.seen set seen_at = seen_at - ? * interval '1 second' where member = ?",
                        ago.toSeconds(),
                        LIAR.value());
    }

    @Test
    void aReturnLosesNothingThatWasCosignedThreeDaysBeforeItsBackup() {
        bring("xa", played("klm").shown());
        seenBefore(Duration.ofHours(98));
        bring("xa", played("klmnopq").shown(3));
        seenBefore(Duration.ofHours(74));
        int before = findings("xa").size();
        byte[] nothing = declared(2, TreeHead.EMPTY);

        refused("xa", played("Xyz").shown(Optional.of(nothing)), Refusal.LOG_REWRITTEN);

        assertThat(findings("xa")).hasSize(before + 1).first().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("log-rewritten");
            assertThat(Checkpoint.read(finding.earlier()).head())
                    .isEqualTo(played("klmnopq").head());
        });
        assertThat(heads("xa").seen(LIAR).orElseThrow().epoch()).isEqualTo(1);
        // Another declaration takes nothing back; only a log that has what was seen does.
        refused("xa", played("klQ").shown(Optional.of(declared(3, played("kl").head())), 2), Refusal.LOG_REWRITTEN);
        bring(
                "xa",
                played("klmnopqr")
                        .shown(Optional.of(declared(4, played("klmnopq").head())), 3, 7));
        assertThat(findings("xa")).hasSize(before + 1);
    }

    @Test
    void whatWasSeenLongBeforeIsMissedThoughTheLastLookCameAfterTheBackup() {
        bring("xa", played("rstuv").shown());
        seenBefore(Duration.ofHours(98));
        bring("xa", played("rstuvwx").shown(5));
        int before = findings("xa").size();

        refused("xa", played("rsXY").shown(Optional.of(declared(2, played("rs").head())), 2), Refusal.LOG_REWRITTEN);

        assertThat(findings("xa")).hasSize(before + 1).first().satisfies(finding -> assertThat(
                        Checkpoint.read(finding.earlier()).head())
                .isEqualTo(played("rstuv").head()));
    }

    /** The head was shown after the backup was made, and the clock of the member was two days ahead as it made it. */
    @Test
    void whoMadeItsBackupUnderAClockThatWasAheadIsNotAccused() {
        bring("xa", played("abcdefg").shown());
        seenBefore(Duration.ofHours(49));
        int before = findings("xa").size();

        bring("xa", played("abXY").shown(Optional.of(declared(2, played("ab").head(), Instant.now())), 2));

        assertThat(findings("xa")).hasSize(before);
        assertThat(heads("xa").seen(LIAR).orElseThrow().epoch()).isEqualTo(2);
    }

    @Test
    void whatAnEarlierReturnLostIsNotMissedInALaterBackup() {
        bring("xa", played("abcdefg").shown());
        bring("xa", played("abXY").shown(Optional.of(declared(2, played("ab").head())), 2));
        int unused = node("xa")
                .service(JdbcTemplate.class)
                .update(
                        "update network.earlier set seen_at = seen_at - interval '5 days' where member = ?",
                        LIAR.value());
        int before = findings("xa").size();

        bring("xa", played("abXQ").shown(Optional.of(declared(3, played("abX").head())), 3));

        assertThat(findings("xa")).hasSize(before);
    }

    @Test
    void whoMissedAReturnInBetweenAccusesNobodyAndStillAsksForWhatCameOutOfTheLastBackup() {
        bring("xa", played("abcde").shown());
        int before = findings("xa").size();
        byte[] third = declared(3, played("abXYZW").head());

        refused("xa", played("abXYZQR").shown(Optional.of(third), 6), Refusal.LOG_REWRITTEN);
        assertThat(findings("xa")).hasSize(before + 1);
        bring("xa", played("abXYZWQ").shown(Optional.of(third), 6));

        assertThat(heads("xa").seen(LIAR).orElseThrow().epoch()).isEqualTo(3);
        assertThat(findings("xa")).hasSize(before + 1);
    }

    @Test
    void whoCameBackFromABackupSaysSoAndLosesOnlyWhatItDeclared() {
        bring("xa", played("abcdefg").shown());
        int before = findings("xa").size();
        byte[] second = declared(2, played("abcd").head());

        bring("xa", played("abcdXY").shown(Optional.of(second), 4));

        assertThat(heads("xa").seen(LIAR).orElseThrow().epoch()).isEqualTo(2);
        assertThat(findings("xa")).hasSize(before);
        // The same declaration excuses nothing a second time, and none excuses what lies before the backup.
        refused("xa", played("abcdQ").shown(Optional.of(second), 4), Refusal.LOG_ROLLED_BACK);
        refused(
                "xa",
                played("aZcdQ").shown(Optional.of(declared(3, played("abcd").head())), 4),
                Refusal.LOG_REWRITTEN);
        refused("xa", played("abcdXYz").shown(Optional.of(forged()), 6L - 1), Refusal.LOG_REWRITTEN);
        bring("xa", played("abcdXYz").shown(6));
    }

    private static byte[] forged() {
        byte[] declared = declared(4, played("ab").head());
        declared[declared.length - 1] ^= 1;
        return declared;
    }

    @Test
    void whatTheLogDidNotSignIsNoHead() {
        NoteSigner stranger = NoteSigner.of(
                NoteSigner.newSeed(RANDOM), network.keys(LIAR).log().key().name(), NoteKey.Type.ED25519);
        refused("xa", new PlayedLog("abc", stranger).shown(), Refusal.CHECKPOINT_NOT_SIGNED);
        refused(
                "xa",
                new PlayedLog("abc", network.keys(member("xb").id()).log()).shown(),
                Refusal.CHECKPOINT_NOT_SIGNED);
        assertThat(heads("xa").seen(LIAR)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from=0",
                "from=-1",
                "from=1,,2",
                "from=1;2",
                "to=1",
                "from=99999999999999999",
                "from=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17"
            })
    void onlySizesMayBeAskedFor(String query) {
        HeadPath path = new HeadPath(node("xa").service(OwnLog.class), watch("xa"));

        assertThatThrownBy(() -> path.answer(member("xm"), query, new byte[0]))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.FIELD_WRONG));
    }

    @Test
    void aSizeThatTheLogNeverHadGetsNoProof() {
        HeadPath path = new HeadPath(node("xa").service(OwnLog.class), watch("xa"));

        ShownHead shown = ShownHead.parse(path.answer(member("xm"), "from=1,999999999", new byte[0]));

        assertThat(shown.from(1)).isPresent();
        assertThat(shown.from(999_999_999)).isEmpty();
        assertThat(Checkpoint.verify(shown.checkpoint(), member("xa").logKeys())
                        .head()
                        .size())
                .isPositive();
    }

    @Test
    void whoMaySeeTheNetworkIsShownItAndNobodyElse() throws Exception {
        look("xa", "xb");
        bring("xa", played("abc").shown());
        refused("xa", played("ab").shown(), Refusal.LOG_ROLLED_BACK);
        NetworkService service = node("xa").service(NetworkService.class);

        NetworkService.Overview overview = service.overview(officer(Permission.NETWORK_READ));
        Finding finding = findings("xa").get(0);
        String proof = new String(
                service.proof(officer(Permission.NETWORK_READ), finding.number())
                        .orElseThrow(),
                StandardCharsets.UTF_8);

        assertThat(overview.neighbours())
                .extracting(each -> each.member().id())
                .containsExactly(member("xb").id(), member("xc").id(), LIAR);
        assertThat(overview.neighbours().get(0).seen()).isPresent();
        assertThat(overview.neighbours().get(2).findings()).isPositive();
        assertThat(proof)
                .contains(Base64.getEncoder().encodeToString(finding.earlier().encoded()));
        assertThatThrownBy(() -> service.overview(officer(Permission.CAMPAIGN_READ)))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(AccessProblem.FORBIDDEN));
        assertThat(service.proof(officer(Permission.NETWORK_READ), 999_999)).isEmpty();
    }

    private static Actor officer(Permission... permissions) {
        return new Actor(
                Actor.Kind.OFFICER,
                "watcher",
                "watcher",
                Optional.of("Bureau"),
                Set.of(permissions),
                Optional.of(Purpose.INVESTIGATION));
    }
}
