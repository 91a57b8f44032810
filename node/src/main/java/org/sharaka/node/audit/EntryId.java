package org.sharaka.node.audit;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.UUID;

/**
 * Names an entry of the record; time-ordered. An act's own rows carry it, so that {@code verify-audit} finds acts
 * without an entry: see {@link org.sharaka.node.access.ActWitness}.
 */
public record EntryId(UUID value) {
    static final int SIZE_BYTES = 16;

    /** When the entry was recorded, to the millisecond: the first 48 bits of the id (RFC 9562 section 5.7). */
    Instant time() {
        return Instant.ofEpochMilli(value.getMostSignificantBits() >>> 16);
    }

    /** The 16 bytes of the id, as leaves and proofs hold them. */
    byte[] bytes() {
        return ByteBuffer.allocate(SIZE_BYTES)
                .putLong(value.getMostSignificantBits())
                .putLong(value.getLeastSignificantBits())
                .array();
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
