package org.sharaka.node.intake;

import java.time.Instant;
import java.util.List;

/**
 * Proof to whoever submitted that the report is stored. It stands on disk when this is returned.
 *
 * @param identifiers what was recognised in it
 * @param replayed true if the same submission was stored before and this repeats its receipt
 */
public record Receipt(
        ReportId id,
        Reference reference,
        Instant receivedAt,
        List<ReportedIdentifier> identifiers,
        List<NotRecognised> notRecognised,
        boolean replayed) {
    public Receipt {
        identifiers = List.copyOf(identifiers);
        notRecognised = List.copyOf(notRecognised);
    }
}
