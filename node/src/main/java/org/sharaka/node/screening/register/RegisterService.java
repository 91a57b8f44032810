package org.sharaka.node.screening.register;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.platform.Ids;
import org.sharaka.node.screening.ScreeningProblem;
import org.sharaka.node.screening.ScreeningSettings;

/**
 * Keeps this country's own entries of the registers. Changing needs {@link Permission#REGISTER_WRITE} and a purpose. Entries of other
 * countries come with their lists and cannot be touched here.
 */
public final class RegisterService {
    private final SqlRegisters registers;
    private final RegisterLookup lookup;
    private final AuditTrail audit;
    private final ScreeningSettings settings;
    private final Ids ids;
    private final Clock clock;

    RegisterService(
            SqlRegisters registers,
            RegisterLookup lookup,
            AuditTrail audit,
            ScreeningSettings settings,
            Ids ids,
            Clock clock) {
        this.registers = registers;
        this.audit = audit;
        this.lookup = lookup;
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
    }

    /** The country whose own registers these are. */
    public String country() {
        return settings.country();
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
            return registers.own(document, now).orElseThrow(RegisterLookup::notFound);
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
            return registers.own(vehicle, now).orElseThrow(RegisterLookup::notFound);
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
                    ? lookup.registeredDocument(id).own()
                    : lookup.registeredVehicle(id).own();
            if (!own) throw ScreeningProblem.NOT_THE_ISSUER.because(id.toString());
            if (!registers.remove(id)) throw RegisterLookup.notFound();
            registers.changed(entry, id.toString(), now());
            return id;
        });
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

    int purge(Instant now, int limit) {
        return registers.purge(now, limit);
    }
}
