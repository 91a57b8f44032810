package org.sharaka.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sharaka.node.platform.TestNode;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.MessageReference;

/** The trouble of one message is its own; what was lost on the way is said once more. One of the two nodes can be called by nobody. */
class TroubleIT {
    private static Peers peers;

    @BeforeAll
    static void start() {
        peers = Peers.of(List.of("xs", "xk"), List.of("xb"));
        TestNode unused = peers.start("xs");
        unused = peers.start("xb");
    }

    @AfterAll
    static void stop() {
        peers.close();
    }

    @AfterEach
    void hearAgain() {
        notes("xs").deafToAnswers(false);
    }

    private static NoteListener notes(String country) {
        return peers.node(country).service(NoteListener.class);
    }

    /** As if the answer with these receipts had been lost, and the member could be called no more. */
    private static void forgetReceipts(MessageReference message) {
        String id = message.id().value();
        peers.sql("xs").update("delete from exchange.receipt where message = ?", id);
        peers.sql("xs").update("update exchange.sent set state = 'WAITING' where id = ?", id);
        int waits = peers.sql("xs").update("""
                insert into exchange.waiting (id, serial, recipient, conversation, lane, epoch, size, sent_at, expires_at, next_try)
                select id, serial, recipient, conversation, lane, epoch, size, sent_at, expires_at, sent_at from exchange.sent
                where id = ?
                """, id);
        assertThat(waits).isEqualTo(1);
    }

    @Test
    void whoOffersAMessageAgainGetsItsReceiptsAgain() {
        MessageReference message = peers.send("xs", "xb", Peers.conversation(), "collected twice");
        peers.awaitState("xs", message, Sent.State.ACCEPTED);

        forgetReceipts(message);

        peers.awaitState("xs", message, Sent.State.ACCEPTED);
        Peers.await(
                "both receipts", () -> peers.exchange("xs").proved(message.id()).size() == 2);
        assertThat(peers.notes("xb")).containsOnlyOnce("collected twice");
    }

    @Test
    void aModuleThatCannotHearOfReceiptsHoldsUpNone() {
        notes("xs").deafToAnswers(true);

        MessageReference one = peers.send("xs", "xb", Peers.conversation(), "unheard one");
        MessageReference other = peers.send("xs", "xb", Peers.conversation(), "unheard other");

        peers.awaitState("xs", one, Sent.State.ACCEPTED);
        peers.awaitState("xs", other, Sent.State.ACCEPTED);
        Peers.await("both receipts", () -> peers.exchange("xs").proved(one.id()).size() == 2);
    }

    @Test
    void aModuleThatCannotHearOfOneMessageHoldsUpItsConversationAlone() {
        ConversationId deaf = Peers.conversation();
        notes("xb").deafIn(deaf);

        MessageReference waits = peers.send("xs", "xb", deaf, "waits");
        List<MessageReference> others = List.of(
                peers.send("xs", "xb", Peers.conversation(), "beside it one"),
                peers.send("xs", "xb", Peers.conversation(), "beside it two"));

        for (MessageReference each : others) peers.awaitState("xs", each, Sent.State.ACCEPTED);
        peers.awaitState("xs", waits, Sent.State.DELIVERED);
    }

    @Test
    void modulesHearThatAMessageExpiredOnItsWayAndOneThatFailsHoldsUpNoOther() {
        notes("xs").deafToAnswers(true);
        List<MessageReference> never = List.of(expiring("never one"), expiring("never other"));

        for (MessageReference each : never) peers.awaitState("xs", each, Sent.State.SKIPPED);

        assertThat(notes("xs").givenUp())
                .containsSubsequence(never.get(0).id())
                .contains(never.get(1).id());
    }

    private static MessageReference expiring(String text) {
        Outgoing what = Peers.outgoing("xs", "xk", Peers.conversation(), text);
        return peers.exchange("xs")
                .send(
                        Peers.OFFICER,
                        new Outgoing(
                                what.recipient(),
                                what.conversation(),
                                what.lane(),
                                what.handling(),
                                what.evaluation(),
                                what.content(),
                                what.files(),
                                what.onward(),
                                Optional.of(Duration.ofSeconds(1))));
    }

    @Test
    void modulesHearThatAMessageWasTakenBackWhileItWaited() {
        MessageReference waits = peers.send("xs", "xk", Peers.conversation(), "taken back");

        assertThat(peers.exchange("xs").giveUp(Peers.OFFICER, waits.id())).isTrue();

        assertThat(notes("xs").givenUp()).contains(waits.id());
        // Not even a courier of tomorrow takes it along.
        assertThat(peers.sql("xs")
                        .queryForObject(
                                "select count(*) from exchange.waiting where id = ?",
                                Integer.class,
                                waits.id().value()))
                .isZero();
    }

    @Test
    void whoComesToOpenThePortWhileTheNodeStopsOpensNone() {
        try (Peers alone = Peers.of("xs", "xb")) {
            Operation operation = alone.start("xs").service(Operation.class);
            Peers.await("it listens", operation::listening);

            operation.stop();
            operation.listen();

            assertThat(operation.listening()).isFalse();
        }
    }
}
