package org.sharaka.node.screening.register;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.sharaka.matching.ExactKey;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.platform.Ids;
import org.sharaka.node.platform.Vault;
import org.sharaka.node.screening.Comparison;
import org.sharaka.node.screening.ScreeningProblem;
import org.sharaka.node.screening.ScreeningSettings;

/**
 * Looks numbers up in the registers, and keeps this country's own entries. Looking up needs {@link Permission#SCREENING_QUERY}, changing
 * {@link Permission#REGISTER_WRITE}; both a purpose. Entries of other countries come with their lists and cannot be touched here.
 */
public final class RegisterService {
    /** Numbers of one look-up. */
    private static final int NUMBERS_MAX = 100;

    private static final int HASH_BYTES = 16;

    private final SqlRegisters registers;
    private final AuditTrail audit;
    private final Vault vault;
    private final ScreeningSettings settings;
    private final Ids ids;
    private final Clock clock;

    RegisterService(
            SqlRegisters registers, AuditTrail audit, Vault vault, ScreeningSettings settings, Ids ids, Clock clock) {
        this.registers = registers;
        this.audit = audit;
        this.vault = vault;
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
    }

    /** The country whose own registers these are. */
    public String country() {
        return settings.country();
    }

    /**
     * Everything under these numbers; nothing is asked, and nothing entered, where none can be a document's or vehicle's.
     *
     * @param keys as what the numbers may be read
     */
    public Registered find(Actor actor, Collection<ExactKey> keys) {
        return findAll(actor, List.of(keys)).get(0);
    }

    /** As {@link #find} for one after the other, in their order; all are entered together. */
    public List<Registered> findAll(Actor actor, List<? extends Collection<ExactKey>> asked) {
        List<String> subjects = new ArrayList<>();
        for (Collection<ExactKey> keys : asked) {
            Set<String> all = numbers(keys, ExactKey.Kind.DOCUMENT);
            all.addAll(numbers(keys, ExactKey.Kind.VEHICLE));
            if (!all.isEmpty()) subjects.add(subject(all));
        }
        if (subjects.isEmpty())
            return asked.stream().map(keys -> Registered.NOTHING).toList();
        return audit.readAll(actor, "screening.register-query", subjects, () -> {
            mayAsk(actor);
            Instant now = clock.instant();
            return asked.stream().map(keys -> registered(keys, now)).toList();
        });
    }

    private Registered registered(Collection<ExactKey> keys, Instant now) {
        Set<String> documents = numbers(keys, ExactKey.Kind.DOCUMENT);
        Set<String> vehicles = numbers(keys, ExactKey.Kind.VEHICLE);
        if (documents.isEmpty() && vehicles.isEmpty()) return Registered.NOTHING;
        return new Registered(registers.documents(documents, now), registers.vehicles(vehicles, now));
    }

    private static Set<String> numbers(Collection<ExactKey> keys, ExactKey.Kind kind) {
        Set<String> numbers = new TreeSet<>();
        for (ExactKey key : keys) if (key.kind() == kind && numbers.size() < NUMBERS_MAX) numbers.add(key.value());
        return numbers;
    }

    /** Documents of a number; the first of two steps: the candidates. */
    public List<RegisteredDocument> documents(
            Actor actor, String number, Optional<String> country, Optional<DocumentKind> kind) {
        String wanted = NewDocument.canonical(number);
        return audit.read(actor, "screening.register-query", subject(Set.of(wanted)), () -> {
            mayAsk(actor);
            return registers.documents(Set.of(wanted), clock.instant()).stream()
                    .filter(each -> country.map(code ->
                                    code.equalsIgnoreCase(each.document().country()))
                            .orElse(true))
                    .filter(each -> kind.map(
                                    wantedKind -> wantedKind == each.document().kind())
                            .orElse(true))
                    .toList();
        });
    }

    /** Vehicles of a chassis number or plate; the first of two steps: the candidates. */
    public List<RegisteredVehicle> vehicles(Actor actor, String number, Optional<String> country) {
        String wanted = ExactKey.number(ExactKey.Kind.VEHICLE, number, "")
                .map(ExactKey::value)
                .orElseThrow(() -> ScreeningProblem.BAD_REGISTER_ENTRY.because("letters and digits, at least four"));
        return audit.read(actor, "screening.register-query", subject(Set.of(wanted)), () -> {
            mayAsk(actor);
            return registers.vehicles(Set.of(wanted), clock.instant()).stream()
                    .filter(each -> country.map(
                                    code -> code.equalsIgnoreCase(each.vehicle().country()))
                            .orElse(true))
                    .toList();
        });
    }

    /**
     * The record of a candidate: the second step.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link ScreeningProblem#NOT_FOUND}
     */
    public RegisteredDocument document(Actor actor, ThingId id) {
        return audit.read(actor, "screening.register-entry", id.toString(), () -> {
            mayAsk(actor);
            return registeredDocument(id);
        });
    }

    /** As {@link #document}. */
    public RegisteredVehicle vehicle(Actor actor, ThingId id) {
        return audit.read(actor, "screening.register-entry", id.toString(), () -> {
            mayAsk(actor);
            return registeredVehicle(id);
        });
    }

    /** For an act or a page that enters itself. */
    public RegisteredDocument registeredDocument(ThingId id) {
        if (id.register() != ThingId.Register.DOCUMENT) throw notFound();
        return registers.document(id.value(), clock.instant()).orElseThrow(RegisterService::notFound);
    }

    /** For an act or a page that enters itself. */
    public RegisteredVehicle registeredVehicle(ThingId id) {
        if (id.register() != ThingId.Register.VEHICLE) throw notFound();
        return registers.vehicle(id.value(), clock.instant()).orElseThrow(RegisterService::notFound);
    }

    /**
     * An entry beside what was asked; for an act or a page that enters itself.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link ScreeningProblem#NOT_FOUND} for one that does not have the number
     */
    public Comparison compared(ThingId id, Collection<ExactKey> asked) {
        Set<String> numbers = new TreeSet<>();
        for (ExactKey key : asked) numbers.add(key.value());
        Comparison comparison = id.register() == ThingId.Register.DOCUMENT
                ? Registered.comparison(registeredDocument(id), numbers)
                : Registered.comparison(registeredVehicle(id), numbers);
        if (comparison.listed().numbers().stream().noneMatch(numbers::contains)) throw notFound();
        return comparison;
    }

    /** As {@link #compared}, entered as a read of its own. */
    public Comparison compare(Actor actor, ThingId id, Collection<ExactKey> asked) {
        return audit.read(actor, "screening.register-entry", id.toString(), () -> {
            mayAsk(actor);
            return compared(id, asked);
        });
    }

    private static org.sharaka.node.platform.ProblemException notFound() {
        return ScreeningProblem.NOT_FOUND.because("no such entry in a register");
    }

    /**
     * Adds a document of this country, or renews what is said of it.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link ScreeningProblem#NOT_THE_ISSUER} for another country's
     */
    public RegisteredDocument add(Actor actor, NewDocument document) {
        ThingId id = new ThingId(ThingId.Register.DOCUMENT, ids.random());
        return audit.act(actor, "screening.register-add", "register/documents", entry -> {
            mayChange(actor, document.country());
            Instant now = now();
            registers.lock();
            registers.addDocuments(List.of(new RegisteredDocument(id, "", document, now, ends(now))));
            registers.changed(entry, "register/documents", now);
            return registers.own(document, now).orElseThrow(RegisterService::notFound);
        });
    }

    /** As {@link #add(Actor, NewDocument)}. */
    public RegisteredVehicle add(Actor actor, NewVehicle vehicle) {
        ThingId id = new ThingId(ThingId.Register.VEHICLE, ids.random());
        return audit.act(actor, "screening.register-add", "register/vehicles", entry -> {
            mayChange(actor, vehicle.country());
            Instant now = now();
            registers.lock();
            registers.addVehicles(List.of(new RegisteredVehicle(id, "", vehicle, now, ends(now))));
            registers.changed(entry, "register/vehicles", now);
            return registers.own(vehicle, now).orElseThrow(RegisterService::notFound);
        });
    }

    /**
     * Takes an own entry out: it was found, or a mistake.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link ScreeningProblem#NOT_THE_ISSUER} for another country's,
     *     {@link ScreeningProblem#NOT_FOUND}
     */
    public void remove(Actor actor, ThingId id) {
        var unused = audit.act(actor, "screening.register-remove", id.toString(), entry -> {
            actor.require(Permission.REGISTER_WRITE).requirePurpose();
            boolean own = id.register() == ThingId.Register.DOCUMENT
                    ? registeredDocument(id).own()
                    : registeredVehicle(id).own();
            if (!own) throw ScreeningProblem.NOT_THE_ISSUER.because(id.toString());
            if (!registers.remove(id)) throw notFound();
            registers.changed(entry, id.toString(), now());
            return id;
        });
    }

    private static void mayAsk(Actor actor) {
        actor.require(Permission.SCREENING_QUERY).requirePurpose();
    }

    private void mayChange(Actor actor, String issuer) {
        actor.require(Permission.REGISTER_WRITE).requirePurpose();
        if (!issuer.equals(settings.country()))
            throw ScreeningProblem.NOT_THE_ISSUER.because("this register is of " + settings.country());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private Instant ends(Instant now) {
        return now.atZone(ZoneOffset.UTC).plus(settings.registerRetention()).toInstant();
    }

    /** Numbers by their keyed hash: the same question is known again. */
    private String subject(Set<String> numbers) {
        String text = String.join("\u0000", new TreeSet<>(numbers));
        byte[] mac = vault.mac("screening.register-query", text.getBytes(StandardCharsets.UTF_8));
        return "query/" + HexFormat.of().formatHex(mac, 0, HASH_BYTES);
    }

    int purge(Instant now, int limit) {
        return registers.purge(now, limit);
    }
}
