package org.sharaka.node.intake;

import java.time.Instant;

/** Published inside the transaction that decides anew whether a report counts: as a duplicate it does not. */
public record ReportRecounted(ReportId report, Instant at) {}
