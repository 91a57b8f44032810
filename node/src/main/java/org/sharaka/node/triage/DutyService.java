package org.sharaka.node.triage;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Officer;
import org.sharaka.node.access.OfficerService;
import org.sharaka.node.access.Permission;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.intake.ReportId;
import org.sharaka.node.platform.Ids;

/** Who is on duty, whom an alarm reaches, and what one shift hands to the next. */
public final class DutyService {
    /** Reports of one part of a handover sheet. */
    static final int SHEET_MAX = 50;

    private static final int HANDOVERS_SHOWN = 10;
    private static final int ALARMS_SHOWN = 5;
    private static final int ALARMED_AT_ONCE = 50;
    /** A note is for the next hours; a month lets a supervisor look back. */
    private static final Duration KEPT = Duration.ofDays(31);

    private static final Actor ALARM = Actor.system("triage.alarm");

    private final SqlDuty duty;
    private final SqlItems items;
    private final OfficerService officers;
    private final TriageSettings settings;
    private final AuditTrail audit;
    private final Ids ids;
    private final Clock clock;

    DutyService(
            SqlDuty duty,
            SqlItems items,
            OfficerService officers,
            TriageSettings settings,
            AuditTrail audit,
            Ids ids,
            Clock clock) {
        this.duty = duty;
        this.items = items;
        this.officers = officers;
        this.settings = settings;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /** Shifts that have not ended. */
    public List<Shift> roster(Actor actor) {
        actor.require(Permission.REPORT_TRIAGE);
        return duty.shifts(now());
    }

    /** @throws org.sharaka.node.platform.ProblemException {@link TriageProblem#BAD_SHIFT}, {@link TriageProblem#NO_SUCH_OFFICER} */
    public Shift plan(Actor actor, String login, Instant beginsAt, Instant endsAt, int position) {
        return audit.act(actor, "triage.shift-plan", "roster", () -> {
            actor.require(Permission.TRIAGE_ADMINISTER);
            Officer officer = officers.able(Permission.REPORT_TRIAGE).stream()
                    .filter(each -> each.login().value().equals(login.strip()))
                    .findFirst()
                    .orElseThrow(() -> TriageProblem.NO_SUCH_OFFICER.because("no such officer works the queue"));
            var shift = new Shift(ids.random(), officer.id().toString(), beginsAt, endsAt, position);
            duty.add(shift);
            return shift;
        });
    }

    public void cancel(Actor actor, UUID shift) {
        audit.act(actor, "triage.shift-cancel", "shift/" + shift, () -> {
            actor.require(Permission.TRIAGE_ADMINISTER);
            if (!duty.removeShift(shift)) throw TriageProblem.NO_SUCH_SHIFT.because("shift " + shift);
            return shift;
        });
    }

    /** Alarms of reports that are still unread. Not entered: the queue that shows them is. */
    public List<Alarm> ringing(Actor actor) {
        actor.require(Permission.REPORT_TRIAGE);
        return duty.ringing(actor, ALARMS_SHOWN);
    }

    /**
     * Alarms the next officer on duty for each urgent report that stays unread.
     *
     * @param out whether alarms also leave the node
     * @return the alarms rung
     */
    List<Alarm> ring(boolean out) {
        Instant now = now();
        List<Alarm> rung = new ArrayList<>();
        for (Item item : items.overdue(now, ALARMED_AT_ONCE)) {
            Optional<Alarm> last = duty.last(item.report());
            if (last.isPresent()
                    && last.get().rungAt().plus(settings.alarmEvery()).isAfter(now)) continue;
            int step = last.map(Alarm::step).orElse(0) + 1;
            List<String> onDuty = onDuty(item, now);
            var alarm = new Alarm(
                    ids.random(),
                    item.report(),
                    step,
                    now,
                    onDuty.isEmpty() ? Optional.empty() : Optional.of(onDuty.get((step - 1) % onDuty.size())),
                    out ? Alarm.Webhook.WAITING : Alarm.Webhook.NONE);
            boolean mine =
                    audit.act(ALARM, "triage.alarm", TriageService.subject(item.report()), () -> duty.add(alarm));
            if (mine) rung.add(alarm);
        }
        return rung;
    }

    /** The officers on duty who may see a report, in the order in which they are alarmed. */
    private List<String> onDuty(Item item, Instant now) {
        List<Officer> able = officers.able(Permission.REPORT_TRIAGE);
        return duty.shifts(now).stream()
                .filter(shift -> shift.on(now))
                .sorted(Comparator.comparingInt(Shift::position).thenComparing(Shift::beginsAt))
                .map(Shift::officer)
                .filter(id -> able.stream()
                        .anyMatch(officer -> officer.id().toString().equals(id) && maySee(officer, item)))
                .distinct()
                .toList();
    }

    static boolean maySee(Officer officer, Item item) {
        return !item.closed()
                || officer.unit()
                        .map(SqlItems::folded)
                        .filter(item.closedTo()::equals)
                        .isPresent();
    }

    /**
     * What a shift hands over.
     *
     * @param unread urgent reports that nobody has opened
     * @param urgent urgent reports that are being worked on
     * @param heard reports whose reporter wrote and nobody has read it
     * @param waiting reports that wait for their reporter
     */
    public record Sheet(List<Item> unread, List<Item> urgent, List<Item> heard, List<Item> waiting) {
        public Sheet {
            unread = List.copyOf(unread);
            urgent = List.copyOf(urgent);
            heard = List.copyOf(heard);
            waiting = List.copyOf(waiting);
        }

        /** All of them, each once. */
        public List<ReportId> reports() {
            return Stream.of(unread, urgent, heard, waiting)
                    .flatMap(List::stream)
                    .map(Item::report)
                    .distinct()
                    .toList();
        }
    }

    /** The sheet of this moment, of what the officer may see. */
    public Sheet sheet(Actor actor) {
        return audit.read(actor, "triage.handover-sheet", "handover", () -> {
            actor.require(Permission.REPORT_TRIAGE).requirePurpose();
            return sheetOf(actor);
        });
    }

    private Sheet sheetOf(Actor actor) {
        List<Item> open = items.page(actor, QueueFilter.of(QueueFilter.View.OPEN), Optional.empty(), 4 * SHEET_MAX);
        return new Sheet(
                some(open.stream().filter(item -> item.priority().level().urgent() && item.state() == ItemState.NEW)),
                some(open.stream().filter(item -> item.priority().level().urgent() && item.state() == ItemState.OPEN)),
                items
                        .page(
                                actor,
                                new QueueFilter(
                                        QueueFilter.View.OPEN,
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        true),
                                Optional.empty(),
                                4 * SHEET_MAX)
                        .stream()
                        .filter(item -> item.heardAt().isPresent())
                        .limit(SHEET_MAX)
                        .toList(),
                items.page(actor, QueueFilter.of(QueueFilter.View.WAITING), Optional.empty(), SHEET_MAX));
    }

    private static List<Item> some(Stream<Item> items) {
        return items.limit(SHEET_MAX).toList();
    }

    /** Signs the sheet of this moment with a note for the next shift. */
    public Handover handOver(Actor actor, String note) {
        return audit.act(actor, "triage.hand-over", "handover", () -> {
            actor.require(Permission.REPORT_TRIAGE).requirePurpose();
            if (note.length() > Handover.NOTE_LENGTH_MAX)
                throw TriageProblem.BAD_FIELD.because("a note has at most 4,000 characters");
            Instant now = now();
            var handover = new Handover(
                    ids.random(),
                    unit(actor),
                    actor.id(),
                    now,
                    note.replace('\0', ' ').strip(),
                    sheetOf(actor).reports(),
                    Optional.empty(),
                    Optional.empty(),
                    now.plus(KEPT));
            duty.add(handover);
            return handover;
        });
    }

    /** The latest handovers of the officer's own unit. */
    public List<Handover> handovers(Actor actor) {
        return audit.read(actor, "triage.handovers", "handover", () -> {
            actor.require(Permission.REPORT_TRIAGE).requirePurpose();
            return duty.handovers(unit(actor), HANDOVERS_SHOWN);
        });
    }

    /** Says that the next shift has read it: somebody else than who wrote it. */
    public void takeOver(Actor actor, UUID handover) {
        audit.act(actor, "triage.take-over", "handover/" + handover, () -> {
            actor.require(Permission.REPORT_TRIAGE).requirePurpose();
            if (duty.handovers(unit(actor), HANDOVERS_SHOWN).stream()
                    .noneMatch(each -> each.id().equals(handover)))
                throw TriageProblem.NO_SUCH_HANDOVER.because("handover " + handover);
            if (!duty.take(handover, unit(actor), actor.id(), now()))
                throw TriageProblem.HANDED_OVER.because("taken over before, or one's own");
            return handover;
        });
    }

    /** Ends what is over (S20). */
    void purge() {
        Instant now = now();
        Instant monthAgo = now.minus(KEPT);
        if (duty.anyOver(now, monthAgo))
            audit.act(Actor.system("triage.retention"), "triage.purge", "duty", () -> duty.purge(now, monthAgo));
    }

    private static String unit(Actor actor) {
        return actor.unit().map(SqlItems::folded).orElse("");
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
