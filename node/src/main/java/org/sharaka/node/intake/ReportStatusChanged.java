package org.sharaka.node.intake;

import java.time.Instant;

/** The reporter may hear something new. Published inside the transaction of the change. */
public record ReportStatusChanged(ReportId id, ReportStatus status, Instant at) {}
