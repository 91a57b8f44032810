package org.sharaka.node.audit;

import java.time.Instant;
import java.util.UUID;

/**
 * Names an entry of the record; time-ordered. An act's own rows carry it, so that {@code verify-audit} finds acts
 * without an entry: see {@link org.sharaka.node.access.ActWitness}.
 */
public record EntryId(UUID value) {
    /** When the entry was recorded, to the millisecond: the first 48 bits of the id (RFC 9562 section 5.7). */
    Instant time() {
        return Instant.ofEpochMilli(value.getMostSignificantBits() >>> 16);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
