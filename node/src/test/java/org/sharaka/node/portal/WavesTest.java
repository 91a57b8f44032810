package org.sharaka.node.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class WavesTest {
    private final StandingClock clock = new StandingClock();
    private final Waves waves = new Waves(3, new SecureRandom(), clock);

    @Test
    void theExcessOfOneSourceIsToldAndNobodyElseSuffers() {
        for (int i = 0; i < 3; i++) assertThat(waves.excess("192.0.2.1")).isFalse();

        assertThat(waves.excess("192.0.2.1")).isTrue();
        assertThat(waves.excess("192.0.2.2")).isFalse();
    }

    @Test
    void aWholeIpv6NetworkIsOneSource() {
        for (int i = 1; i <= 3; i++)
            assertThat(waves.excess("2001:db8:1:2::" + i)).isFalse();

        assertThat(waves.excess("2001:db8:1:2:ffff::1")).isTrue();
        assertThat(waves.excess("2001:db8:1:3::1")).isFalse();
    }

    @Test
    void theNextWindowBeginsAnew() {
        for (int i = 0; i < 9; i++) waves.excess("192.0.2.1");
        clock.now = clock.now.plus(Waves.WINDOW);

        assertThat(waves.excess("192.0.2.1")).isFalse();
    }

    private static final class StandingClock extends Clock {
        private Instant now = Instant.parse("2026-11-23T12:00:00Z").plus(Duration.ofSeconds(1));

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
            throw new UnsupportedOperationException();
        }
    }
}
