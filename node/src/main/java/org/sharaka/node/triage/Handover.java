package org.sharaka.node.triage;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sharaka.node.intake.ReportId;

/**
 * What a shift tells the next of its unit.
 *
 * @param unit folded; empty text for officers without one
 * @param note untrusted text, at most {@link #NOTE_LENGTH_MAX} characters
 * @param reports that were urgent or unread when it was written
 */
public record Handover(
        UUID id,
        String unit,
        String writtenBy,
        Instant writtenAt,
        String note,
        List<ReportId> reports,
        Optional<String> takenBy,
        Optional<Instant> takenAt,
        Instant expiresAt) {
    static final int NOTE_LENGTH_MAX = 4_000;

    public Handover {
        reports = List.copyOf(reports);
    }
}
