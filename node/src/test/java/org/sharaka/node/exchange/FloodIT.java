package org.sharaka.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.node.exchange.Peers.bureau;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sharaka.node.assembly.SecurityEvent;
import org.sharaka.node.assembly.SecurityEvents;
import org.sharaka.node.platform.TestNode;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.Lane;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.Position;
import org.sharaka.protocol.message.Receipt;
import org.sharaka.protocol.message.SealedMessage;
import org.sharaka.protocol.transport.Answer;

/** One whole node, members that flood it with real messages, as many as go, and one that writes as always. */
class FloodIT {
    private static final int SHARE = 1_000;
    private static final int MOST_HELD = 400;
    private static final int BATCH = 100;

    private static Peers peers;

    @BeforeAll
    static void start() {
        peers = Peers.of("xs", "xb", "xf", "xk", "xm");
        TestNode unused =
                peers.start("xs", "sharaka.exchange.messages-per-day=" + SHARE, "sharaka.exchange.held=" + MOST_HELD);
    }

    @AfterAll
    static void stop() {
        peers.close();
    }

    /** What became of the messages of a flood, by what the node said of them; requests that it cut by their status. */
    private static Map<String, Integer> flood(RawPeer peer, Duration time, @Nullable ConversationId behindAGap)
            throws IOException, InterruptedException {
        Map<String, Integer> said = new HashMap<>();
        RawPeer.Draft draft = peer.draft("xs").saying("x");
        long place = 2;
        for (long end = System.nanoTime() + time.toNanos(); System.nanoTime() < end; ) {
            List<SealedMessage> batch = new ArrayList<>();
            for (int i = 0; i < BATCH; i++) {
                draft.message = MessageId.random(Peers.RANDOM);
                batch.add(
                        behindAGap == null
                                ? draft.in(Peers.conversation(), 1).sealed()
                                : draft.in(behindAGap, place++).sealed());
            }
            HttpResponse<byte[]> answer = peer.bring(peers.endpoint("xs"), batch.toArray(SealedMessage[]::new));
            if (answer.statusCode() != 200) {
                said.merge(String.valueOf(answer.statusCode()), 1, Integer::sum);
                continue;
            }
            Answer parsed = Answer.parse(answer.body());
            parsed.undecided().forEach(each -> said.merge(each.reason(), 1, Integer::sum));
            said.merge("taken", BATCH - parsed.undecided().size(), Integer::sum);
        }
        return said;
    }

    private static int count(String what, RawPeer of) {
        Integer count = peers.sql("xs")
                .queryForObject("select count(*) from " + what + " where sender = ?", Integer.class, of.id.value());
        return count == null ? 0 : count;
    }

    /** Brings one message after the other while a flood goes on. @return how many */
    private static int writeMeanwhile(RawPeer honest, Future<?> flood) throws IOException, InterruptedException {
        int brought = 0;
        ConversationId conversation = Peers.conversation();
        while (!flood.isDone()) {
            long begun = System.nanoTime();
            assertThat(honest.outcome(
                            peers.endpoint("xs"),
                            honest.draft("xs").in(conversation, ++brought).sealed()))
                    .isEqualTo("DELIVERED");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
            Thread.sleep(50);
        }
        return brought;
    }

    @Test
    void aFloodOfTinyMessagesEndsAtTheShareOfADayAndNobodyElseIsHeldUp() throws Exception {
        RawPeer flooding = new RawPeer(peers.network, "xb");
        RawPeer honest = new RawPeer(peers.network, "xk");
        ExecutorService beside = Executors.newSingleThreadExecutor();
        int brought;
        Map<String, Integer> said;
        try {
            Future<Map<String, Integer>> flood = beside.submit(() -> flood(flooding, Duration.ofSeconds(20), null));
            brought = writeMeanwhile(honest, flood);
            said = flood.get();
        } finally {
            beside.shutdown();
        }

        assertThat(said.getOrDefault("taken", 0)).as(said.toString()).isBetween(SHARE, SHARE + BATCH);
        assertThat(said.getOrDefault("queue-full", 0)).as(said.toString()).isPositive();
        assertThat(count("exchange.received", flooding)).isEqualTo(said.getOrDefault("taken", 0));
        assertThat(count("exchange.awaited", flooding))
                .as("an order of which nothing was taken left no row")
                .isLessThanOrEqualTo(SHARE + BATCH);
        assertThat(peers.node("xs").service(SecurityEvents.class).latest(50))
                .anyMatch(event -> event.kind() == SecurityEvent.Kind.RATE_EXCEEDED
                        && event.peer().equals(Optional.of(bureau("xb")))
                        && event.code().equals("queue-full"));
        assertThat(brought).isGreaterThan(20);
        Peers.await(
                "all of the honest one taken in",
                () -> count("exchange.received r join exchange.awaited a using (sender, conversation, lane)", honest)
                                == brought
                        && count("exchange.held", honest) == 0);
        // What must not wait goes its own way; and the next day is another.
        RawPeer.Draft order = flooding.draft("xs");
        order.lane = Lane.CONTROL;
        assertThat(flooding.outcome(peers.endpoint("xs"), order.sealed())).isEqualTo("DELIVERED");
        assertThat(flooding.outcome(peers.endpoint("xs"), flooding.draft("xs").sealed()))
                .isEqualTo("undecided queue-full");
        peers.sql("xs").update("update exchange.brought set day = day - 1 where sender = ?", flooding.id.value());
        assertThat(flooding.outcome(peers.endpoint("xs"), flooding.draft("xs").sealed()))
                .isEqualTo("DELIVERED");
    }

    @Test
    void aFloodBehindAGapIsHeldToItsNumber() throws Exception {
        RawPeer flooding = new RawPeer(peers.network, "xf");

        Map<String, Integer> said = flood(flooding, Duration.ofSeconds(5), Peers.conversation());

        assertThat(said.getOrDefault("queue-full", 0)).as(said.toString()).isPositive();
        assertThat(count("exchange.held", flooding)).isBetween(MOST_HELD, MOST_HELD + BATCH);
        assertThat(count("exchange.received_content", flooding)).isBetween(MOST_HELD, MOST_HELD + BATCH);
        assertThat(flooding.outcome(
                        peers.endpoint("xs"),
                        flooding.draft("xs").in(Peers.conversation(), 1).sealed()))
                .isEqualTo("undecided queue-full");
        assertThat(count("exchange.awaited", flooding)).isOne();
    }

    @Test
    void placesThatWereGivenUpCountAsWhatIsBrought() throws Exception {
        RawPeer flooding = new RawPeer(peers.network, "xm");
        for (int batch = 0; batch < SHARE / 500; batch++)
            assertThat(flooding.post(peers.endpoint("xs"), "/v1/receipts", marks(flooding, 500))
                            .statusCode())
                    .isEqualTo(204);

        HttpResponse<byte[]> answer = flooding.post(peers.endpoint("xs"), "/v1/receipts", marks(flooding, 1));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(RawPeer.code(answer)).isEqualTo("not-now");
        assertThat(flooding.outcome(peers.endpoint("xs"), flooding.draft("xs").sealed()))
                .isEqualTo("DELIVERED");
    }

    private static byte[] marks(RawPeer by, int many) {
        ConversationId conversation = Peers.conversation();
        return by.receipts(
                bureau("xs"),
                IntStream.rangeClosed(1, many)
                        .mapToObj(place -> Receipt.skipped(
                                new MessageReference(MessageId.random(Peers.RANDOM), Hash.of(new byte[] {1})),
                                new Position(conversation, Lane.ORDINARY, 1, place),
                                Instant.now()))
                        .toArray(Receipt[]::new));
    }

    @Test
    void theShareOfADayIsAlsoOneOfBytesAndEndsWithTheDay() {
        SqlInbox inbox = peers.node("xs").service(SqlInbox.class);
        Instant now = Instant.now();
        SqlInbox.Brought share = new SqlInbox.Brought(10, 1_000);

        inbox.count(bureau("xz"), Lane.ORDINARY, new SqlInbox.Brought(1, 400), now);
        inbox.count(bureau("xz"), Lane.ORDINARY, new SqlInbox.Brought(1, 599), now);
        assertThat(inbox.full(bureau("xz"), share, now)).isEmpty();
        inbox.count(bureau("xz"), Lane.ORDINARY, new SqlInbox.Brought(1, 1), now);
        inbox.count(bureau("xz"), Lane.CONTROL, new SqlInbox.Brought(10, 1), now);

        assertThat(inbox.full(bureau("xz"), share, now)).containsExactlyInAnyOrder(Lane.ORDINARY, Lane.CONTROL);
        assertThat(inbox.full(bureau("xk"), share, now)).isEmpty();
        assertThat(inbox.full(bureau("xz"), share, now.plus(Duration.ofDays(1))))
                .isEmpty();
    }
}
