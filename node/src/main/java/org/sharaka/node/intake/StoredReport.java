package org.sharaka.node.intake;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A report as it stands in the database, contact data apart.
 *
 * @param narrative repaired, card numbers made unreadable
 * @param occurredAt empty if nobody said
 * @param source name of the imported source
 * @param setAsideAt when it was accepted from a flooding source; empty if not, or once an officer took it up
 */
record StoredReport(
        ReportId id,
        Reference reference,
        Instant receivedAt,
        Category category,
        String narrative,
        Optional<String> language,
        Optional<OccurredAt> occurredAt,
        Optional<String> country,
        Optional<String> locality,
        List<ReportView.Amount> money,
        List<ReportedIdentifier> identifiers,
        List<NotRecognised> notRecognised,
        List<String> labels,
        ReporterRole role,
        boolean anonymous,
        Channel channel,
        Optional<String> source,
        Optional<Withdrawal> withdrawal,
        ReportStatus status,
        Optional<Instant> setAsideAt,
        Retention retention) {

    /** When it happened, or for want of better when it came in. */
    Instant happenedAt() {
        return occurredAt.map(OccurredAt::from).orElse(receivedAt);
    }
}
