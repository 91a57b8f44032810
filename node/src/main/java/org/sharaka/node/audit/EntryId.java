package org.sharaka.node.audit;

import java.util.UUID;

/**
 * Names an entry of the record. An act's own rows carry it, so that {@code verify-audit} finds acts without an entry:
 * see {@link org.sharaka.node.access.ActWitness}.
 */
public record EntryId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
