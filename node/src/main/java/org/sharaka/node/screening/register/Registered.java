package org.sharaka.node.screening.register;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.sharaka.node.screening.Comparison;
import org.sharaka.node.screening.Standing;

/** What the registers have under some numbers. */
public record Registered(List<RegisteredDocument> documents, List<RegisteredVehicle> vehicles) {
    public static final Registered NOTHING = new Registered(List.of(), List.of());

    public Registered {
        documents = List.copyOf(documents);
        vehicles = List.copyOf(vehicles);
    }

    public boolean isEmpty() {
        return documents.isEmpty() && vehicles.isEmpty();
    }

    /**
     * Each beside the numbers that were asked: the number is the same, and that is all that is known.
     *
     * @param asked numbers as they were read
     */
    public List<Comparison> comparisons(Collection<String> asked) {
        return Stream.concat(
                        documents.stream().map(each -> comparison(each, asked)),
                        vehicles.stream().map(each -> comparison(each, asked)))
                .toList();
    }

    static Comparison comparison(RegisteredDocument registered, Collection<String> asked) {
        NewDocument document = registered.document();
        Map<String, String> details = new LinkedHashMap<>();
        details.put("kind", document.kind().name());
        details.put("circumstances", document.circumstances().name());
        document.happenedOn().ifPresent(day -> details.put("happened", day.toString()));
        document.expiresOn().ifPresent(day -> details.put("expires", day.toString()));
        document.reference().ifPresent(text -> details.put("reference", text));
        return comparison(
                registered.id(),
                registered.source(),
                registered.addedAt(),
                registered.standing(),
                document.country(),
                List.of(document.number()),
                details,
                asked);
    }

    static Comparison comparison(RegisteredVehicle registered, Collection<String> asked) {
        NewVehicle vehicle = registered.vehicle();
        Map<String, String> details = new LinkedHashMap<>();
        vehicle.vin().ifPresent(text -> details.put("vin", text));
        vehicle.plate().ifPresent(text -> details.put("plate", text));
        vehicle.make().ifPresent(text -> details.put("make", text));
        vehicle.model().ifPresent(text -> details.put("model", text));
        vehicle.happenedOn().ifPresent(day -> details.put("happened", day.toString()));
        vehicle.reference().ifPresent(text -> details.put("reference", text));
        List<String> numbers =
                Stream.concat(vehicle.vin().stream(), vehicle.plate().stream()).toList();
        return comparison(
                registered.id(),
                registered.source(),
                registered.addedAt(),
                Standing.STOLEN_VEHICLE,
                vehicle.country(),
                numbers,
                details,
                asked);
    }

    private static Comparison comparison(
            ThingId id,
            String source,
            Instant addedAt,
            Standing standing,
            String country,
            List<String> numbers,
            Map<String, String> details,
            Collection<String> asked) {
        String same = numbers.stream().filter(asked::contains).findFirst().orElse(numbers.get(0));
        String schema = id.register().name();
        return new Comparison(
                id.toString(),
                source.isEmpty() ? id.register().word() + "s" : source,
                addedAt,
                standing,
                true,
                new Comparison.Side(schema, List.of(), List.of(), List.of(), List.of(same)),
                new Comparison.Side(schema, List.of(), List.of(), List.of(country), numbers),
                details,
                List.of(new Comparison.Row("number", "agrees", same, same, 1)),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                1,
                0,
                "exact");
    }

    public Stream<ThingId> ids() {
        return Stream.concat(
                documents.stream().map(RegisteredDocument::id),
                vehicles.stream().map(RegisteredVehicle::id));
    }
}
