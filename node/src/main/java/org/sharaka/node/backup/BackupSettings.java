package org.sharaka.node.backup;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long backups are kept.
 *
 * @param keep a backup older than this is removed by the next one
 * @param keepKeys likewise the wrapped keys that belong to it: so long after its deletion can what was deleted still be read
 *     from a backup
 */
@ConfigurationProperties(prefix = "sharaka.backup", ignoreUnknownFields = false)
record BackupSettings(
        @DefaultValue("14d") Duration keep,
        @DefaultValue("7d") Duration keepKeys) {
    BackupSettings {
        if (keep.compareTo(Duration.ofHours(1)) < 0 || keepKeys.compareTo(Duration.ofHours(1)) < 0)
            throw new IllegalArgumentException("sharaka.backup.keep and sharaka.backup.keep-keys are at least 1h");
        if (keepKeys.compareTo(keep) > 0)
            throw new IllegalArgumentException("sharaka.backup.keep-keys is longer than sharaka.backup.keep");
    }
}
