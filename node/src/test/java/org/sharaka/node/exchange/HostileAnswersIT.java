package org.sharaka.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sharaka.node.exchange.Peers.bureau;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sharaka.node.assembly.SecurityEvent;
import org.sharaka.node.assembly.SecurityEvents;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.platform.TestNode;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.Receipt;
import org.sharaka.protocol.message.SealedMessage;
import org.sharaka.protocol.transport.Answer;
import org.sharaka.protocol.transport.SignedBytes;

/** One whole node that delivers, and a member whose answers are not what they should be. */
class HostileAnswersIT {
    private static final int MOST_WAITING = 20;

    private static Peers peers;
    private static RawPeer liar;
    private static RawPeer other;

    private final AtomicInteger asked = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private PlayedPeer server;

    @BeforeAll
    static void start() {
        peers = Peers.of("xs", "xb", "xk", "xq", "xw");
        TestNode unused = peers.start("xs", "sharaka.exchange.patience=2s", "sharaka.exchange.waiting=" + MOST_WAITING);
        liar = new RawPeer(peers.network, "xb");
        other = new RawPeer(peers.network, "xk");
    }

    @AfterAll
    static void stop() {
        peers.close();
    }

    @AfterEach
    void stopServer() {
        if (server != null) server.close();
        threads.shutdownNow();
    }

    /** At the address of xb, with somebody's key. */
    private void serve(RawPeer as, Function<List<SealedMessage>, byte[]> answer) throws IOException {
        serve("xb", as, answer);
    }

    private void serve(String at, RawPeer as, Function<List<SealedMessage>, byte[]> answer) throws IOException {
        server = new PlayedPeer(peers, as, at);
        server.serve(messages -> {
            asked.incrementAndGet();
            return answer.apply(messages);
        });
    }

    private static Answer receipts(RawPeer by, Receipt... receipts) {
        return new Answer(Optional.of(new SignedBytes(by.receipts(bureau("xs"), receipts))), List.of());
    }

    private static MessageReference message(String text) {
        return peers.send("xs", "xb", Peers.conversation(), text);
    }

    private void awaitAsked(int times) {
        Peers.await("asked " + times + " times", () -> asked.get() >= times);
    }

    private static boolean reported(String code) {
        return peers.node("xs").service(SecurityEvents.class).latest(200).stream()
                .anyMatch(event -> event.kind() == SecurityEvent.Kind.RECEIPT_REFUSED
                        && event.code().equals(code));
    }

    @Test
    void whoeverElseAnswersAtTheAddressIsToldNothing() throws Exception {
        serve(other, messages -> new Answer(Optional.empty(), List.of()).encoded());

        MessageReference message = message("for one member alone");

        Peers.await("tried", () -> peers.node("xs").service(Breakers.class).failures(bureau("xb")) > 1);
        assertThat(asked).hasValue(0);
        assertThat(peers.sent("xs", message).state()).isEqualTo(Sent.State.WAITING);
    }

    @Test
    void anAnswerThatIsNotOneOrWithoutEndLeavesTheMessageWaiting() throws Exception {
        serve(liar, messages -> asked.get() % 2 == 0 ? new byte[] {1, 2, 3} : new byte[5 << 20]);

        MessageReference message = message("answered by garbage");

        awaitAsked(2);
        assertThat(peers.sent("xs", message).state()).isEqualTo(Sent.State.WAITING);
    }

    @Test
    void receiptsOfAnotherOrForAnotherContentProveNothing() throws Exception {
        MessageReference message = message("answered by lies");
        Receipt right = Receipt.accepted(message, Instant.now());
        Receipt wrong = Receipt.accepted(new MessageReference(message.id(), Hash.of(new byte[] {1})), Instant.now());
        serve(liar, messages -> (asked.get() % 2 == 0 ? receipts(other, right) : receipts(liar, wrong)).encoded());

        awaitAsked(2);

        Peers.await("both told", () -> reported("header-mismatch") && reported("message-unknown"));
        assertThat(peers.sent("xs", message).state()).isEqualTo(Sent.State.WAITING);
        assertThat(peers.exchange("xs").proved(message.id())).isEmpty();
    }

    @Test
    void whoTakesAndSaysNothingIsAskedWithGrowingPausesAndNotInCircles() throws Exception {
        serve(liar, messages -> new Answer(Optional.empty(), List.of()).encoded());
        MessageReference message = message("answered by silence");

        awaitAsked(1);
        Thread.sleep(1_500);

        assertThat(asked.get()).isLessThan(10);
        assertThat(peers.sent("xs", message).reason()).contains("not-answered");
    }

    @Test
    void aMemberThatNeverAnswersHoldsUpNoOther() throws Exception {
        serve(liar, messages -> {
            try {
                Thread.sleep(20_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new byte[0];
        });
        MessageReference stuck = message("never answered");
        awaitAsked(1);

        TestNode unused = peers.start("xk");
        MessageReference moving = peers.send("xs", "xk", Peers.conversation(), "past the stuck one");

        peers.awaitState("xs", moving, Sent.State.ACCEPTED);
        assertThat(peers.sent("xs", stuck).state()).isEqualTo(Sent.State.WAITING);
    }

    @Test
    void aDeclarationIsAnsweredOnceNothingIsOnItsWayThatWasChosenBefore() throws Exception {
        RawPeer returning = new RawPeer(peers.network, "xw");
        CountDownLatch read = new CountDownLatch(1);
        serve("xw", returning, messages -> {
            try {
                boolean unused = read.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Answer(Optional.empty(), List.of()).encoded();
        });
        MessageReference chosenBefore = peers.send("xs", "xw", Peers.conversation(), "on its way");
        awaitAsked(1);

        Future<Integer> declared = threads.submit(() -> returning
                .post(peers.endpoint("xs"), EpochPath.PATH, returning.opened(2))
                .statusCode());
        assertThatThrownBy(() -> declared.get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
        read.countDown();

        assertThat(declared.get(10, TimeUnit.SECONDS)).isEqualTo(204);
        assertThat(peers.sent("xs", chosenBefore).state()).isEqualTo(Sent.State.WAITING);
    }

    @Test
    void mailForAMemberThatIsAwayIsBoundedAndTheSenderIsTold() {
        for (int i = 0; i < MOST_WAITING; i++) {
            MessageReference unused = peers.send("xs", "xq", Peers.conversation(), "waiting " + i);
        }

        assertThatThrownBy(() -> peers.send("xs", "xq", Peers.conversation(), "one too many"))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(ExchangeProblem.QUEUE_FULL));
    }
}
