package org.sharaka.node.evidence;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How files are kept.
 *
 * @param childProtectionUnit the one unit that sees what may show the abuse of a child; blank: nobody sees it until this is set
 * @param review how soon that unit must have looked
 * @param unattached how long a file is kept that was taken in and belongs to nothing yet
 * @param reserveMegabytes space that files leave to the database and the logs
 * @param atOnce files that are taken in at once; each needs some 40 MB of memory
 */
@ConfigurationProperties(prefix = "sharaka.evidence", ignoreUnknownFields = false)
record EvidenceSettings(
        @DefaultValue("") String childProtectionUnit,
        @DefaultValue("72h") Duration review,
        @DefaultValue("7d") Duration unattached,
        @DefaultValue("1024") int reserveMegabytes,
        @DefaultValue("2") int atOnce) {
    EvidenceSettings {
        if (review.isNegative() || review.isZero())
            throw new IllegalArgumentException("sharaka.evidence.review is not positive");
        if (unattached.compareTo(Duration.ofHours(1)) < 0)
            throw new IllegalArgumentException("sharaka.evidence.unattached is less than 1h");
        if (reserveMegabytes < 0) throw new IllegalArgumentException("sharaka.evidence.reserve-megabytes is negative");
        if (atOnce < 1 || atOnce > 64)
            throw new IllegalArgumentException("sharaka.evidence.at-once is not within 1 and 64");
    }

    boolean isChildProtection(Optional<String> unit) {
        return !childProtectionUnit.isBlank() && unit.isPresent() && sameUnit(unit.get(), childProtectionUnit);
    }

    static boolean sameUnit(String one, String other) {
        return one.strip().toLowerCase(Locale.ROOT).equals(other.strip().toLowerCase(Locale.ROOT));
    }
}
