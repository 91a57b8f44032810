package org.sharaka.node.access;

import java.util.UUID;

/**
 * Where this module enters what it did. The audit module implements it, so that access need not know how the record is
 * kept and audit may know who an actor is.
 */
public interface AccessLog {
    /**
     * Enters an act inside the caller's transaction: both commit or neither.
     *
     * @return the entry's id, for the act's own rows: see {@link ActWitness}
     */
    UUID done(Actor actor, String action, String subject);

    /** Enters a refusal in a transaction of its own, committed before this returns. */
    void refused(Actor actor, String action, String subject, ProblemCode reason);

    /** The code of a problem, as {@link org.sharaka.node.platform.ProblemType#code()} gives it. */
    record ProblemCode(String value) {}
}
