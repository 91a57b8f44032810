package org.sharaka.node.bureau;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Officer;
import org.sharaka.node.access.OfficerService;
import org.sharaka.node.access.Permission;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.platform.Ids;

/**
 * What one shift hands to the next: everything open that its unit may see, a note, signed over to a colleague who confirms. Kept sealed as it was
 * signed; another unit knows nothing of it (SAFEGUARDS S19). Every look and act is entered.
 */
final class Handovers {
    /** Most that one part of a sheet lists. */
    static final int LISTED = 50;
    /** How long a shift may be that a sheet looks ahead to. */
    static final int SHIFT_HOURS_MAX = 24;

    private static final int SHOWN = 10;
    private static final Actor NODE = Actor.system("bureau");

    private final SqlHandovers handovers;
    private final SqlLists lists;
    private final List<OpenMatters> others;
    private final OfficerService officers;
    private final AuditTrail audit;
    private final Duration shift;
    private final Duration kept;
    private final Ids ids;
    private final Clock clock;

    Handovers(
            SqlHandovers handovers,
            SqlLists lists,
            List<OpenMatters> others,
            OfficerService officers,
            AuditTrail audit,
            BureauSettings settings,
            Ids ids,
            Clock clock) {
        this.handovers = handovers;
        this.lists = lists;
        this.others = List.copyOf(others);
        this.officers = officers;
        this.audit = audit;
        this.shift = settings.shift();
        this.kept = settings.retention();
        this.ids = ids;
        this.clock = clock;
    }

    /** How long a shift is here. */
    Duration shift() {
        return shift;
    }

    /**
     * The sheet of this moment, of what the officer may see, without a note.
     *
     * @param shift what the sheet looks ahead to
     */
    Handover.Signed sheet(Actor actor, Duration shift) {
        return audit.read(actor, "bureau.handover-sheet", "handover", () -> {
            actor.require(Permission.EXCHANGE_READ).requirePurpose();
            return sheet(actor, shift, "");
        });
    }

    private Handover.Signed sheet(Actor actor, Duration shift, String note) {
        Instant now = now();
        Instant until = now.plus(shift);
        return new Handover.Signed(
                note,
                until,
                Arrays.stream(Handover.Part.values())
                        .map(part -> section(part, lines(actor, part, now, until)))
                        .toList());
    }

    private List<Handover.Line> lines(Actor actor, Handover.Part part, Instant now, Instant until) {
        if (part != Handover.Part.OTHER)
            return handovers.part(actor, part, now, until, LISTED + 1).stream()
                    .map(Handover.Line::of)
                    .toList();
        return others.stream()
                .flatMap(each -> each.open(actor, LISTED + 1).stream())
                .map(Handover.Line::of)
                .toList();
    }

    private static Handover.Section section(Handover.Part part, List<Handover.Line> found) {
        return new Handover.Section(part, found.stream().limit(LISTED).toList(), found.size() > LISTED);
    }

    /** Conversations by their key, of those that are still kept and that the officer may see: for a sheet whose reading is entered. */
    Map<ConversationKey, Conversation> matters(Actor actor, Collection<Handover.Section> sections) {
        return lists.seen(
                actor,
                sections.stream()
                        .flatMap(section -> section.lines().stream())
                        .map(Handover.Line::key)
                        .distinct()
                        .toList());
    }

    /** Colleagues of the officer's unit who may take over. */
    List<Officer> successors(Actor actor) {
        actor.require(Permission.EXCHANGE_READ);
        return officers.able(Permission.EXCHANGE_SEND).stream()
                .filter(officer -> !officer.id().toString().equals(actor.id()))
                .filter(officer ->
                        officer.unit().map(SqlConversations::folded).orElse("").equals(unit(actor)))
                .toList();
    }

    /**
     * Signs the sheet of this moment over to a colleague.
     *
     * @param to login name
     * @throws org.sharaka.node.platform.ProblemException {@link BureauProblem#NO_SUCCESSOR}, {@link BureauProblem#BAD_FIELD}
     */
    Handover handOver(Actor actor, String to, Duration shift, String note) {
        UUID id = ids.random();
        return audit.act(actor, "bureau.hand-over", subject(id), entry -> {
            actor.require(Permission.EXCHANGE_READ).requirePurpose();
            actor.require(Permission.EXCHANGE_SEND);
            if (note.length() > Handover.NOTE_LENGTH_MAX)
                throw BureauProblem.BAD_FIELD.because("note: at most " + Handover.NOTE_LENGTH_MAX + " characters");
            Officer successor = successors(actor).stream()
                    .filter(officer -> officer.login().value().equals(to))
                    .findFirst()
                    .orElseThrow(() -> BureauProblem.NO_SUCCESSOR.because("not an officer of the unit who may write"));
            Instant now = now();
            Handover handover = new Handover(
                    id,
                    unit(actor),
                    actor.id(),
                    successor.id().toString(),
                    now,
                    sheet(actor, shift, note),
                    Optional.empty());
            handovers.add(handover, now.plus(kept), entry);
            return handover;
        });
    }

    /** The latest of the officer's own unit. */
    List<Handover> latest(Actor actor) {
        return audit.read(actor, "bureau.handovers", "handover", () -> {
            actor.require(Permission.EXCHANGE_READ).requirePurpose();
            return handovers.latest(unit(actor), SHOWN);
        });
    }

    /** @throws org.sharaka.node.platform.ProblemException {@link BureauProblem#NOT_FOUND}, also for another unit's */
    Handover view(Actor actor, UUID id) {
        return audit.read(actor, "bureau.handover-read", subject(id), () -> {
            actor.require(Permission.EXCHANGE_READ).requirePurpose();
            return find(actor, id);
        });
    }

    /**
     * The colleague to whom it was given says that they took over.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link BureauProblem#NOT_FOUND}, {@link BureauProblem#HANDED_OVER}
     */
    void takeOver(Actor actor, UUID id) {
        Optional<Void> unused = audit.act(actor, "bureau.take-over", subject(id), entry -> {
            actor.require(Permission.EXCHANGE_READ).requirePurpose();
            actor.require(Permission.EXCHANGE_SEND);
            Handover handover = find(actor, id);
            if (!handovers.take(handover.id(), actor.id(), now(), entry))
                throw BureauProblem.HANDED_OVER.because(subject(id));
            return Optional.empty();
        });
    }

    private Handover find(Actor actor, UUID id) {
        return handovers.find(unit(actor), id).orElseThrow(() -> BureauProblem.NOT_FOUND.because("no such handover"));
    }

    /** Ends what is over (SAFEGUARDS S20). */
    void purge() {
        Instant now = now();
        if (handovers.anyEnded(now)) audit.act(NODE, "bureau.purge", "handover", () -> handovers.removeEnded(now));
    }

    private static String subject(UUID id) {
        return "handover/" + id;
    }

    private static String unit(Actor actor) {
        return actor.unit().map(SqlConversations::folded).orElse("");
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
