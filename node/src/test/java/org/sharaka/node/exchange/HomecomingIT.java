package org.sharaka.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.node.assembly.SecurityEvent;
import org.sharaka.node.assembly.SecurityEvents;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.audit.VerifyAuditCommand;
import org.sharaka.node.backup.Homes;
import org.sharaka.node.platform.Restores;
import org.sharaka.node.platform.TestNode;
import org.sharaka.node.platform.Vault;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.cms.Profile1;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.EpochOpening;
import org.sharaka.protocol.message.Lane;
import org.sharaka.protocol.message.Message;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.SealedMessage;
import org.sharaka.protocol.message.SignedMessage;
import org.sharaka.protocol.roster.Member;
import org.sharaka.protocol.transport.Answer;
import org.sharaka.protocol.transport.CollectRequest;
import org.sharaka.protocol.transport.Collection;
import org.sharaka.protocol.transport.Waiting;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** A node is destroyed in mid-traffic, comes back from a backup, and both sides settle. */
class HomecomingIT {
    private final Peers peers = Peers.of("xs", "xb");
    private final ConversationId conversation = Peers.conversation();
    private final List<MessageReference> sent = new ArrayList<>();
    private final Homes homes = new Homes();

    @AfterEach
    void deleteHomes() {
        peers.close();
        homes.close();
    }

    private TestNode on(Path place, String... more) {
        return Homes.start(place, peers.settings("xb", more));
    }

    private void backup() {
        homes.backup(peers.node("xb"));
    }

    /** As after the loss of the machine: nothing of the old home is used. */
    private void comeBack() {
        peers.hold("xb", on(homes.restored()));
    }

    private MessageReference say(String from, String to, String text) {
        MessageReference message = peers.send(from, to, conversation, text);
        sent.add(message);
        return message;
    }

    private void saidAndTaken(String from, String to, String text) {
        peers.awaitState(from, say(from, to, text), Sent.State.ACCEPTED);
    }

    private static boolean maySend(ExchangeService exchange) {
        return exchange.newestOpening().isPresent();
    }

    private List<String> places(String at) {
        return peers.sql(at).queryForList("""
                select epoch || '.' || sequence from exchange.received where conversation = ? and state = 'ACCEPTED'
                order by epoch, sequence
                """, String.class, conversation.value());
    }

    private long refusedAt(String country) {
        return peers.node(country).service(SecurityEvents.class).latest(200).stream()
                .filter(event -> event.kind() == SecurityEvent.Kind.RECEIPT_REFUSED
                        || event.kind() == SecurityEvent.Kind.MESSAGE_REFUSED
                        || event.kind() == SecurityEvent.Kind.ID_REUSED)
                .count();
    }

    @Test
    void bothSidesSettleAfterAReturnAndAfterASecondOne() throws Exception {
        TestNode other = peers.start("xs");
        peers.ready("xb", on(homes.newPlace()));
        saidAndTaken("xs", "xb", "to 1");
        saidAndTaken("xb", "xs", "from 1");
        backup();
        for (String lost : List.of("to 2", "to 3")) saidAndTaken("xs", "xb", lost);
        for (String lost : List.of("from 2", "from 3")) saidAndTaken("xb", "xs", lost);
        peers.stop("xb");
        MessageReference whileAway = say("xs", "xb", "to 4");

        comeBack();
        Peers.await("it may send", 60, () -> maySend(peers.exchange("xb")));
        peers.awaitState("xs", whileAway, Sent.State.ACCEPTED);
        saidAndTaken("xb", "xs", "from 4");
        saidAndTaken("xs", "xb", "to 5");

        assertThat(peers.notes("xb")).containsExactly("to 2", "to 3", "to 4", "to 5");
        assertThat(places("xb")).containsExactly("1.1", "1.2", "1.3", "1.4", "1.5");
        assertThat(peers.notes("xs")).containsExactly("from 1", "from 2", "from 3", "from 4");
        assertThat(places("xs")).containsExactly("1.1", "1.2", "1.3", "2.1");
        assertThat(opened("xs")).isEqualTo(1);
        Peers.await("nothing waits again", () -> waiting("xs") == 0 && waiting("xb") == 0);

        peers.stop("xb");
        comeBack();
        Peers.await("it may send", 60, () -> maySend(peers.exchange("xb")));
        saidAndTaken("xb", "xs", "from 5");
        saidAndTaken("xs", "xb", "to 6");

        assertThat(EpochOpening.ofKept(peers.exchange("xb")
                                .newestOpening()
                                .orElseThrow()
                                .der())
                        .epoch())
                .isEqualTo(3);
        assertThat(peers.notes("xb")).containsExactly("to 2", "to 3", "to 4", "to 5", "to 6");
        assertThat(peers.notes("xs")).containsExactly("from 1", "from 2", "from 3", "from 4", "from 5");
        assertThat(places("xs")).containsExactly("1.1", "1.2", "1.3", "2.1", "3.1");
        assertThat(opened("xs")).isEqualTo(2);

        // As after a return of the other one, from a backup that is older than this one's.
        assertThat(peers.sql("xs")
                        .update(
                                "delete from exchange.opening where member = ?",
                                Peers.bureau("xb").value()))
                .isEqualTo(2);
        peers.awaitState("xb", peers.send("xb", "xs", Peers.conversation(), "from 6"), Sent.State.ACCEPTED);
        assertThat(peers.notes("xs")).endsWith("from 6");
        assertThat(waiting("xb")).isZero();
        assertThat(refusedAt("xs")).isZero();
        assertThat(refusedAt("xb")).isZero();
        assertThat(other.run(new VerifyAuditCommand(), new StringWriter())).isZero();
        assertThat(peers.node("xb").run(new VerifyAuditCommand(), new StringWriter()))
                .isZero();
    }

    @Test
    void untilTheMembersAreToldNothingOfTheirsIsTakenAndNoHeadIsShown() throws Exception {
        TestNode other = peers.start("xs");
        peers.ready("xb", on(homes.newPlace()));
        saidAndTaken("xs", "xb", "to 1");
        backup();
        saidAndTaken("xs", "xb", "to 2");
        peers.stop("xb");
        MessageReference whileAway = say("xs", "xb", "to 3");
        Member xs = peers.member("xs");

        Path place = homes.restored();
        try (TestNode returning = on(place, "sharaka.exchange.enabled=false")) {
            Message message = peers.exchange("xs")
                    .sentMessage(whileAway.id())
                    .orElseThrow()
                    .message();
            SealedMessage sealed = SealedMessage.sealKept(
                    whileAway.id(),
                    xs.id(),
                    peers.member("xb").id(),
                    message.header().sent(),
                    peers.exchange("xs")
                            .sentMessage(whileAway.id())
                            .orElseThrow()
                            .signed()
                            .der(),
                    peers.member("xb").sealingAt(Instant.now()).orElseThrow(),
                    other.service(Profile1.class));
            assertThat(returning.service(ExchangeService.class).returning()).isTrue();
            // Taken now, the place of what was lost would have passed; and a shorter log without a declaration looks
            // cut.
            assertThat(returning
                            .service(Reception.class)
                            .answer(xs, List.of(sealed))
                            .undecided())
                    .containsExactly(new Answer.Undecided(whileAway.id(), "return-untold"));
            PeerPath head = returning.services(PeerPath.class).stream()
                    .filter(path -> path.path().equals("/v1/head"))
                    .findFirst()
                    .orElseThrow();
            assertThatThrownBy(() -> head.answer(xs, "", new byte[0])).isInstanceOf(IllegalStateException.class);
        }

        peers.hold("xb", on(place));
        peers.awaitState("xs", whileAway, Sent.State.ACCEPTED);
        assertThat(peers.notes("xb")).containsExactly("to 2", "to 3");
        assertThat(places("xb")).containsExactly("1.1", "1.2", "1.3");
        assertThat(refusedAt("xb")).isZero();
        assertThat(peers.node("xb").service(ExchangeService.class).returning()).isFalse();
    }

    @Test
    void aBackupMadeUnderAClockThatWasAheadBringsTheNodeHomeAllTheSame() throws Exception {
        TestNode unused = peers.start("xs");
        peers.ready("xb", on(homes.newPlace()));
        saidAndTaken("xs", "xb", "to 1");
        backup();
        saidAndTaken("xs", "xb", "to 2");
        peers.stop("xb");

        Path place = homes.restored();
        try (TestNode before = on(place, "sharaka.exchange.enabled=false")) {
            // As if the clock had been two days ahead until the node was restored, and then set right.
            int rows = before.service(JdbcTemplate.class)
                    .update("update platform.restore set backup_at = now() + interval '2 days',"
                            + " restored_at = now() + interval '2 days'");
            assertThat(rows).isEqualTo(1);
        }
        peers.hold("xb", on(place));

        Peers.await("it may send", 60, () -> maySend(peers.exchange("xb")));
        saidAndTaken("xb", "xs", "from 1");
        Peers.await("what it lost is there", () -> places("xb").equals(List.of("1.1", "1.2")));
        assertThat(peers.notes("xb")).contains("to 2");
        assertThat(refusedAt("xb")).isZero();
        assertThat(refusedAt("xs")).isZero();
    }

    @Test
    void itIsSettledWithAMemberOnceThatKnowsOfTheReturnAndNothingItOrderedIsMissing() throws Exception {
        TestNode other = peers.start("xs");
        peers.ready("xb", on(homes.newPlace()));
        saidAndTaken("xs", "xb", "to 1");
        backup();
        peers.stop("xb");
        comeBack();
        MemberId xs = Peers.bureau("xs");
        Peers.await("settled", 60, () -> !peers.exchange("xb").unsettled(xs));
        assertThat(peers.exchange("xb").unsettled()).isEmpty();
        assertThat(other.service(ExchangeService.class).returned()).isFalse();

        // As before that, and the other one says what we choose.
        JdbcTemplate sql = peers.sql("xb");
        peers.stop("xs");
        assertThat(sql.update("delete from exchange.settled")).isEqualTo(1);
        TestNode node = peers.node("xb");
        Settling settling = new Settling(
                new SqlSettled(sql, node.service(Vault.class)),
                node.service(SqlOutbox.class),
                node.service(SqlInbox.class),
                node.service(Openings.class),
                node.service(Restores.class),
                node.service(Rosters.class),
                node.service(AuditTrail.class),
                node.service(TransactionTemplate.class),
                Clock.systemUTC());
        assertThat(settling.settled(xs)).isFalse();
        assertThat(settling.said(xs, new Waiting(0, 1)))
                .as("knows of no return")
                .isFalse();
        assertThat(settling.said(xs, new Waiting(1, 2)))
                .as("an order is on its way")
                .isFalse();
        int held = sql.update(
                "insert into exchange.held (sender, conversation, lane, epoch, sequence, id) values (?, ?, 'CONTROL', 1, 2, ?)",
                xs.value(),
                conversation.value(),
                conversation.value());
        assertThat(held).isEqualTo(1);
        assertThat(settling.said(xs, new Waiting(0, 2)))
                .as("one is not taken in")
                .isFalse();
        assertThat(settling.settled(xs)).isFalse();
        assertThat(sql.update("delete from exchange.held")).isEqualTo(1);
        assertThat(settling.said(xs, new Waiting(0, 2))).isTrue();
        assertThat(settling.settled(xs)).isTrue();
    }

    @Test
    void whatArrivedThoughItsSenderHadGivenItUpComesAgain() throws Exception {
        TestNode unused = peers.start("xs");
        peers.ready("xb", on(homes.newPlace()));
        saidAndTaken("xs", "xb", "to 1");
        backup();
        MessageReference late = say("xs", "xb", "to 2");
        peers.awaitState("xs", late, Sent.State.ACCEPTED);
        int marked = peers.sql("xs").update("""
                insert into exchange.given (recipient, message, hash, state, at, conversation, lane, epoch, sequence, given_at)
                select recipient, id, hash, 'SKIPPED', sent_at, conversation, lane, epoch, sequence, now() from exchange.sent
                where id = ?
                """, late.id().value());
        assertThat(marked).isEqualTo(1);
        saidAndTaken("xs", "xb", "to 3");
        peers.stop("xb");

        comeBack();

        Peers.await("what it lost is there", () -> places("xb").equals(List.of("1.1", "1.2", "1.3")));
        assertThat(refusedAt("xb")).isZero();
        assertThat(peers.sent("xs", late).state()).isEqualTo(Sent.State.ACCEPTED);
    }

    @Test
    void aMemberThatNobodyCanCallSaysByItselfThatNothingIsMissing() {
        try (Peers network = Peers.of(List.of("xb", "xc"), List.of("xs"))) {
            for (String country : List.of("xs", "xc")) network.start(country);
            TestNode returning = TestNode.start(network.settings("xb").toArray(String[]::new));
            returning.service(Restores.class).note("a backup", Instant.now(), Instant.now());
            network.ready("xb", returning);

            Peers.await("settled", 60, () -> network.exchange("xb").unsettled().isEmpty());
            network.awaitState("xs", network.send("xs", "xb", conversation, "to 1"), Sent.State.ACCEPTED);
        }
    }

    @Test
    void whatSharesOnwardWhatMayHaveBeenTakenBackDoesNotLeave() throws Exception {
        try (Peers network = Peers.of(List.of("xb", "xs"), List.of("xc"))) {
            TestNode unused = network.start("xs");
            TestNode returning = TestNode.start(network.settings("xb").toArray(String[]::new));
            returning.service(Restores.class).note("a backup", Instant.now(), Instant.now());
            // One order of the other's is never taken in.
            int held = returning
                    .service(JdbcTemplate.class)
                    .update(
                            "insert into exchange.held (sender, conversation, lane, epoch, sequence, id) values (?, ?, 'CONTROL', 1, 2, ?)",
                            Peers.bureau("xs").value(),
                            conversation.value(),
                            conversation.value());
            assertThat(held).isEqualTo(1);
            network.ready("xb", returning);
            ExchangeService exchange = network.exchange("xb");
            MessageReference theirs = network.send("xs", "xb", Peers.conversation(), "of xs");
            network.awaitState("xs", theirs, Sent.State.ACCEPTED);
            SignedMessage came =
                    exchange.received(Peers.bureau("xs"), theirs.id()).orElseThrow();

            MessageReference shared = exchange.send(
                    Peers.OFFICER,
                    new Outgoing(
                            Peers.bureau("xc"),
                            Peers.conversation(),
                            Lane.ORDINARY,
                            came.message().handling(),
                            Optional.empty(),
                            Peers.note("xs wrote"),
                            List.of(),
                            Optional.of(came.signed()),
                            Optional.empty()));
            MessageReference own = network.send("xb", "xc", Peers.conversation(), "our own");

            RawPeer third = new RawPeer(network.network, "xc");
            assertThat(collected(third, network)).containsExactly(own.id().value());
            assertThat(network.sent("xb", shared).reason()).contains("unsettled");

            exchange.goOnWithout(
                    new Actor(
                            Actor.Kind.OFFICER,
                            "carmen",
                            "carmen",
                            Optional.of("Bureau"),
                            Set.of(Permission.EXCHANGE_APPROVE),
                            Optional.of(Purpose.INVESTIGATION)),
                    Peers.bureau("xs"),
                    "It is cut off.");
            Peers.await("it leaves", () -> collected(third, network)
                    .contains(shared.id().value()));
        }
    }

    private static List<String> collected(RawPeer peer, Peers network) {
        try {
            byte[] body = peer.post(
                            network.endpoint("xb"), "/v1/collect", new CollectRequest(Optional.empty()).encoded())
                    .body();
            return body.length == 0
                    ? List.of()
                    : Collection.parse(body).messages().stream()
                            .map(each -> each.header().id().value())
                            .toList();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private long opened(String at) {
        return peers.node(at).service(SecurityEvents.class).latest(200).stream()
                .filter(event -> event.kind() == SecurityEvent.Kind.EPOCH_OPENED
                        && event.peer().equals(Optional.of(Peers.bureau("xb"))))
                .mapToLong(SecurityEvent::count)
                .sum();
    }

    private int waiting(String at) {
        Integer many = peers.sql(at).queryForObject("select count(*) from exchange.waiting", Integer.class);
        return many == null ? -1 : many;
    }
}
