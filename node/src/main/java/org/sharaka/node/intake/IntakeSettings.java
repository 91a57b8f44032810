package org.sharaka.node.intake;

import java.time.Duration;
import java.time.Period;
import java.util.Locale;
import java.util.Set;
import org.sharaka.node.access.Purpose;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code sharaka.intake.*}.
 *
 * @param originator the authority whose data the reports are
 * @param region ISO 3166-1 alpha-2 code of the country whose way of writing numbers is tried where a report names none
 * @param retention how long a report is kept; three years are our proposal until the country's law says otherwise
 * @param contactRetention how long a reporter's contact data is kept, at most {@code retention}
 * @param replay how long a repeated submission gets the same answer, at least a day
 * @param purpose why reports are kept whose submitter is bound to no purpose
 */
@ConfigurationProperties(prefix = "sharaka.intake", ignoreUnknownFields = false)
record IntakeSettings(
        @DefaultValue("own") String originator,
        @DefaultValue("MA") String region,
        @DefaultValue("3y") Period retention,
        @DefaultValue("1y") Period contactRetention,
        @DefaultValue("48h") Duration replay,
        @DefaultValue("INVESTIGATION") Purpose purpose) {

    IntakeSettings {
        if (originator.isBlank()) throw new IllegalArgumentException("sharaka.intake.originator is blank");
        if (!region.matches("[A-Z]{2}") || !Set.of(Locale.getISOCountries()).contains(region))
            throw new IllegalArgumentException("sharaka.intake.region is not an ISO 3166-1 alpha-2 code");
        if (retention.isNegative() || retention.isZero())
            throw new IllegalArgumentException("sharaka.intake.retention is not positive");
        if (contactRetention.isNegative() || contactRetention.isZero())
            throw new IllegalArgumentException("sharaka.intake.contact-retention is not positive");
        if (replay.compareTo(Duration.ofDays(1)) < 0)
            throw new IllegalArgumentException("sharaka.intake.replay is under a day");
    }
}
