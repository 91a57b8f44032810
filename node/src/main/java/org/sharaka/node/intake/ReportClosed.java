package org.sharaka.node.intake;

import java.time.Instant;

/**
 * Published inside the transaction that closes a report to one unit: from its commit on nobody else may meet a trace of it.
 */
public record ReportClosed(ReportId report, Instant at) {}
