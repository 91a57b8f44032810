package org.sharaka.node.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LockOutTest {
    private static final LockOut.Policy POLICY =
            new LockOut.Policy(3, Duration.ofSeconds(5), Duration.ofMinutes(10), Duration.ofDays(1));
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void theFirstFailuresCostNothing() {
        assertThat(failed(3).blockedAt(NOON, POLICY)).isFalse();
    }

    @Test
    void thenEachFailureDoublesTheDelay() {
        assertThat(failed(4).until(POLICY)).isEqualTo(NOON.plusSeconds(5));
        assertThat(failed(5).until(POLICY)).isEqualTo(NOON.plusSeconds(10));
        assertThat(failed(6).until(POLICY)).isEqualTo(NOON.plusSeconds(20));
    }

    @Test
    void noNumberOfFailuresDelaysForEver() {
        assertThat(failed(100_000).until(POLICY)).isEqualTo(NOON.plus(Duration.ofMinutes(10)));
    }

    @Test
    void afterAQuietDayTheCountStartsAnew() {
        Instant later = NOON.plus(Duration.ofDays(1)).plusSeconds(1);

        assertThat(failed(50).failedAt(later, POLICY).failures()).isEqualTo(1);
    }

    @Test
    void anIpv6NeighbourhoodCountsAsOneSource() {
        assertThat(Sources.of("2001:db8:1:2::1")).isEqualTo(Sources.of("2001:db8:1:2:ffff::9"));
        assertThat(Sources.of("2001:db8:1:2::1")).isNotEqualTo(Sources.of("2001:db8:1:3::1"));
        assertThat(Sources.of("192.0.2.7")).isNotEqualTo(Sources.of("192.0.2.8"));
    }

    private static LockOut failed(int times) {
        LockOut count = LockOut.NONE;
        for (int i = 0; i < times; i++) count = count.failedAt(NOON, POLICY);
        return count;
    }
}
