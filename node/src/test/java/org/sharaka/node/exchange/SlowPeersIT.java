package org.sharaka.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.sharaka.node.assembly.SecurityEvent;
import org.sharaka.node.assembly.SecurityEvents;
import org.sharaka.node.platform.TestNode;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.SealedMessage;
import org.sharaka.protocol.transport.Answer;

/** A node with little to give, and a member that takes its time, or all there is. */
class SlowPeersIT {
    private static final int CONNECTIONS = 100;

    @Test
    void oneMemberHoldsNotAllConnections() throws Exception {
        List<SSLSocket> held = new ArrayList<>();
        try (Peers peers = Peers.of("xs", "xb", "xk")) {
            TestNode node = peers.start("xs", "sharaka.exchange.connections=" + CONNECTIONS);
            RawPeer greedy = new RawPeer(peers.network, "xb");
            RawPeer honest = new RawPeer(peers.network, "xk");
            for (int i = 0; i < CONNECTIONS * 3 / 4; i++) held.add(greedy.connect(peers.endpoint("xs")));

            Peers.await("told", () -> node.service(SecurityEvents.class).latest(20).stream()
                    .anyMatch(event -> event.kind() == SecurityEvent.Kind.RATE_EXCEEDED
                            && event.peer().equals(Optional.of(greedy.id))));

            for (int i = 0; i < CONNECTIONS / 2; i++) held.add(greedy.connect(peers.endpoint("xs")));
            assertThat(honest.outcome(peers.endpoint("xs"), honest.draft("xs").sealed()))
                    .isEqualTo("DELIVERED");
        } finally {
            for (SSLSocket each : held) each.close();
        }
    }

    @Test
    void whoWasSlowOnceKeepsNobodyWaiting() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        try (Peers peers = Peers.of("xs", "xb", "xk");
                PlayedPeer slow = new PlayedPeer(peers, new RawPeer(peers.network, "xb"), "xb")) {
            TestNode unused = peers.start("xs", "sharaka.exchange.couriers=1", "sharaka.exchange.patience=30s");
            TestNode honest = peers.start("xk");
            slow.serve(messages -> {
                try {
                    if (asked.incrementAndGet() == 1) Thread.sleep(5_500);
                    else if (!released.await(25, TimeUnit.SECONDS)) throw new IllegalStateException("held for ever");
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return new Answer(Optional.empty(), List.of()).encoded();
            });
            MessageReference first = peers.send("xs", "xb", Peers.conversation(), "answered late");
            Peers.await("answered", () -> peers.sent("xs", first).reason().equals(Optional.of("not-answered")));
            MessageReference second = peers.send("xs", "xb", Peers.conversation(), "not answered");
            Peers.await("asked again", () -> asked.get() > 1);

            MessageReference past = peers.send("xs", "xk", Peers.conversation(), "past the slow one");

            peers.awaitState("xs", past, Sent.State.ACCEPTED);
            assertThat(released.getCount()).isEqualTo(1);
            assertThat(peers.sent("xs", second).state()).isEqualTo(Sent.State.WAITING);
            assertThat(honest.service(NoteListener.class).texts()).containsExactly("past the slow one");
            released.countDown();
        }
    }

    @Test
    void aPlaceThatIsTakenFromForLongIsWantedInVainAndTheOthersGoOn() throws Exception {
        try (Peers peers = Peers.of("xs", "xb", "xk")) {
            TestNode unused = peers.start("xs");
            URI node = peers.endpoint("xs");
            RawPeer one = new RawPeer(peers.network, "xb");
            RawPeer another = new RawPeer(peers.network, "xk");
            ConversationId busy = Peers.conversation();
            assertThat(one.outcome(node, one.draft("xs").in(busy, 1).sealed())).isEqualTo("DELIVERED");
            SealedMessage second = one.draft("xs").in(busy, 2).sealed();
            try (Connection taking = Objects.requireNonNull(peers.sql("xs").getDataSource())
                            .getConnection();
                    PreparedStatement place =
                            taking.prepareStatement("select from exchange.awaited where conversation = ? for update")) {
                taking.setAutoCommit(false);
                place.setString(1, busy.value());
                place.execute();

                assertThat(one.outcome(node, second)).isEqualTo("503 not-now");
                assertThat(another.outcome(node, another.draft("xs").sealed())).isEqualTo("DELIVERED");
                taking.rollback();
            }
            assertThat(one.outcome(node, second)).isEqualTo("DELIVERED");
        }
    }
}
