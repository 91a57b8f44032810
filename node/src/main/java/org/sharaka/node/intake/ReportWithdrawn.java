package org.sharaka.node.intake;

import java.time.Instant;

/** Published inside the transaction that withdraws a report, or some of what it named. */
public record ReportWithdrawn(ReportId report, Instant at) {}
