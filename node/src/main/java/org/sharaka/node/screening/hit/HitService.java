package org.sharaka.node.screening.hit;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.platform.Ids;
import org.sharaka.node.screening.Comparison;
import org.sharaka.node.screening.ScreeningProblem;
import org.sharaka.node.screening.ScreeningSettings;
import org.springframework.context.ApplicationEventPublisher;

/**
 * From a possible match to a hit, and from there to the own bureau's decision (S1, S2). Nothing here tells anybody abroad: what the bureau
 * releases becomes a {@link HitReleased}.
 */
public final class HitService {
    /** Most that one page shows. */
    public static final int SHOWN = 50;

    private final SqlHits hits;
    private final AuditTrail audit;
    private final ApplicationEventPublisher events;
    private final ScreeningSettings settings;
    private final Ids ids;
    private final Clock clock;

    HitService(
            SqlHits hits,
            AuditTrail audit,
            ApplicationEventPublisher events,
            ScreeningSettings settings,
            Ids ids,
            Clock clock) {
        this.hits = hits;
        this.audit = audit;
        this.events = events;
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * What an officer says who compared and found them the same.
     *
     * @param typed what was asked
     * @param place where the person or thing is, 2 to 200 characters
     * @param checked what was compared besides the name, at least one
     * @param note empty for none
     */
    public record Confirmation(String typed, String place, Set<Checked> checked, String note) {
        private static final int PLACE_MIN = 2;
        private static final int PLACE_MAX = 200;

        public Confirmation {
            checked = Set.copyOf(checked);
            place = plain(place);
            note = plain(note);
            typed = plain(typed);
        }

        private static String plain(String text) {
            return text.replace('\u0000', ' ').strip();
        }

        void requireComplete() {
            boolean placed = place.length() >= PLACE_MIN && place.length() <= PLACE_MAX;
            if (!placed || checked.isEmpty() || note.length() > Hit.TEXT_MAX)
                throw ScreeningProblem.HIT_INCOMPLETE.because(
                        "a place, what was compared, a note of at most " + Hit.TEXT_MAX + " characters");
        }
    }

    /**
     * Makes a hit of what an officer compared.
     *
     * @param compared both sides at this moment; run within the act
     * @throws org.sharaka.node.platform.ProblemException {@link ScreeningProblem#HIT_INCOMPLETE}, and whatever comparing throws
     */
    public Hit confirm(Actor actor, String entity, Supplier<Comparison> compared, Confirmation said) {
        return audit.act(actor, "screening.confirm", "entity/" + entity, entry -> {
            actor.require(Permission.SCREENING_CONFIRM).requirePurpose();
            said.requireComplete();
            Comparison comparison = compared.get();
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            Hit hit = new Hit(
                    new HitId(ids.random()),
                    comparison.entity(),
                    comparison.standing(),
                    new HitContent(
                            said.typed(),
                            comparison,
                            said.place(),
                            said.checked().stream().sorted().toList(),
                            said.note()),
                    actor.id(),
                    actor.unit(),
                    now,
                    HitState.WAITING,
                    Optional.empty());
            hits.add(
                    hit,
                    now.atZone(ZoneOffset.UTC).plus(settings.hitRetention()).toInstant(),
                    entry);
            return hit;
        });
    }

    /** What the bureau has before it: those that wait, the oldest first; and the latest that it decided. */
    public record Queue(List<Hit> waiting, int waitingInAll, List<Hit> decided) {
        public Queue {
            waiting = List.copyOf(waiting);
            decided = List.copyOf(decided);
        }
    }

    /** Needs {@link Permission#HIT_RELEASE}. */
    public Queue queue(Actor actor) {
        return audit.read(actor, "screening.hits", "hits", () -> {
            actor.require(Permission.HIT_RELEASE).requirePurpose();
            return new Queue(hits.waiting(SHOWN), hits.countWaiting(), hits.decided(SHOWN));
        });
    }

    /**
     * Needs {@link Permission#HIT_RELEASE}.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link ScreeningProblem#NOT_FOUND}
     */
    public Hit view(Actor actor, HitId id) {
        return audit.read(actor, "screening.hit", "hit/" + id, () -> {
            actor.require(Permission.HIT_RELEASE).requirePurpose();
            return find(id);
        });
    }

    /** How many wait, for the bureau's own pages. */
    public int waiting(Actor actor) {
        return actor.may(Permission.HIT_RELEASE) ? hits.countWaiting() : 0;
    }

    /**
     * Decides what may be told of a hit.
     *
     * @throws org.sharaka.node.platform.ProblemException as {@link Hit#decide}
     */
    public Hit decide(Actor actor, HitId id, HitState decision, Map<Concern, Concern.Answer> check, String reason) {
        return audit.act(actor, "screening.decide", "hit/" + id, entry -> {
            actor.require(Permission.HIT_RELEASE).requirePurpose();
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            Hit decided = find(id).decide(actor, decision, check, reason.replace('\u0000', ' '), now);
            if (!hits.decide(decided, entry)) throw ScreeningProblem.DECIDED_BEFORE.because("hit " + id);
            if (decision != HitState.WITHHELD)
                events.publishEvent(new HitReleased(id, decision == HitState.RELEASED, now));
            return decided;
        });
    }

    private Hit find(HitId id) {
        return hits.find(id).orElseThrow(() -> ScreeningProblem.NOT_FOUND.because("no such hit"));
    }

    /**
     * What an officer sees of a hit of their own: that it went to the bureau. What the bureau made of it is told to nobody else, be it by
     * its look or its length (S3).
     */
    public record Handed(HitId id, String caption, String list, Instant at) {}

    /** An officer's own, the latest first. Needs {@link Permission#SCREENING_CONFIRM}. */
    public List<Handed> mine(Actor actor) {
        return audit.read(actor, "screening.own-hits", "hits", () -> {
            actor.require(Permission.SCREENING_CONFIRM).requirePurpose();
            return hits.ofOfficer(actor.id(), SHOWN).stream()
                    .map(hit -> new Handed(
                            hit.id(),
                            hit.content().comparison().listed().caption(),
                            hit.content().comparison().list(),
                            hit.confirmedAt()))
                    .toList();
        });
    }
}
