package org.sharaka.node.screening.register;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
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
import org.sharaka.node.platform.Vault;
import org.sharaka.node.screening.Comparison;
import org.sharaka.node.screening.ScreeningProblem;

/**
 * Looks numbers up in the registers. Needs {@link Permission#SCREENING_QUERY} and a purpose; each look-up is entered in the audit before its
 * answer.
 */
public final class RegisterLookup {
    /** Numbers of one look-up. */
    private static final int NUMBERS_MAX = 100;

    private static final int HASH_BYTES = 16;

    private final RegisterEntries registers;
    private final AuditTrail audit;
    private final Vault vault;
    private final Clock clock;

    public RegisterLookup(RegisterEntries registers, AuditTrail audit, Vault vault, Clock clock) {
        this.registers = registers;
        this.audit = audit;
        this.vault = vault;
        this.clock = clock;
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
        return registers.document(id.value(), clock.instant()).orElseThrow(RegisterLookup::notFound);
    }

    /** For an act or a page that enters itself. */
    public RegisteredVehicle registeredVehicle(ThingId id) {
        if (id.register() != ThingId.Register.VEHICLE) throw notFound();
        return registers.vehicle(id.value(), clock.instant()).orElseThrow(RegisterLookup::notFound);
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

    static org.sharaka.node.platform.ProblemException notFound() {
        return ScreeningProblem.NOT_FOUND.because("no such entry in a register");
    }

    private static void mayAsk(Actor actor) {
        actor.require(Permission.SCREENING_QUERY).requirePurpose();
    }

    /** Numbers by their keyed hash: the same question is known again. */
    private String subject(Set<String> numbers) {
        String text = String.join("\u0000", new TreeSet<>(numbers));
        byte[] mac = vault.mac("screening.register-query", text.getBytes(StandardCharsets.UTF_8));
        return "query/" + HexFormat.of().formatHex(mac, 0, HASH_BYTES);
    }
}
