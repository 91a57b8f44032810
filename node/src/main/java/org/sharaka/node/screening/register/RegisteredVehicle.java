package org.sharaka.node.screening.register;

import java.time.Instant;

/**
 * A vehicle that its country of registration reported stolen.
 *
 * @param source the list it came with; empty for this country's own
 * @param endsAt when it leaves the register
 */
public record RegisteredVehicle(ThingId id, String source, NewVehicle vehicle, Instant addedAt, Instant endsAt) {
    boolean own() {
        return source.isEmpty();
    }
}
