package org.sharaka.node.triage;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A report's place in the queue and the reasons for it.
 *
 * @param dueAt by when an officer should have read it; earlier comes first within a level
 * @param moneyUntil until when money may still be held or recalled
 * @param changesAt when time alone moves the report to another place
 */
public record Priority(
        Level level, Set<Concern> concerns, Instant dueAt, Optional<Instant> moneyUntil, Optional<Instant> changesAt) {
    public Priority {
        concerns = concerns.isEmpty() ? Set.of() : java.util.Collections.unmodifiableSet(EnumSet.copyOf(concerns));
    }
}
