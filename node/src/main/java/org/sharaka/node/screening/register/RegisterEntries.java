package org.sharaka.node.screening.register;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The registers as they are looked up: in the database, or in an extract of it. */
public interface RegisterEntries {
    /** Those of the numbers, in order of country and id. */
    List<RegisteredDocument> documents(Collection<String> numbers, Instant now);

    /** Those whose chassis number or plate is one of the numbers, in order of country and id. */
    List<RegisteredVehicle> vehicles(Collection<String> numbers, Instant now);

    Optional<RegisteredDocument> document(UUID id, Instant now);

    Optional<RegisteredVehicle> vehicle(UUID id, Instant now);
}
