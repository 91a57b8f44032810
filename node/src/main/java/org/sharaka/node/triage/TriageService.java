package org.sharaka.node.triage;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.OfficerService;
import org.sharaka.node.access.Permission;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.intake.CorrespondenceService;
import org.sharaka.node.intake.IntakeService;
import org.sharaka.node.intake.Reference;
import org.sharaka.node.intake.ReportFacts;
import org.sharaka.node.intake.ReportId;
import org.sharaka.node.intake.ReportStatus;
import org.sharaka.node.intake.ReportSummary;
import org.sharaka.node.platform.Page;
import org.sharaka.node.platform.ProblemException;

/**
 * The officers' work on reports: which one is next, who has it, what its reporter is told. Every method needs
 * {@link Permission#REPORT_TRIAGE}; reading needs a purpose and is entered before it answers. A report closed to a unit does
 * not exist for officers of another.
 */
public final class TriageService {
    /** Reports on one page of the queue. */
    static final int PAGE_LENGTH = 50;

    /** A number beside a list is exact up to here. */
    static final int COUNT_MAX = 1_000;

    private static final int MOVED_AT_ONCE = 500;

    private final SqlItems items;
    private final PriorityPolicy policy;
    private final IntakeService intake;
    private final CorrespondenceService correspondence;
    private final OfficerService officers;
    private final AuditTrail audit;
    private final Clock clock;

    /** Seven parts: the queue is where a report, its reporter and its officers meet. */
    TriageService(
            SqlItems items,
            PriorityPolicy policy,
            IntakeService intake,
            CorrespondenceService correspondence,
            OfficerService officers,
            AuditTrail audit,
            Clock clock) {
        this.items = items;
        this.policy = policy;
        this.intake = intake;
        this.correspondence = correspondence;
        this.officers = officers;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * One page of a list of the queue, the most urgent first; of ended reports the last ended first.
     *
     * @param cursor {@link Page#next} of the page before
     * @throws ProblemException {@link TriageProblem#BAD_CURSOR}
     */
    public Page<QueueLine> queue(Actor actor, QueueFilter filter, Optional<String> cursor) {
        return audit.read(actor, "triage.queue", "queue/" + filter.view(), () -> {
            worker(actor).requirePurpose();
            Optional<SqlItems.Place> after = cursor.map(text -> place(actor, text));
            List<Item> found = items.page(actor, filter, after, PAGE_LENGTH + 1);
            List<Item> page = found.size() > PAGE_LENGTH ? found.subList(0, PAGE_LENGTH) : found;
            List<QueueLine> lines = lines(actor, page);
            if (found.size() <= PAGE_LENGTH) return new Page<>(lines, Optional.empty());
            return new Page<>(lines, Optional.of(cursor(filter, page.get(PAGE_LENGTH - 1))));
        });
    }

    private List<QueueLine> lines(Actor actor, List<Item> page) {
        Map<ReportId, ReportSummary> summaries = new HashMap<>();
        intake.summaries(actor, page.stream().map(Item::report).toList())
                .forEach(summary -> summaries.put(summary.id(), summary));
        List<QueueLine> lines = new ArrayList<>(page.size());
        for (Item item : page) {
            ReportSummary summary = summaries.get(item.report());
            if (summary != null) lines.add(new QueueLine(item, summary));
        }
        return lines;
    }

    /** Where a page ended; a report's id tells its time and stays inside, its reference may travel. */
    private String cursor(QueueFilter filter, Item last) {
        Instant at = filter.view() == QueueFilter.View.DONE
                ? last.doneAt().orElseThrow()
                : last.priority().dueAt();
        Reference reference = intake.referencesOf(List.of(last.report())).get(last.report());
        if (reference == null) throw TriageProblem.BAD_CURSOR.because("the last report was purged");
        return last.priority().level().rank() + "~" + ChronoUnit.MICROS.between(Instant.EPOCH, at) + "~"
                + reference.symbols();
    }

    private SqlItems.Place place(Actor actor, String cursor) {
        try {
            String[] parts = cursor.split("~", -1);
            if (parts.length != 3) throw new IllegalArgumentException("not three parts");
            // The place is a bound and nothing more: one of a closed report would tell of it.
            ReportId report = Reference.parse(parts[2])
                    .map(reference -> intake.locate(actor, reference, "triage.queue"))
                    .orElseThrow(IllegalArgumentException::new);
            return new SqlItems.Place(
                    Integer.parseInt(parts[0]),
                    Instant.EPOCH.plus(Long.parseLong(parts[1]), ChronoUnit.MICROS),
                    report);
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException | ProblemException e) {
            throw TriageProblem.BAD_CURSOR.because("the cursor names no place in the queue");
        }
    }

    /**
     * How many reports a list holds for this officer, exact up to a thousand. Not entered: it names nobody, and the page
     * that shows it is.
     */
    public int count(Actor actor, QueueFilter filter) {
        return items.count(worker(actor), filter, COUNT_MAX + 1);
    }

    /**
     * A mark of what stands on top of the queue; it changes with it. Programs ask for it every few seconds, so it is not
     * entered, and it tells nothing of what it marks.
     */
    public News news(Actor actor) {
        worker(actor);
        Instant now = clock.instant();
        List<Item> top = items.page(actor, QueueFilter.of(QueueFilter.View.OPEN), Optional.empty(), PAGE_LENGTH);
        int urgent = 0;
        int overdue = 0;
        var state = new StringBuilder();
        for (Item item : top) {
            boolean unread =
                    item.state() == ItemState.NEW && item.priority().level().urgent();
            if (unread) urgent++;
            if (unread && !item.priority().dueAt().isAfter(now)) overdue++;
            state.append(item.report())
                    .append(item.priority().level())
                    .append(item.state())
                    .append(item.officer())
                    .append(item.unit())
                    .append(item.heardAt());
        }
        String mark = Integer.toHexString(
                        java.util.Arrays.hashCode(state.toString().getBytes(StandardCharsets.UTF_8))) + "-" + overdue;
        return new News(mark, urgent, overdue);
    }

    /**
     * What changed on top of the queue.
     *
     * @param mark opaque
     * @param urgent unread urgent reports on the first page
     * @param overdue those of them that should have been read by now: an alarm
     */
    public record News(String mark, int urgent, int overdue) {}

    /**
     * A report's place in the queue, without marking it as read.
     *
     * @throws ProblemException intake's not-found; {@link TriageProblem#NOT_QUEUED} for an imported report
     */
    public Item item(Actor actor, Reference reference) {
        ReportId id = located(actor, reference, "triage.view");
        return audit.read(actor, "triage.view", subject(id), () -> {
            actor.requirePurpose();
            return queued(items.find(id));
        });
    }

    /** Opens a report: who does so first has read it, its alarm falls silent, and its reporter is told so. */
    public Item open(Actor actor, Reference reference) {
        Item item = item(actor, reference);
        if (item.readAt().isPresent() && item.heardAt().isEmpty()) return item;
        return act(actor, reference, "triage.read", found -> {
            boolean first = found.readAt().isEmpty();
            if (!items.read(found.report(), actor.id(), now())) return;
            int unread = correspondence.read(actor, reference);
            if (first && unread >= 0) tell(actor, found, ReportStatus.READ);
        });
    }

    /** The officer works on it from now on. */
    public Item take(Actor actor, Reference reference, boolean femaleOfficer) {
        return act(actor, reference, "triage.take", item -> {
            standing(item);
            assign(actor, item, actor.unit().or(item::unit), Optional.of(actor.id()), femaleOfficer);
        });
    }

    /**
     * Gives the work to a unit, or to an officer of it.
     *
     * @param login of the officer; empty for nobody in particular
     * @throws ProblemException {@link TriageProblem#UNIT_MISSING}, {@link TriageProblem#NO_SUCH_OFFICER},
     *     {@link TriageProblem#FEMALE_OFFICER_WANTED}
     */
    public Item assign(Actor actor, Reference reference, String unit, Optional<String> login, boolean femaleOfficer) {
        return act(actor, reference, "triage.assign", item -> {
            standing(item);
            String named = unit.strip();
            if (named.isEmpty() || named.length() > AssignmentRule.UNIT_LENGTH_MAX)
                throw TriageProblem.UNIT_MISSING.because("a unit has 1 to 200 characters");
            Optional<String> officer = login.map(name -> workerOf(item, name));
            assign(actor, item, Optional.of(named), officer, femaleOfficer);
            tell(actor, item, ReportStatus.WITH_UNIT);
        });
    }

    private void assign(
            Actor actor, Item item, Optional<String> unit, Optional<String> officer, boolean femaleOfficer) {
        if (item.wantsFemale() && officer.isPresent() && !femaleOfficer)
            throw TriageProblem.FEMALE_OFFICER_WANTED.because("the reporter asked for a female officer");
        Optional<String> confirmed =
                item.wantsFemale() && officer.isPresent() ? Optional.of(actor.id()) : Optional.empty();
        items.assign(item.report(), unit, officer, confirmed);
    }

    /** An officer who works the queue; of a closed report only one of its unit. */
    private String workerOf(Item item, String login) {
        return officers.able(Permission.REPORT_TRIAGE).stream()
                .filter(officer -> officer.login().value().equals(login.strip()))
                .filter(officer -> DutyService.maySee(officer, item))
                .findFirst()
                .map(officer -> officer.id().toString())
                .orElseThrow(() -> TriageProblem.NO_SUCH_OFFICER.because("no officer of that login works this queue"));
    }

    /** Nothing further is done by itself; a message of the reporter opens it again. */
    public Item finish(Actor actor, Reference reference) {
        return act(actor, reference, "triage.finish", item -> {
            standing(item);
            items.state(item.report(), ItemState.DONE, now());
            tell(actor, item, ReportStatus.CLOSED);
        });
    }

    public Item reopen(Actor actor, Reference reference) {
        return act(actor, reference, "triage.reopen", item -> {
            if (item.state() == ItemState.MERGED) throw TriageProblem.ENDED.because("the report is merged");
            items.state(item.report(), ItemState.OPEN, now());
            tell(actor, item, item.unit().isPresent() ? ReportStatus.WITH_UNIT : ReportStatus.READ);
        });
    }

    /** Takes up a report that was set aside: it links like others and stands where its circumstances put it. */
    public Item takeUp(Actor actor, Reference reference) {
        return act(actor, reference, "triage.take-up", item -> {
            intake.takeUp(actor, reference);
            replace(item.report(), now());
        });
    }

    /**
     * Writes to the reporter.
     *
     * @param answerWanted whether the reporter was asked something: then the report waits
     */
    public Item write(Actor actor, Reference reference, String text, Optional<String> language, boolean answerWanted) {
        if (text.isBlank()) throw TriageProblem.LETTER_MISSING.because("the letter has no text");
        return act(actor, reference, "triage.write", item -> {
            correspondence.write(actor, reference, text, language);
            if (item.state().ended()) return;
            if (item.state() == ItemState.NEW) {
                boolean unused = items.read(item.report(), actor.id(), now());
            }
            items.state(item.report(), answerWanted ? ItemState.WAITING : ItemState.OPEN, now());
            if (answerWanted) intake.status(actor, reference, ReportStatus.ANSWER_WANTED);
        });
    }

    /**
     * Works on two reports of the same, by the same person, as on one. The second no longer counts in any campaign; its
     * reporter keeps reference and mailbox and is told what the first one's is.
     *
     * @param into the report that stays
     * @throws ProblemException {@link TriageProblem#CANNOT_MERGE}
     */
    public Item merge(Actor actor, Reference reference, Reference into) {
        ReportId original = located(actor, into, "triage.merge");
        return act(actor, reference, "triage.merge", item -> {
            standing(item);
            Item other = queued(items.locked(original));
            if (other.report().equals(item.report())
                    || other.state() == ItemState.MERGED
                    || !other.closedTo().equals(item.closedTo())
                    || !items.mergedInto(item.report()).isEmpty())
                throw TriageProblem.CANNOT_MERGE.because("not into itself, a merged report or another compartment");
            intake.duplicate(actor, item.report(), Optional.of(original));
            items.merge(item.report(), original, now());
        });
    }

    /** Undoes {@link #merge}. */
    public Item unmerge(Actor actor, Reference reference) {
        return act(actor, reference, "triage.unmerge", item -> {
            if (item.state() != ItemState.MERGED) throw TriageProblem.NOT_MERGED.because("the report is not merged");
            intake.duplicate(actor, item.report(), Optional.empty());
            items.state(item.report(), ItemState.OPEN, now());
        });
    }

    /** References of the reports merged into one. */
    public List<Reference> mergedInto(Actor actor, Item item) {
        worker(actor);
        return List.copyOf(intake.referencesOf(items.mergedInto(item.report())).values());
    }

    /**
     * Closes a sensitive report to one unit, for instance that for women and children; from then on it does not exist for
     * anybody else, the officer who does this included.
     */
    public void close(Actor actor, Reference reference, String unit) {
        ReportId id = located(actor, reference, "triage.close");
        audit.act(actor, "triage.close", subject(id), () -> {
            String named = unit.strip();
            if (named.isEmpty() || named.length() > AssignmentRule.UNIT_LENGTH_MAX)
                throw TriageProblem.UNIT_MISSING.because("a unit has 1 to 200 characters");
            Item item = queued(items.locked(id));
            intake.close(actor, id, Optional.of(named));
            items.close(id, named);
            items.assign(id, Optional.of(named), Optional.empty(), Optional.empty());
            return item;
        });
    }

    /** Opens a closed report to every officer again; only its own unit can, because nobody else sees it. */
    public Item openToAll(Actor actor, Reference reference) {
        return act(actor, reference, "triage.open-to-all", item -> {
            intake.close(actor, item.report(), Optional.empty());
            items.close(item.report(), "");
        });
    }

    /** Moves what time alone moves: money that is no longer fresh. @return how many */
    int follow() {
        Instant now = now();
        return audit.act(Actor.system("triage.clock"), "triage.follow-clock", "queue", () -> {
            List<Item> moving = items.changing(now, MOVED_AT_ONCE);
            moving.forEach(item -> replace(item.report(), now));
            return moving.size();
        });
    }

    boolean anyChanging() {
        return items.anyChanging(now());
    }

    private void replace(ReportId id, Instant now) {
        for (ReportFacts facts : intake.facts(List.of(id)))
            items.place(id, policy.at(TriageListener.factsOf(facts), now));
    }

    /** What the reporter is told; the reporters of what was merged into it are told the same. */
    private void tell(Actor actor, Item item, ReportStatus status) {
        List<ReportId> all = new ArrayList<>(items.mergedInto(item.report()));
        all.add(item.report());
        intake.referencesOf(all).values().forEach(reference -> {
            boolean unused = intake.status(actor, reference, status);
        });
    }

    private Item act(Actor actor, Reference reference, String action, Consumer<Item> act) {
        ReportId id = located(actor, reference, action);
        return audit.act(actor, action, subject(id), () -> {
            actor.requirePurpose();
            act.accept(queued(items.locked(id)));
            return queued(items.find(id));
        });
    }

    /** A refusal for want of the permission is entered, too, and says nothing of the reference. */
    private ReportId located(Actor actor, Reference reference, String action) {
        if (!actor.may(Permission.REPORT_TRIAGE)) audit.read(actor, action, "report", () -> worker(actor));
        return intake.locate(actor, reference, action);
    }

    private static void standing(Item item) {
        if (item.state().ended()) throw TriageProblem.ENDED.because("the report's work has ended");
    }

    private static Item queued(Optional<Item> item) {
        return item.orElseThrow(() -> TriageProblem.NOT_QUEUED.because("the report is in no queue"));
    }

    private static Actor worker(Actor actor) {
        return actor.require(Permission.REPORT_TRIAGE);
    }

    /** As exactly as the database keeps it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    static String subject(ReportId id) {
        return "report/" + id;
    }
}
