package org.sharaka.node.intake;

import java.util.Locale;
import java.util.Optional;
import org.sharaka.node.access.Actor;

/**
 * Which reports an actor may meet: those open to every officer, and those closed to the actor's own unit. Tasks of the node
 * meet all. Applied by every statement that reads for somebody.
 *
 * @param unit folded; empty for an actor without one
 */
record Compartment(boolean all, Optional<String> unit) {
    /** Condition on a report under this alias; binds {@link #values}. */
    static final String CONDITION = "(r.unit_only is null or ? or lower(btrim(r.unit_only)) = ?)";

    static Compartment of(Actor actor) {
        return new Compartment(actor.kind() == Actor.Kind.SYSTEM, actor.unit().map(Compartment::folded));
    }

    /** Everything, for what the node does by itself. */
    static Compartment everything() {
        return new Compartment(true, Optional.empty());
    }

    Object[] values() {
        return new Object[] {all, unit.orElse("")};
    }

    static String folded(String unit) {
        return unit.strip().toLowerCase(Locale.ROOT);
    }
}
