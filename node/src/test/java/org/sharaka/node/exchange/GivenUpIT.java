package org.sharaka.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sharaka.node.platform.TestNode;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.Lane;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.Position;
import org.sharaka.protocol.message.Receipt;
import org.sharaka.protocol.message.SealedMessage;
import org.sharaka.protocol.message.SignedMessage;

/** A message that had left when its sender gave it up: both it and the mark of its place come. */
class GivenUpIT {
    /** Of one order so many are read at once; the place lies just behind. */
    private static final int LAST = 201;

    private static final int TOGETHER = 50;

    @Test
    void itIsTakenInAndNotPassed() throws Exception {
        try (Peers peers = Peers.of("xs", "xb")) {
            TestNode unused = peers.start("xs");
            URI node = peers.endpoint("xs");
            RawPeer peer = new RawPeer(peers.network, "xb");
            ConversationId conversation = Peers.conversation();
            List<SealedMessage> messages = new ArrayList<>();
            for (int place = 1; place < LAST; place++)
                messages.add(peer.draft("xs").in(conversation, place).sealed());
            SignedMessage last = peer.draft("xs").in(conversation, LAST).signed();
            messages.add(peer.seal(last, Peers.bureau("xs")));
            byte[] mark = peer.receipts(
                    Peers.bureau("xs"),
                    Receipt.skipped(
                            last.reference(), new Position(conversation, Lane.ORDINARY, 1, LAST), Instant.now()));
            assertThat(peer.post(node, "/v1/receipts", mark).statusCode()).isEqualTo(204);
            for (int from = 1; from < LAST; from += TOGETHER) {
                List<SealedMessage> some = messages.subList(from, Math.min(LAST, from + TOGETHER));
                assertThat(peer.bring(node, some.toArray(SealedMessage[]::new)).statusCode())
                        .isEqualTo(200);
            }

            assertThat(peer.outcome(node, messages.get(0))).isEqualTo("DELIVERED");

            Peers.await("taken in", () -> accepted(peer, node, messages.get(LAST - 1)));
        }
    }

    @Test
    void whatIsRefusedSinceItsPlaceWasPassedStaysGivenUp() throws Exception {
        try (Peers peers = Peers.of("xs", "xb")) {
            TestNode unused = peers.start("xs");
            URI node = peers.endpoint("xs");
            RawPeer peer = new RawPeer(peers.network, "xb");
            MessageReference late = peers.send("xs", "xb", Peers.conversation(), "given up on its way");
            MessageReference wrong = peers.send("xs", "xb", Peers.conversation(), "wrong");
            MessageReference there = peers.send("xs", "xb", Peers.conversation(), "there before the mark");
            MessageReference kept = peers.send("xs", "xb", Peers.conversation(), "never given up");
            assertThat(peers.exchange("xs").giveUp(Peers.OFFICER, late.id())).isTrue();
            assertThat(peers.exchange("xs").giveUp(Peers.OFFICER, there.id())).isTrue();

            byte[] said = peer.receipts(
                    Peers.bureau("xs"),
                    Receipt.refused(late, Refusal.PLACE_TAKEN, Instant.now()),
                    Receipt.refused(wrong, Refusal.FIELD_WRONG, Instant.now()),
                    Receipt.accepted(there, Instant.now()),
                    Receipt.accepted(kept, Instant.now()));
            assertThat(peer.post(node, "/v1/receipts", said).statusCode()).isEqualTo(204);

            assertThat(peers.sent("xs", late).state()).isEqualTo(Sent.State.SKIPPED);
            assertThat(peers.sent("xs", late).reason()).contains("withdrawn");
            assertThat(peers.sent("xs", wrong).state()).isEqualTo(Sent.State.REFUSED);
            assertThat(peers.sent("xs", there).state()).isEqualTo(Sent.State.ACCEPTED);
            assertThat(peers.sent("xs", kept).state()).isEqualTo(Sent.State.ACCEPTED);

            // As after a return of its recipient's, which had the mark sooner than the message that comes again.
            byte[] again = peer.receipts(
                    Peers.bureau("xs"),
                    Receipt.refused(there, Refusal.PLACE_TAKEN, Instant.now()),
                    Receipt.refused(kept, Refusal.PLACE_TAKEN, Instant.now()));
            assertThat(peer.post(node, "/v1/receipts", again).statusCode()).isEqualTo(204);
            assertThat(peers.sent("xs", there).state()).isEqualTo(Sent.State.SKIPPED);
            assertThat(peers.sent("xs", kept).state()).isEqualTo(Sent.State.ACCEPTED);
        }
    }

    private static boolean accepted(RawPeer peer, URI node, SealedMessage message) {
        try {
            return peer.receiptsFor(node, message).stream()
                    .anyMatch(receipt -> receipt.state() == Receipt.State.ACCEPTED);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
