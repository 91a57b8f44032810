package org.sharaka.identifiers;

import java.util.Set;

/**
 * A host that imitates a brand.
 *
 * @param reasons at least one
 * @param label the part of the host, as written there, that imitates
 */
public record Lookalike(Brand brand, Set<LookalikeReason> reasons, String label) {
    public Lookalike {
        reasons = Set.copyOf(reasons);
        if (reasons.isEmpty()) throw new IllegalArgumentException("a look-alike needs a reason");
    }
}
