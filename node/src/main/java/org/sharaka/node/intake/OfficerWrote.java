package org.sharaka.node.intake;

import java.time.Instant;

/** A letter to a reporter was stored. Published inside its transaction. */
public record OfficerWrote(ReportId report, MessageId message, Instant at) {}
