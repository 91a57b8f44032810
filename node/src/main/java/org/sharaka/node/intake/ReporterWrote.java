package org.sharaka.node.intake;

import java.time.Instant;

/** A reporter wrote after the report. Published inside the transaction that stores it. */
public record ReporterWrote(ReportId report, MessageId message, MessageKind kind, Instant at) {}
