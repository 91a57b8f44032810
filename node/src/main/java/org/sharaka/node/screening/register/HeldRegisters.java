package org.sharaka.node.screening.register;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Registers that were copied out of a node and lie in memory, for a post that has no database. Answers in the order of the database.
 * Filled by one thread, then read by all.
 */
public final class HeldRegisters implements RegisterEntries {
    private final Map<UUID, RegisteredDocument> documents = new HashMap<>();
    private final Map<String, List<RegisteredDocument>> documentsByNumber = new HashMap<>();
    private final Map<UUID, RegisteredVehicle> vehicles = new HashMap<>();
    private final Map<String, List<RegisteredVehicle>> vehiclesByNumber = new HashMap<>();

    public void add(RegisteredDocument document) {
        documents.put(document.id().value(), document);
        file(documentsByNumber, document.document().number(), document);
    }

    public void add(RegisteredVehicle vehicle) {
        vehicles.put(vehicle.id().value(), vehicle);
        Stream.concat(vehicle.vehicle().vin().stream(), vehicle.vehicle().plate().stream())
                .distinct()
                .forEach(number -> file(vehiclesByNumber, number, vehicle));
    }

    private static <T> void file(Map<String, List<T>> index, String number, T thing) {
        index.computeIfAbsent(number, each -> new ArrayList<>(1)).add(thing);
    }

    /** From now on nothing is found. */
    public void end() {
        documents.clear();
        documentsByNumber.clear();
        vehicles.clear();
        vehiclesByNumber.clear();
    }

    @Override
    public List<RegisteredDocument> documents(Collection<String> numbers, Instant now) {
        Comparator<RegisteredDocument> order = Comparator.comparing(
                        (RegisteredDocument each) -> each.document().country())
                .thenComparing(each -> each.document().kind().name())
                .thenComparing(each -> each.id().value().toString());
        return found(documentsByNumber, numbers)
                .filter(each -> each.endsAt().isAfter(now))
                .sorted(order)
                .limit(SqlRegisters.FOUND_MAX)
                .toList();
    }

    @Override
    public List<RegisteredVehicle> vehicles(Collection<String> numbers, Instant now) {
        Comparator<RegisteredVehicle> order = Comparator.comparing(
                        (RegisteredVehicle each) -> each.vehicle().country())
                .thenComparing(each -> each.id().value().toString());
        return found(vehiclesByNumber, numbers)
                .filter(each -> each.endsAt().isAfter(now))
                .sorted(order)
                .limit(SqlRegisters.FOUND_MAX)
                .toList();
    }

    /** Each once, also where two of its numbers were asked. */
    private static <T> Stream<T> found(Map<String, List<T>> index, Collection<String> numbers) {
        Set<T> found = new HashSet<>();
        for (String number : numbers) found.addAll(index.getOrDefault(number, List.of()));
        return found.stream();
    }

    @Override
    public Optional<RegisteredDocument> document(UUID id, Instant now) {
        return Optional.ofNullable(documents.get(id))
                .filter(each -> each.endsAt().isAfter(now));
    }

    @Override
    public Optional<RegisteredVehicle> vehicle(UUID id, Instant now) {
        return Optional.ofNullable(vehicles.get(id))
                .filter(each -> each.endsAt().isAfter(now));
    }
}
