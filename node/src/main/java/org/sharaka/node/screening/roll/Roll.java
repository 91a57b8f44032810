package org.sharaka.node.screening.roll;

import java.time.Instant;
import java.util.Optional;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.screening.ScreeningProblem;

/**
 * A list of people to be screened for one event.
 *
 * @param title what the event is, in its keeper's words
 * @param madeBy who handed it in, and in whose name every row is asked; without permissions
 * @param officer the officer behind it; empty for a key that the administrator made
 * @param endsAt when it goes, with all its rows
 * @param approvedBy the second person
 */
public record Roll(
        RollId id,
        String title,
        Maker madeBy,
        Optional<String> officer,
        Instant madeAt,
        Instant endsAt,
        RollState state,
        Optional<String> approvedBy,
        Progress progress) {
    /** Who handed it in. */
    public record Maker(Actor.Kind kind, String id, Optional<String> unit, Purpose purpose) {
        /** For the queries, which are entered in the maker's name: may ask and nothing else. */
        Actor asking() {
            return new Actor(kind, id, "", unit, java.util.Set.of(Permission.SCREENING_QUERY), Optional.of(purpose));
        }
    }

    /**
     * How far it is, in rows.
     *
     * @param found of those that were screened: there is something to compare
     */
    public record Progress(long rows, long refused, long screened, long found) {
        public long toScreen() {
            return rows - refused;
        }
    }

    /** Seen by its keeper and by the bureau. */
    boolean visibleTo(Actor actor, Optional<String> officerBehind) {
        return actor.may(Permission.HIT_RELEASE) || keptBy(actor, officerBehind);
    }

    boolean keptBy(Actor actor, Optional<String> officerBehind) {
        return madeBy.id().equals(actor.id()) || (officer.isPresent() && officer.equals(officerBehind));
    }

    /** @throws org.sharaka.node.platform.ProblemException {@link ScreeningProblem#OWN_HIT}, {@link ScreeningProblem#DECIDED_BEFORE} */
    void requireApprovableBy(Actor actor, Optional<String> officerBehind) {
        if (keptBy(actor, officerBehind)) throw ScreeningProblem.OWN_HIT.because("roll " + id);
        if (state != RollState.WAITING) throw ScreeningProblem.DECIDED_BEFORE.because("roll " + id);
    }
}
