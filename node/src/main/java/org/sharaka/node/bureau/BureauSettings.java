package org.sharaka.node.bureau;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code sharaka.bureau.*}.
 *
 * @param retention how long a message is kept after it was written or received, unless its originator wants it gone sooner; it is also the end that
 *     we give to what we send. Our proposal, the country's to set
 */
@ConfigurationProperties(prefix = "sharaka.bureau", ignoreUnknownFields = false)
record BureauSettings(@DefaultValue("365d") Duration retention) {
    /** Longer than any message may be on its way. */
    private static final Duration SHORTEST = Duration.ofDays(90);

    BureauSettings {
        if (retention.compareTo(SHORTEST) < 0)
            throw new IllegalArgumentException("sharaka.bureau.retention is under 90d");
    }
}
