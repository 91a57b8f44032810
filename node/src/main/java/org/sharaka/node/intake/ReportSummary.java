package org.sharaka.node.intake;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A report as a line of a list.
 *
 * @param occurredAt empty if nobody said
 * @param opening the first words of the narrative, at most {@link #OPENING_LENGTH_MAX} characters; untrusted text
 * @param identifiers display forms of the first few
 */
public record ReportSummary(
        ReportId id,
        Reference reference,
        Instant receivedAt,
        Optional<OccurredAt> occurredAt,
        Category category,
        Optional<String> country,
        Channel channel,
        Optional<String> source,
        String opening,
        List<String> identifiers,
        List<String> labels,
        boolean anonymous,
        boolean withdrawn) {
    public static final int OPENING_LENGTH_MAX = 160;
    public static final int IDENTIFIERS_MAX = 3;
}
