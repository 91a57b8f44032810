package org.sharaka.node.originator;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code sharaka.originator.*}.
 *
 * @param retention how long an order, its answers and their proofs are kept: they are what a court is shown. Our proposal, the
 *     country's to set
 * @param answerWithin after this a holder that has not answered an order is overdue; nodes answer by themselves within seconds
 */
@ConfigurationProperties(prefix = "sharaka.originator", ignoreUnknownFields = false)
record OriginatorSettings(
        @DefaultValue("1095d") Duration retention,
        @DefaultValue("1d") Duration answerWithin) {
    /** Longer than any message may be on its way. */
    private static final Duration SHORTEST = Duration.ofDays(90);

    OriginatorSettings {
        if (retention.compareTo(SHORTEST) < 0)
            throw new IllegalArgumentException("sharaka.originator.retention is under 90d");
        if (answerWithin.isNegative() || answerWithin.isZero())
            throw new IllegalArgumentException("sharaka.originator.answer-within is not positive");
    }
}
