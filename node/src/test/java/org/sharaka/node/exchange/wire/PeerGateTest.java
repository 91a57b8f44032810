package org.sharaka.node.exchange.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.sharaka.protocol.MemberId;

class PeerGateTest {
    private static final MemberId ONE = new MemberId("xb-ncb");
    private static final MemberId TWO = new MemberId("xc-ncb");
    private static final MemberId OTHER = new MemberId("xk-ncb");

    private final Hand clock = new Hand();
    private final PeerGate gate =
            new PeerGate(new WireSettings("127.0.0.1", 0, 100, 2, 5, 10, 1, Duration.ofSeconds(30)), clock);

    /** A clock that is moved by hand. */
    private static final class Hand extends Clock {
        private Instant now = Instant.parse("2026-11-24T12:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Test
    void aMemberHasSoManyRequestsAtOnceAndTakesNothingFromAnother() {
        assertThat(gate.enter(ONE)).isTrue();
        assertThat(gate.enter(ONE)).isTrue();
        assertThat(gate.enter(ONE)).isFalse();
        assertThat(gate.enter(OTHER)).isTrue();

        gate.leave(ONE);

        assertThat(gate.enter(ONE)).isTrue();
    }

    @Test
    void requestsOfASecondRunOutAndComeBackWithTime() {
        for (int i = 0; i < 5; i++) {
            assertThat(gate.enter(ONE)).isTrue();
            gate.leave(ONE);
        }
        assertThat(gate.enter(ONE)).isFalse();

        clock.now = clock.now.plusMillis(250);

        assertThat(gate.enter(ONE)).isTrue();
        gate.leave(ONE);
        assertThat(gate.enter(ONE)).isFalse();
    }

    @Test
    void nobodySavesUpMoreThanASecond() {
        clock.now = clock.now.plus(Duration.ofHours(1));
        int many = 0;
        while (gate.enter(ONE)) {
            gate.leave(ONE);
            many++;
        }

        assertThat(many).isEqualTo(5);
    }

    @Test
    void aBatchBeyondTheShareIsPaidOffBeforeTheNext() {
        assertThat(gate.take(ONE, 25)).isTrue();
        clock.now = clock.now.plusMillis(1_000);
        assertThat(gate.take(ONE, 1)).isFalse();

        clock.now = clock.now.plusMillis(1_000);

        assertThat(gate.take(ONE, 1)).isTrue();
    }

    @Test
    void aClockThatIsSetBackGivesNobodyMore() {
        assertThat(gate.take(ONE, 25)).isTrue();

        clock.now = clock.now.minus(Duration.ofDays(1));

        assertThat(gate.take(ONE, 1)).isFalse();
    }

    @Test
    void memoryForBodiesIsBoundedAndComesBack() throws Exception {
        assertThat(gate.reserve(ONE, 896 << 10)).isTrue();
        Thread other = new Thread(() -> gate.release(ONE, 896 << 10));
        other.start();

        assertThat(gate.reserve(TWO, 896 << 10)).isTrue();
        other.join();
    }

    @Test
    void largeBodiesLeaveRoomForReceipts() throws Exception {
        assertThat(gate.reserve(ONE, 896 << 10)).isTrue();

        assertThat(gate.reserve(OTHER, 60_000)).isTrue();
        assertThat(gate.reserve(TWO, 60_000)).isTrue();
        gate.release(OTHER, 60_000);
        assertThat(gate.reserve(OTHER, 60_000)).isTrue();
    }

    @Test
    void whileHalfOfAllThreadsAnswerNobodyHasMoreThanTwo() {
        PeerGate busy =
                new PeerGate(new WireSettings("127.0.0.1", 0, 12, 6, 100, 10, 1, Duration.ofSeconds(30)), clock);
        for (int i = 0; i < 6; i++) assertThat(busy.enter(ONE)).isTrue();

        assertThat(busy.enter(OTHER)).isTrue();
        assertThat(busy.enter(OTHER)).isTrue();
        assertThat(busy.enter(OTHER)).isFalse();
        busy.leave(ONE);
        busy.leave(ONE);
        busy.leave(ONE);

        assertThat(busy.enter(OTHER)).isTrue();
    }

    @Test
    void nobodyTakesMoreThanAThirdOfTheMemoryByAnnouncingBodies() throws Exception {
        assertThat(gate.reserve(ONE, 300_000)).isTrue();
        assertThat(gate.reserve(ONE, 300_000)).isFalse();
        assertThat(gate.reserve(TWO, 300_000)).isTrue();

        gate.release(ONE, 300_000);

        assertThat(gate.reserve(ONE, 300_000)).isTrue();
    }
}
