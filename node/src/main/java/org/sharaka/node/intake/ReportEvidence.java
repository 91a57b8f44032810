package org.sharaka.node.intake;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sharaka.identifiers.Identifier;

/**
 * What other modules may learn of a report in order to link it: everything that was reported, nothing about who did.
 *
 * @param occurredAt when it happened if the reporter said so, else when the report came in
 * @param country ISO 3166-1 alpha-2 code of where the victim was, if known
 * @param identifiers those given in fields of their own and those found in the narrative, each once
 * @param anonymous true if the reporter gave no name; such reports alone prove nothing about a person (S16)
 * @param withdrawn true if the report no longer counts
 */
public record ReportEvidence(
        ReportId id,
        Instant receivedAt,
        Instant occurredAt,
        Category category,
        Optional<String> country,
        Optional<Money> loss,
        String narrative,
        List<Identifier> identifiers,
        boolean anonymous,
        boolean withdrawn) {
    public ReportEvidence {
        identifiers = List.copyOf(identifiers);
    }

    /** The same, as evidence of another report. */
    public ReportEvidence saidBy(ReportId other) {
        return new ReportEvidence(
                other, receivedAt, occurredAt, category, country, loss, narrative, identifiers, anonymous, withdrawn);
    }
}
