package org.sharaka.node.intake;

import java.time.Instant;
import java.util.Optional;

/**
 * Which reports a list shows, the last received first.
 *
 * @param receivedFrom only reports received at or after
 * @param receivedTo only reports received before
 */
public record ReportFilter(
        Optional<Category> category,
        Optional<String> country,
        Optional<Instant> receivedFrom,
        Optional<Instant> receivedTo) {
    public static ReportFilter all() {
        return new ReportFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
