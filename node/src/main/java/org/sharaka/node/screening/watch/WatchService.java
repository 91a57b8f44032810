package org.sharaka.node.screening.watch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.sharaka.matching.Entry;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.ApiKeyService;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.audit.EntryId;
import org.sharaka.node.platform.Ids;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.screening.ListChanges;
import org.sharaka.node.screening.ScreeningProblem;
import org.sharaka.node.screening.ScreeningSettings;
import org.sharaka.node.screening.desk.DeskAnswer;
import org.sharaka.node.screening.desk.DeskService;

/** Standing watches: asked for by one officer, let run by another, shown to the first, gone after thirty days at most (S10). */
public final class WatchService {
    /** While nobody approves it. */
    private static final Duration WAITS = Duration.ofDays(7);

    private static final int SHOWN = 50;
    private static final int REASON_MIN = 3;
    private static final int REASON_MAX = 500;

    private final SqlWatches watches;
    private final DeskService desk;
    private final ListChanges changes;
    private final ApiKeyService keys;
    private final AuditTrail audit;
    private final ScreeningSettings settings;
    private final Ids ids;
    private final Clock clock;

    WatchService(
            SqlWatches watches,
            DeskService desk,
            ListChanges changes,
            ApiKeyService keys,
            AuditTrail audit,
            ScreeningSettings settings,
            Ids ids,
            Clock clock) {
        this.watches = watches;
        this.desk = desk;
        this.changes = changes;
        this.keys = keys;
        this.audit = audit;
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Asks for a watch. Nothing is looked for before somebody else approves. What a key asks for is kept by the officer behind it.
     *
     * @param what as an officer types it at the desk; or an entry's id, to be told when that changes or leaves its list
     * @throws ProblemException without {@link Permission#SCREENING_BULK}; {@link ScreeningProblem#WATCH_INCOMPLETE},
     *     {@link ScreeningProblem#NEEDS_AN_OFFICER} for a key that no officer made: alerts are shown to a person
     */
    public Watch ask(Actor actor, String what, String reason, int days) {
        WatchId id = new WatchId(ids.random());
        return audit.act(actor, "screening.watch-ask", subject(id), entry -> {
            Purpose purpose = mayKeep(actor);
            String keeper = keeper(actor);
            requireWithin(reason, days);
            String typed = what.replace('\u0000', ' ').strip();
            Optional<Entry> listed = changes.inForce(typed);
            if (listed.isEmpty()) requireAskable(typed);
            Instant now = now();
            Watch watch = new Watch(
                    id,
                    listed.map(WatchService::caption).orElse(typed),
                    listed.map(Entry::id),
                    DeskService.shown(reason),
                    days,
                    keeper,
                    actor.unit(),
                    purpose,
                    now,
                    Optional.empty(),
                    now.plus(WAITS),
                    Optional.empty(),
                    0,
                    0);
            watches.add(watch, actor, entry);
            return watch;
        });
    }

    private static String caption(Entry entry) {
        List<String> names = entry.particulars().names();
        return names.isEmpty() ? entry.id() : names.get(0);
    }

    private void requireAskable(String typed) {
        try {
            var unused = desk.query(typed);
        } catch (ProblemException e) {
            throw ScreeningProblem.WATCH_INCOMPLETE.because("a name, a number, or the id of an entry");
        }
    }

    private void requireWithin(String reason, int days) {
        String words = reason.strip();
        boolean reasoned = words.length() >= REASON_MIN && words.length() <= REASON_MAX;
        if (!reasoned || days < 1 || days > settings.watchLongest().toDays())
            throw ScreeningProblem.WATCH_INCOMPLETE.because(
                    "a reason, and 1 to " + settings.watchLongest().toDays() + " days");
    }

    /** What an officer keeps, and what waits for the second person where the officer may be that. */
    public record Desk(List<Watch> own, List<Watch> waiting) {
        public Desk {
            own = List.copyOf(own);
            waiting = List.copyOf(waiting);
        }
    }

    public Desk all(Actor actor) {
        return audit.read(actor, "screening.watches", "watches", () -> {
            mayKeepOrApprove(actor);
            Instant now = clock.instant();
            return new Desk(
                    watches.ofOfficer(keeper(actor), now, SHOWN),
                    actor.may(Permission.HIT_RELEASE) ? watches.waiting(keeper(actor), now, SHOWN) : List.of());
        });
    }

    /** Alerts that an officer has not been shown yet. */
    public long unseen(Actor actor) {
        return actor.may(Permission.SCREENING_BULK) ? watches.countUnseen(actor.id(), clock.instant()) : 0;
    }

    /** Watches that wait for a second person, for who may be that: not one's own. */
    public long waiting(Actor actor) {
        return actor.may(Permission.HIT_RELEASE) ? watches.countWaiting(actor.id(), clock.instant()) : 0;
    }

    /** A watch with its alerts, new ones first; from now on its keeper has seen these, unless it was a program that fetched them. */
    public record Opened(Watch watch, List<Watch.Alert> alerts) {
        public Opened {
            alerts = List.copyOf(alerts);
        }
    }

    /** @throws ProblemException {@link ScreeningProblem#NOT_FOUND}, also for somebody else's */
    public Opened open(Actor actor, WatchId id) {
        return audit.read(actor, "screening.watch", subject(id), () -> {
            Watch watch = visible(actor, id);
            if (!watch.keptBy(keeper(actor))) return new Opened(watch, List.of());
            List<Watch.Alert> alerts =
                    watches.alerts(id, SHOWN).stream().map(this::captioned).toList();
            if (actor.kind() == Actor.Kind.OFFICER) watches.seen(id, alerts, now());
            return new Opened(watch, alerts);
        });
    }

    private Watch.Alert captioned(Watch.Alert alert) {
        Optional<Entry> entry = changes.inForce(alert.entity());
        return new Watch.Alert(
                alert.entity(),
                alert.kind(),
                alert.upTo(),
                alert.raisedAt(),
                alert.unseen(),
                entry.map(WatchService::caption).orElse(""),
                alert.entity().substring(0, Math.max(0, alert.entity().indexOf('-'))));
    }

    /**
     * Lets it run from now, or go on; what the lists have at this moment is its first alert, or that they no longer have its entry.
     *
     * @throws ProblemException without {@link Permission#HIT_RELEASE}; {@link ScreeningProblem#OWN_HIT},
     *     {@link ScreeningProblem#DECIDED_BEFORE}, {@link ScreeningProblem#LISTS_LOADING}
     */
    public Watch approve(Actor actor, WatchId id) {
        return audit.act(actor, "screening.watch-approve", subject(id), entry -> {
            actor.require(Permission.HIT_RELEASE).requirePurpose();
            requirePerson(actor);
            watches.lock();
            Watch watch = found(id);
            watch.requireApprovableBy(actor);
            Instant now = now();
            boolean first = watch.approval().isEmpty();
            // Read before asking: what an import brings meanwhile is looked at again, not passed over.
            long known = changes.inForce();
            Duration given = Duration.ofDays(
                    Math.min(watch.daysGiven(), settings.watchLongest().toDays()));
            watches.approve(watch, actor.id(), now, now.plus(given), entry, first ? known : null);
            if (first) firstLook(watch, known, now, entry);
            return found(id);
        });
    }

    private void firstLook(Watch watch, long known, Instant now, EntryId entry) {
        if (watch.entity().isPresent()) {
            String listed = watch.entity().get();
            // It left while the watch waited; what leaves later is told by the imports.
            if (changes.inForce(listed).isEmpty())
                watches.alert(watch.id(), listed, Watch.AlertKind.GONE, known, now, entry);
            return;
        }
        DeskAnswer answer = desk.askAll(watch.asking(), List.of(watch.what())).get(0);
        for (DeskAnswer.Found each : answer.open())
            watches.alert(watch.id(), each.comparison().entity(), Watch.AlertKind.FOUND, known, now, entry);
    }

    /**
     * Asks that it go on; its end stays until somebody else approves.
     *
     * @throws ProblemException {@link ScreeningProblem#WATCH_INCOMPLETE} without a reason; {@link ScreeningProblem#WATCH_WAITS} while it
     *     waits: the second person approves what they read
     */
    public void renew(Actor actor, WatchId id, String reason, int days) {
        var unused = audit.act(actor, "screening.watch-renew", subject(id), entry -> {
            var purpose = mayKeep(actor);
            Watch watch = visible(actor, id);
            if (!watch.keptBy(keeper(actor))) throw ScreeningProblem.NOT_FOUND.because("no such watch");
            if (watch.approval().isEmpty()) throw ScreeningProblem.WATCH_WAITS.because("watch " + id);
            requireWithin(reason, days);
            if (!watches.renew(id, new Watch.Renewal(DeskService.shown(reason), days)))
                throw ScreeningProblem.WATCH_WAITS.because("watch " + id);
            return purpose;
        });
    }

    /** Ends it at once, with its alerts; by its keeper, or by the bureau, which so refuses it. */
    public void end(Actor actor, WatchId id) {
        var unused = audit.act(actor, "screening.watch-end", subject(id), entry -> {
            visible(actor, id);
            return watches.remove(id);
        });
    }

    private Watch visible(Actor actor, WatchId id) {
        mayKeepOrApprove(actor);
        Watch watch = found(id);
        if (!watch.keptBy(keeper(actor)) && !actor.may(Permission.HIT_RELEASE))
            throw ScreeningProblem.NOT_FOUND.because("no such watch");
        return watch;
    }

    private Watch found(WatchId id) {
        return watches.find(id, clock.instant()).orElseThrow(() -> ScreeningProblem.NOT_FOUND.because("no such watch"));
    }

    private static Purpose mayKeep(Actor actor) {
        return actor.require(Permission.SCREENING_BULK)
                .require(Permission.SCREENING_QUERY)
                .requirePurpose();
    }

    private static void mayKeepOrApprove(Actor actor) {
        if (!actor.may(Permission.HIT_RELEASE)) actor.require(Permission.SCREENING_BULK);
        actor.requirePurpose();
    }

    private static void requirePerson(Actor actor) {
        if (actor.kind() != Actor.Kind.OFFICER) throw ScreeningProblem.NEEDS_AN_OFFICER.because("no key approves");
    }

    /** Alerts are shown to a person: the officer who acts, or who made the key that does. */
    private String keeper(Actor actor) {
        return keys.officerBehind(actor)
                .orElseThrow(() -> ScreeningProblem.NEEDS_AN_OFFICER.because("no officer stands behind this key"));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    static String subject(WatchId id) {
        return "watch/" + id;
    }

    int purge(Instant now, int limit) {
        return watches.purge(now, limit);
    }
}
