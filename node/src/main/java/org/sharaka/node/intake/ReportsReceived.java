package org.sharaka.node.intake;

import java.time.Instant;
import java.util.List;

/** Published inside the transaction that stores the reports; an import publishes one event per batch. */
public record ReportsReceived(List<ReportId> reports, Instant at) {
    public ReportsReceived {
        reports = List.copyOf(reports);
    }
}
