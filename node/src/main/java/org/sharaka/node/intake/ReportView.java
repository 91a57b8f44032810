package org.sharaka.node.intake;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that an officer sees of one report; not who reported it.
 *
 * @param narrative as stored: show it escaped and isolated, it may hold markup and direction overrides
 * @param setAsideAt when it was accepted from a flooding source; empty if not, or once an officer took it up
 * @param contactKept true if the reporter left contact data that {@link IntakeService#contact} opens
 */
public record ReportView(
        ReportId id,
        Reference reference,
        Instant receivedAt,
        Category category,
        String narrative,
        Optional<String> language,
        Optional<OccurredAt> occurredAt,
        Optional<String> country,
        Optional<String> locality,
        List<Amount> money,
        List<ReportedIdentifier> identifiers,
        List<NotRecognised> notRecognised,
        List<String> labels,
        ReporterRole role,
        boolean anonymous,
        boolean contactKept,
        Channel channel,
        Optional<String> source,
        Optional<Withdrawal> withdrawal,
        ReportStatus status,
        Optional<Instant> setAsideAt,
        Retention retention) {

    /**
     * Money of a report, its accounts as an officer reads them.
     *
     * @param from the account that it left, display form; the reporter's own, so it is not evidence
     * @param to the account that it went to, display form
     */
    public record Amount(
            Money money, MoneyKind kind, Optional<OccurredAt> when, Optional<String> from, Optional<String> to) {}

    static ReportView of(StoredReport report, boolean contactKept) {
        return new ReportView(
                report.id(),
                report.reference(),
                report.receivedAt(),
                report.category(),
                report.narrative(),
                report.language(),
                report.occurredAt(),
                report.country(),
                report.locality(),
                report.money(),
                report.identifiers(),
                report.notRecognised(),
                report.labels(),
                report.role(),
                report.anonymous(),
                contactKept,
                report.channel(),
                report.source(),
                report.withdrawal(),
                report.status(),
                report.setAsideAt(),
                report.retention());
    }
}
