package org.sharaka.node.bureau;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code sharaka.bureau.*}; our proposals, the country's to set.
 *
 * @param retention how long a message is kept after it was written or received, unless its originator wants it gone sooner; it is also the end that
 *     we give to what we send, and how long a handover sheet is kept
 * @param alarmAfter how long an urgent message may stay unread before it alarms
 * @param alarmEvery after what time an alarm rings again that nobody has taken on
 * @param shift how long a shift is, for the handover sheet
 * @param arrivalsUnit the unit to which a conversation is closed that a member begins; blank: every officer of the bureau sees it
 */
@ConfigurationProperties(prefix = "sharaka.bureau", ignoreUnknownFields = false)
record BureauSettings(
        @DefaultValue("365d") Duration retention,
        @DefaultValue("15m") Duration alarmAfter,
        @DefaultValue("5m") Duration alarmEvery,
        @DefaultValue("8h") Duration shift,
        @DefaultValue("") String arrivalsUnit) {
    /** Longer than any message may be on its way. */
    private static final Duration SHORTEST = Duration.ofDays(90);
    /** An alarm that comes after a day alarms nobody. */
    private static final Duration LONGEST = Duration.ofDays(1);

    BureauSettings {
        if (retention.compareTo(SHORTEST) < 0)
            throw new IllegalArgumentException("sharaka.bureau.retention is under 90d");
        for (Duration span : List.of(alarmAfter, alarmEvery, shift))
            if (span.isNegative() || span.isZero() || span.compareTo(LONGEST) > 0)
                throw new IllegalArgumentException(
                        "a span of sharaka.bureau.alarm-after, alarm-every or shift is not positive, or over 1d");
    }
}
