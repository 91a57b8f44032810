package org.sharaka.node.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * Which entries are asked for.
 *
 * @param actor an actor's id
 * @param action an action or its beginning
 * @param subject a subject or its beginning
 * @param from entries recorded then or later
 * @param until entries recorded before
 */
record AuditFilter(
        Optional<String> actor,
        Optional<String> action,
        Optional<String> subject,
        Optional<Instant> from,
        Optional<Instant> until) {}
