package org.sharaka.node.screening.register;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.access.Actor;
import org.sharaka.node.platform.WebBody;
import org.sharaka.node.screening.ScreeningProblem;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The registers for programs, in two steps as networks of police have it: a number gives candidates, an id gives the record. */
@RestController
@RequestMapping("/api/v1/screening")
class RegisterApi {
    private static final int BODY_BYTES_MAX = 1 << 16;

    private final RegisterService registers;
    private final RegisterLookup lookup;
    private final JsonMapper json;

    RegisterApi(RegisterService registers, RegisterLookup lookup, JsonMapper json) {
        this.registers = registers;
        this.lookup = lookup;
        this.json = json;
    }

    /** A candidate: enough to see whether it is the thing at hand. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record CandidateJson(
            String id, String country, @Nullable String kind, String standing) {}

    record CandidatesJson(List<CandidateJson> candidates) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record DocumentJson(
            String id,
            String number,
            String kind,
            String country,
            String circumstances,
            @JsonProperty("happened_on") @Nullable LocalDate happenedOn,
            @JsonProperty("expires_on") @Nullable LocalDate expiresOn,
            @Nullable String reference,
            String standing,
            String source,
            @JsonProperty("added_at") Instant addedAt,
            @JsonProperty("ends_at") Instant endsAt) {
        static DocumentJson of(RegisteredDocument registered) {
            NewDocument document = registered.document();
            return new DocumentJson(
                    registered.id().toString(),
                    document.number(),
                    word(document.kind()),
                    document.country(),
                    word(document.circumstances()),
                    document.happenedOn().orElse(null),
                    document.expiresOn().orElse(null),
                    document.reference().orElse(null),
                    registered.standing().word(),
                    registered.source(),
                    registered.addedAt(),
                    registered.endsAt());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record VehicleJson(
            String id,
            @Nullable String vin,
            @Nullable String plate,
            String country,
            @Nullable String make,
            @Nullable String model,
            @JsonProperty("happened_on") @Nullable LocalDate happenedOn,
            @Nullable String reference,
            String standing,
            String source,
            @JsonProperty("added_at") Instant addedAt,
            @JsonProperty("ends_at") Instant endsAt) {
        static VehicleJson of(RegisteredVehicle registered) {
            NewVehicle vehicle = registered.vehicle();
            return new VehicleJson(
                    registered.id().toString(),
                    vehicle.vin().orElse(null),
                    vehicle.plate().orElse(null),
                    vehicle.country(),
                    vehicle.make().orElse(null),
                    vehicle.model().orElse(null),
                    vehicle.happenedOn().orElse(null),
                    vehicle.reference().orElse(null),
                    org.sharaka.node.screening.Standing.STOLEN_VEHICLE.word(),
                    registered.source(),
                    registered.addedAt(),
                    registered.endsAt());
        }
    }

    @GetMapping("/documents")
    CandidatesJson documents(
            Actor actor,
            @RequestParam(defaultValue = "") String number,
            @RequestParam Optional<String> country,
            @RequestParam Optional<String> kind) {
        Optional<DocumentKind> wanted = kind.map(word -> DocumentKind.of(word)
                .orElseThrow(() -> ScreeningProblem.BAD_PARAMETER.because("kind: no kind of document")));
        return new CandidatesJson(lookup.documents(actor, number, country, wanted).stream()
                .map(each -> new CandidateJson(
                        each.id().toString(),
                        each.document().country(),
                        word(each.document().kind()),
                        each.standing().word()))
                .toList());
    }

    @GetMapping("/documents/{id}")
    DocumentJson document(Actor actor, @PathVariable String id) {
        return DocumentJson.of(lookup.document(actor, id(id)));
    }

    @PostMapping("/documents")
    ResponseEntity<DocumentJson> addDocument(Actor actor, HttpServletRequest request) throws IOException {
        JsonNode body = body(request);
        DocumentJson added = DocumentJson.of(registers.add(
                actor,
                new NewDocument(
                        text(body, "number").orElse(""),
                        text(body, "kind")
                                .flatMap(DocumentKind::of)
                                .orElseThrow(() -> ScreeningProblem.BAD_REGISTER_ENTRY.because("kind: not known")),
                        text(body, "country").orElseGet(registers::country),
                        text(body, "circumstances")
                                .flatMap(Circumstances::of)
                                .orElseThrow(
                                        () -> ScreeningProblem.BAD_REGISTER_ENTRY.because("circumstances: not known")),
                        day(body, "happened_on"),
                        day(body, "expires_on"),
                        text(body, "reference"))));
        return ResponseEntity.created(URI.create("/api/v1/screening/documents/" + added.id()))
                .body(added);
    }

    @DeleteMapping("/documents/{id}")
    ResponseEntity<Void> removeDocument(Actor actor, @PathVariable String id) {
        registers.remove(actor, id(id));
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/vehicles")
    CandidatesJson vehicles(
            Actor actor,
            @RequestParam Optional<String> vin,
            @RequestParam Optional<String> plate,
            @RequestParam Optional<String> country) {
        String number = vin.or(() -> plate).orElse("");
        return new CandidatesJson(lookup.vehicles(actor, number, country).stream()
                .map(each -> new CandidateJson(
                        each.id().toString(),
                        each.vehicle().country(),
                        null,
                        org.sharaka.node.screening.Standing.STOLEN_VEHICLE.word()))
                .toList());
    }

    @GetMapping("/vehicles/{id}")
    VehicleJson vehicle(Actor actor, @PathVariable String id) {
        return VehicleJson.of(lookup.vehicle(actor, id(id)));
    }

    @PostMapping("/vehicles")
    ResponseEntity<VehicleJson> addVehicle(Actor actor, HttpServletRequest request) throws IOException {
        JsonNode body = body(request);
        VehicleJson added = VehicleJson.of(registers.add(
                actor,
                new NewVehicle(
                        text(body, "vin"),
                        text(body, "plate"),
                        text(body, "country").orElseGet(registers::country),
                        text(body, "make"),
                        text(body, "model"),
                        day(body, "happened_on"),
                        text(body, "reference"))));
        return ResponseEntity.created(URI.create("/api/v1/screening/vehicles/" + added.id()))
                .body(added);
    }

    @DeleteMapping("/vehicles/{id}")
    ResponseEntity<Void> removeVehicle(Actor actor, @PathVariable String id) {
        registers.remove(actor, id(id));
        return ResponseEntity.noContent().build();
    }

    private JsonNode body(HttpServletRequest request) throws IOException {
        try {
            JsonNode body = json.readTree(WebBody.read(request, BODY_BYTES_MAX));
            if (body != null && body.isObject()) return body;
        } catch (JacksonException e) {
            // Told below, as for anything else that is no object.
        }
        throw ScreeningProblem.BAD_JSON.because("the body is an object");
    }

    private static Optional<String> text(JsonNode body, String field) {
        JsonNode value = body.get(field);
        return value != null && value.isString() ? Optional.of(value.asString()) : Optional.empty();
    }

    private static Optional<LocalDate> day(JsonNode body, String field) {
        try {
            return text(body, field).map(LocalDate::parse);
        } catch (DateTimeException e) {
            throw ScreeningProblem.BAD_REGISTER_ENTRY.because(field + ": a day as 2026-11-23");
        }
    }

    private static ThingId id(String id) {
        return ThingId.parse(id).orElseThrow(() -> ScreeningProblem.NOT_FOUND.because("no such entry in a register"));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
