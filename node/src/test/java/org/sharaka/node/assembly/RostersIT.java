package org.sharaka.node.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sharaka.node.audit.VerifyAuditCommand;
import org.sharaka.node.platform.NodeCommand;
import org.sharaka.node.platform.OperatorException;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.platform.TestNode;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.cms.KeyUse;
import org.sharaka.protocol.cms.OwnKey;
import org.sharaka.protocol.roster.MemberKeys;
import org.sharaka.protocol.roster.Roster;
import org.sharaka.protocol.roster.SignedRoster;
import org.sharaka.protocol.roster.Status;
import org.springframework.jdbc.core.JdbcTemplate;
import picocli.CommandLine;

/** The node's own place on the roster, and what it lets itself be told about the roster. */
class RostersIT {
    private static final MemberId XS = TestNetwork.bureauOf("xs");
    private static final MemberId XB = TestNetwork.bureauOf("xb");
    private static final MemberId XK = TestNetwork.bureauOf("xk");

    @TempDir
    Path directory;

    private final StringWriter said = new StringWriter();
    private final TestNetwork network = TestNetwork.of("xs", "xb", "xk");
    private TestNode node;
    private Rosters rosters;

    @BeforeEach
    void start() {
        node = TestNode.withoutWeb();
        rosters = node.service(Rosters.class);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void aNodeThatHasNotJoinedSaysSo() {
        assertThat(rosters.joined()).isFalse();
        assertThatThrownBy(rosters::current).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.type())
                .isEqualTo(AssemblyProblem.NOT_JOINED));
        assertThatThrownBy(() -> run(new MemberCommand.Show())).isInstanceOf(OperatorException.class);
    }

    @Test
    void anAdministratorJoinsTheNodeWithItsKeysAndTheAgreedHash() throws Exception {
        List<String> files = files();

        assertThatThrownBy(() -> run(new MemberCommand.Join(), joining(files, "0".repeat(64))))
                .isInstanceOf(OperatorException.class)
                .hasMessageContaining("roster-not-pinned");
        assertThat(rosters.joined()).isFalse();
        assertThat(run(
                        new MemberCommand.Join(),
                        joining(files, network.pin().toString().replaceAll("(.{8})", "$1 "))))
                .isZero();

        assertThat(said.toString()).contains("This node is xs-ncb");
        assertThat(rosters.us()).isEqualTo(XS);
        assertThat(rosters.own().entry().id()).isEqualTo(XS);
        assertThat(rosters.own().log().key().name()).isEqualTo("xs-ncb/audit");
        assertThat(run(new MemberCommand.Show())).isZero();
        assertThat(run(new VerifyAuditCommand())).isZero();
        assertThat(said.toString()).contains("Members’ list, version 1", "sound");
        assertThatThrownBy(() -> run(
                        new MemberCommand.Join(), joining(files, network.pin().toString())))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(AssemblyProblem.JOINED_BEFORE));
    }

    /** Neither the key nor the passphrase under which it came stands anywhere in the database in the clear. */
    @Test
    void keysLieInTheDatabaseSealedOnly() {
        network.join(node, "xs");
        String secret = new String(network.keys(XS).key(KeyUse.SIGNING).pkcs8(), StandardCharsets.ISO_8859_1);

        byte[] sealed =
                node.service(JdbcTemplate.class).queryForObject("select sealed from assembly.key_file", byte[].class);

        assertThat(new String(sealed, StandardCharsets.ISO_8859_1))
                .hasSizeGreaterThan(secret.length())
                .doesNotContain(secret.substring(secret.length() - 24));
        assertThat(sealed[0]).as("the vault's version byte, no PKCS#12").isEqualTo((byte) 1);
    }

    @Test
    void theNodeThatStartsAgainKnowsWhatItKnew() {
        network.join(node, "xs");
        network.decide(member -> member.id().equals(XK) ? member.with(Status.SUSPENDED) : member);
        network.teach(node);

        Rosters again = anew(node.service(Clock.class));

        assertThat(again.us()).isEqualTo(XS);
        assertThat(again.current().version()).isEqualTo(2);
        assertThat(again.history().named(1, network.pin())).isPresent();
        assertThat(again.own().signing().certificate())
                .isEqualTo(network.keys(XS).key(KeyUse.SIGNING).certificate());
    }

    @Test
    void aMemberThatIsExpelledIsOutWithTheNextQuestion() {
        network.join(node, "xs");
        var certificate = network.keys(XK).key(KeyUse.TLS).certificate();
        assertThat(rosters.onTheWire(certificate)).isPresent();

        network.decide(member -> member.id().equals(XK) ? member.with(Status.DEPARTED) : member);
        network.teach(node);

        assertThat(rosters.onTheWire(certificate)).isEmpty();
        assertThat(rosters.exchanging(XK)).isEmpty();
        assertThat(rosters.exchanging(XB)).isPresent();
    }

    @Test
    void renewedKeysAreUsedFromTheRosterOnThatListsThemAndOldSealsStillOpen() {
        network.join(node, "xs");
        OwnKey oldSealing = rosters.own().sealing().get(0);
        OwnKey oldSigning = rosters.own().signing();
        MemberKeys fresh = network.renew(XS, true);

        network.renewKeys(node, fresh);
        assertThat(rosters.own().signing().certificate()).isEqualTo(oldSigning.certificate());
        network.teach(node);

        assertThat(rosters.own().signing().certificate())
                .isEqualTo(fresh.key(KeyUse.SIGNING).certificate());
        assertThat(rosters.own().log().key()).isEqualTo(fresh.log().key());
        assertThat(rosters.own().sealing())
                .extracting(OwnKey::certificate)
                .containsExactly(fresh.key(KeyUse.SEALING).certificate(), oldSealing.certificate());
    }

    @Test
    void aNodeWhoseKeysWereDroppedSpeaksForNobody() {
        network.join(node, "xs");
        network.renew(XS, false);
        network.teach(node);

        assertThatThrownBy(rosters::own).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.type())
                .isEqualTo(AssemblyProblem.NO_USABLE_KEY));
    }

    @Test
    void aRosterThatDoesNotHoldIsRefusedAndTold() {
        network.join(node, "xs");
        Roster next = network.next(member -> member.id().equals(XK) ? member.with(Status.SUSPENDED) : member);

        assertThat(learn(network.signedBy(next, XB).encoded()).refusal()).contains(Refusal.ROSTER_TOO_FEW_SIGNATURES);
        assertThat(learn("{}".getBytes(StandardCharsets.UTF_8)).refusal()).isPresent();
        assertThat(learn(network.current().encoded()).isNew()).isFalse();
        assertThat(learn(network.signedBy(next, XS, XB).encoded()).isNew()).isTrue();
        assertThat(rosters.current().version()).isEqualTo(2);

        assertThat(node.service(SecurityEvents.class).latest(10))
                .filteredOn(event -> event.kind() == SecurityEvent.Kind.ROSTER_REFUSED)
                .allSatisfy(event -> assertThat(event.peer()).contains(XB))
                .extracting(SecurityEvent::code)
                .contains("roster-too-few-signatures");
    }

    @Test
    void whoSignsTwoRostersOfOneNumberIsNamedAndTheProofKept() {
        network.join(node, "xs");
        Roster one = network.next(member -> member.id().equals(XK) ? member.with(Status.SUSPENDED) : member);
        Roster other = network.next(member -> member.id().equals(XK) ? member.with(Status.DEPARTED) : member);
        assertThat(learn(network.signedBy(one, XS, XB).encoded()).isNew()).isTrue();

        assertThat(learn(network.signedBy(other, XB, XK).encoded()).refusal()).contains(Refusal.ROSTER_FORKED);
        assertThat(learn(network.signedBy(other, XB, XK).encoded()).refusal()).contains(Refusal.ROSTER_FORKED);

        assertThat(node.service(SecurityEvents.class).latest(10))
                .filteredOn(event -> event.kind() == SecurityEvent.Kind.ROSTER_SIGNED_TWICE)
                .singleElement()
                .satisfies(event -> assertThat(event.peer()).contains(XB))
                .satisfies(event -> assertThat(event.count()).isEqualTo(1));
        assertThat(rosters.signedTwice()).singleElement().satisfies(twice -> {
            assertThat(twice.members()).containsExactly(XB);
            assertThat(twice.version()).isEqualTo(2);
            assertThat(org.sharaka.protocol.roster.Equivocation.parse(
                                    rosters.equivocation(twice.hash()).orElseThrow(),
                                    network.chain().get(0).roster())
                            .members())
                    .containsExactly(XB);
        });
        assertThat(rosters.equivocation(one.hash().toString())).isEmpty();
        assertThat(rosters.current().hash()).isEqualTo(one.hash());
    }

    private Rosters anew(Clock clock) {
        return new AssemblyConfiguration()
                .rosters(
                        node.service(JdbcTemplate.class),
                        node.service(org.sharaka.node.platform.Vault.class),
                        node.service(SecurityEvents.class),
                        node.service(org.sharaka.node.audit.AuditTrail.class),
                        node.service(org.springframework.transaction.support.TransactionTemplate.class),
                        event -> {},
                        node.service(org.sharaka.node.platform.Ids.class),
                        clock);
    }

    @Test
    void ofTwoListsThatFollowTheSameOneTheHigherCountsAndTheOtherStaysKnown() throws Exception {
        network.join(node, "xs");
        SignedRoster second = network.signedBy(
                network.next(member -> member.id().equals(XK) ? member.with(Status.SUSPENDED) : member), XS, XB);
        SignedRoster fourth = network.signedBy(TestNetwork.numbered(4, second.roster()), XS, XB);
        SignedRoster third =
                network.signedBy(TestNetwork.numbered(3, network.current().roster()), XB, XK);
        assertThat(learn(second.encoded()).isNew()).isTrue();
        assertThat(learn(fourth.encoded()).isNew()).isTrue();

        assertThat(learn(third.encoded()).isNew()).isTrue();
        assertThat(learn(fourth.encoded())).isEqualTo(Learned.known());

        for (Rosters each : List.of(rosters, anew(Clock.systemUTC()))) {
            assertThat(each.current()).isEqualTo(third.roster());
            assertThat(each.exchanging(XK)).isPresent();
            assertThat(each.history().named(4, fourth.roster().hash())).isPresent();
        }
        assertThat(node.service(SecurityEvents.class).latest(10))
                .filteredOn(event -> event.kind() == SecurityEvent.Kind.ROSTER_SET_ASIDE)
                .singleElement()
                .satisfies(event -> assertThat(event.peer()).isEmpty())
                .satisfies(event -> assertThat(event.count()).isEqualTo(2))
                .satisfies(event -> assertThat(event.subject()).isEqualTo("roster/4 for roster/3"));
        assertThat(rosters.signedTwice()).isEmpty();
        assertThat(node.service(JdbcTemplate.class)
                        .queryForList(
                                "select subject from audit.entry where action = 'assembly.set-aside' order by subject",
                                String.class))
                .containsExactly("roster/2 for roster/3", "roster/4 for roster/3");
        assertThat(run(new VerifyAuditCommand())).isZero();
    }

    @Test
    void whatCountsForAMonthIsSetAsideByPeopleAlone() {
        network.join(node, "xs");
        SignedRoster second =
                network.signedBy(TestNetwork.numbered(2, network.current().roster()), XS, XB);
        SignedRoster third =
                network.signedBy(TestNetwork.numbered(3, network.current().roster()), XB, XK);
        assertThat(learn(second.encoded()).isNew()).isTrue();
        Rosters later = anew(Clock.offset(Clock.systemUTC(), Duration.ofDays(31)));

        assertThat(later.learn(third.encoded(), Optional.of(XB)).refusal()).contains(Refusal.ROSTER_WRONGLY_CHAINED);
        assertThat(later.learn(third.encoded(), Optional.empty()).isNew()).isTrue();
        assertThat(later.current()).isEqualTo(third.roster());
    }

    @Test
    void aNetworkFoundedAnewIsJoinedAgainByItsOwnMembersOnly() throws Exception {
        network.join(node, "xs");
        TestNetwork stranger = TestNetwork.of("xs", "xb");
        assertThatThrownBy(() -> stranger.join(node, "xs"))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(AssemblyProblem.JOINED_BEFORE));

        Roster before = network.current().roster();
        Roster anew = new Roster(
                2,
                Optional.of(before.hash()),
                before.issued().plusSeconds(5),
                before.issued().plus(Duration.ofDays(300)),
                30,
                2,
                before.members());
        SignedRoster founding = network.signedBy(anew, XS, XB, XK);
        Files.write(directory.resolve("anew.json"), founding.encoded());
        List<String> files = new ArrayList<>(files());
        files.set(2, directory.resolve("anew.json").toString());
        assertThat(run(new MemberCommand.Join(), joining(files, anew.hash().toString())))
                .isZero();

        assertThat(rosters.current().hash()).isEqualTo(anew.hash());
        assertThat(rosters.history().signed()).hasSize(1);
    }

    @Test
    void eventsAreCountedByDaySoThatNobodyFillsTheDiskWithThem() {
        SecurityEvents events = node.service(SecurityEvents.class);

        for (int i = 0; i < 10_000; i++)
            events.report(SecurityEvent.Kind.MESSAGE_REFUSED, Optional.of(XB), "signature-wrong", "message " + i);
        for (int i = 0; i < 3_000; i++)
            events.report(SecurityEvent.Kind.MESSAGE_REFUSED, Optional.of(XK), "code-" + i, "message " + i);

        List<SecurityEvent> told = events.latest(10_000);
        assertThat(told).hasSizeLessThan(1_100);
        assertThat(told.stream().mapToLong(SecurityEvent::count).sum()).isEqualTo(13_000);
        assertThat(told)
                .filteredOn(event -> event.peer().equals(Optional.of(XB)))
                .singleElement()
                .satisfies(event -> assertThat(event.count()).isEqualTo(10_000))
                .satisfies(event -> assertThat(event.subject()).isEqualTo("message 9999"));
    }

    private Learned learn(byte[] signed) {
        return rosters.learn(signed, Optional.of(XB));
    }

    /** Keys, passphrase and roster as files. */
    private List<String> files() throws Exception {
        Files.write(directory.resolve("node.p12"), network.keys(XS).nodeKeyStore("a long sentence".toCharArray()));
        Files.writeString(directory.resolve("pass"), "a long sentence\n");
        Files.write(directory.resolve("1.json"), network.chain().get(0).encoded());
        return List.of(
                directory.resolve("node.p12").toString(),
                directory.resolve("pass").toString(),
                directory.resolve("1.json").toString());
    }

    private static String[] joining(List<String> files, String pin) {
        return new String[] {
            "--keys", files.get(0), "--passphrase-file", files.get(1), "--roster", files.get(2), "--pin", pin
        };
    }

    private int run(NodeCommand command, String... arguments) throws Exception {
        new CommandLine(command).parseArgs(arguments);
        return command.run(node.commandContext(new PrintWriter(said, true)));
    }
}
