package org.sharaka.node.crosscheck;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code sharaka.crosscheck.*}. The figures are our proposal, the country's to set.
 *
 * @param few smaller counts are told as "fewer than this" (SAFEGUARDS S21)
 * @param tracesADay of one member; more is refused, for it is no campaign but a list to fish with
 * @param requestsADay of one member, likewise
 * @param longest how long a cross-check runs at most, ours or another's
 */
@ConfigurationProperties(prefix = "sharaka.crosscheck", ignoreUnknownFields = false)
record CrossCheckSettings(
        @DefaultValue("3") int few,
        @DefaultValue("2000") int tracesADay,
        @DefaultValue("100") int requestsADay,
        @DefaultValue("180d") Duration longest) {
    private static final Duration LONGEST_MAX = Duration.ofDays(366);

    CrossCheckSettings {
        if (few < 2) throw new IllegalArgumentException("sharaka.crosscheck.few is under 2");
        if (tracesADay < 1) throw new IllegalArgumentException("sharaka.crosscheck.traces-a-day is not positive");
        if (requestsADay < 1) throw new IllegalArgumentException("sharaka.crosscheck.requests-a-day is not positive");
        if (longest.isNegative() || longest.isZero() || longest.compareTo(LONGEST_MAX) > 0)
            throw new IllegalArgumentException("sharaka.crosscheck.longest is not within 0 and 366d");
    }
}
