package org.sharaka.node.audit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long the record keeps its details.
 *
 * @param retention after this, who did what to what is purged; that something was done then stays provable for ever.
 *     At least 30 days. Five years by default; the country's law decides.
 */
@ConfigurationProperties(prefix = "sharaka.audit", ignoreUnknownFields = false)
record AuditSettings(@DefaultValue("1826d") Duration retention) {
    AuditSettings {
        if (retention.compareTo(Duration.ofDays(30)) < 0) {
            throw new IllegalArgumentException("sharaka.audit.retention is less than 30d");
        }
    }
}
