package org.sharaka.node.screening.register;

import java.time.Instant;
import org.sharaka.node.screening.Standing;

/**
 * A document that its issuing country reported.
 *
 * @param source the list it came with; empty for this country's own
 * @param endsAt when it leaves the register
 */
public record RegisteredDocument(ThingId id, String source, NewDocument document, Instant addedAt, Instant endsAt) {
    public Standing standing() {
        return document.circumstances().standing();
    }

    boolean own() {
        return source.isEmpty();
    }
}
