package org.sharaka.node.intake;

import java.time.Instant;

/**
 * A single report was stored. Published inside its transaction, also for one that was set aside and of which no
 * {@link ReportsReceived} tells yet; imports publish none.
 */
public record ReportTaken(ReportId id, Channel channel, Instant at) {}
