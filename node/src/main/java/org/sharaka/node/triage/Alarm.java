package org.sharaka.node.triage;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.sharaka.node.intake.ReportId;

/**
 * An urgent report stayed unread and an officer on duty was alarmed.
 *
 * @param step 1 for the first officer, and so on
 * @param officer id; empty where nobody was on duty
 */
public record Alarm(UUID id, ReportId report, int step, Instant rungAt, Optional<String> officer, Webhook webhook) {
    /** Where the message out of the node stands. The names are stored: never rename one. */
    public enum Webhook {
        NONE,
        WAITING,
        SENT,
        FAILED
    }
}
