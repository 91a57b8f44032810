package org.sharaka.node.triage;

import org.sharaka.node.intake.ReportSummary;

/** A report in the queue with what the list shows of it. */
public record QueueLine(Item item, ReportSummary report) {}
