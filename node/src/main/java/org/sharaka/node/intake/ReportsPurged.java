package org.sharaka.node.intake;

import java.time.Instant;
import java.util.List;

/**
 * Published inside the transaction that deletes reports whose time is over: what others keep of them ends in the same
 * transaction (S20).
 */
public record ReportsPurged(List<ReportId> reports, Instant at) {
    public ReportsPurged {
        reports = List.copyOf(reports);
    }
}
