package org.sharaka.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sharaka.protocol.MemberId;

class BreakersTest {
    private static final MemberId PEER = new MemberId("xb-ncb");
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final Hand clock = new Hand();
    private final Breakers breakers = new Breakers(LONGEST, new Random(1), clock);

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

    private Duration pause() {
        Instant begin = clock.now;
        while (!breakers.allows(PEER)) clock.now = clock.now.plusMillis(10);
        return Duration.between(begin, clock.now);
    }

    @Test
    void pausesGrowWithEachFailureAndNeverBeyondTheLongestByMoreThanAHalf() {
        Duration earlier = Duration.ZERO;
        for (int i = 0; i < 30; i++) {
            breakers.failed(PEER);
            Duration pause = pause();
            assertThat(pause).isLessThanOrEqualTo(LONGEST.multipliedBy(3).dividedBy(2));
            if (i == 0) assertThat(pause).isLessThan(Duration.ofSeconds(1));
            if (i == 20) earlier = pause;
        }
        assertThat(earlier).isGreaterThanOrEqualTo(LONGEST.dividedBy(2));
        assertThat(breakers.failures(PEER)).isEqualTo(30);
    }

    @Test
    void oneSuccessForgetsAllFailures() {
        for (int i = 0; i < 10; i++) breakers.failed(PEER);

        breakers.succeeded(PEER);

        assertThat(breakers.allows(PEER)).isTrue();
        assertThat(breakers.failures(PEER)).isZero();
        assertThat(breakers.open()).isZero();
    }

    @Test
    void aMemberThatCallsUsIsTriedAgainSoonButNotAtEachCall() {
        for (int i = 0; i < 12; i++) breakers.failed(PEER);

        breakers.heardFrom(PEER);

        assertThat(breakers.allows(PEER)).isFalse();
        assertThat(pause()).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(6));
    }

    @Test
    void aPauseBegunUnderAClockThatWasAheadEndsWhenItIsSetRight() {
        Instant right = clock.now;
        clock.now = right.plus(Duration.ofHours(47));
        for (int i = 0; i < 30; i++) breakers.failed(PEER);

        clock.now = right;

        assertThat(breakers.allows(PEER)).isTrue();
    }
}
