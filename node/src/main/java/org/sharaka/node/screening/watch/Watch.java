package org.sharaka.node.screening.watch;

import java.time.Instant;
import java.util.Optional;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.screening.ScreeningProblem;
import org.sharaka.node.screening.desk.DeskService;

/**
 * Somebody or something that an officer waits for on the lists.
 *
 * @param what as it was typed; of an entry its name when the watch was asked for
 * @param entity of an entry that is watched
 * @param days it lasts from the approval
 * @param officer the officer who keeps it
 * @param approval who let it run, and since when; empty while it waits
 * @param endsAt when it goes; while it waits, when it is given up
 * @param renewal why it should go on, while that waits for the second person
 */
public record Watch(
        WatchId id,
        String what,
        Optional<String> entity,
        String reason,
        int days,
        String officer,
        Optional<String> unit,
        Purpose purpose,
        Instant madeAt,
        Optional<Approval> approval,
        Instant endsAt,
        Optional<Renewal> renewal,
        long alerts,
        long unseen) {
    public record Approval(String by, Instant at) {}

    public record Renewal(String reason, int days) {}

    /** For a screen: nothing in it turns the page round. */
    public String shown() {
        return DeskService.shown(what);
    }

    /** @param keeper the officer who acts, or who stands behind the key that does */
    boolean keptBy(String keeper) {
        return officer.equals(keeper);
    }

    /** Whether it waits for the second person, from the first or to go on. */
    public boolean waiting() {
        return approval.isEmpty() || renewal.isPresent();
    }

    /** Days from now that an approval gives it. */
    int daysGiven() {
        return renewal.map(Renewal::days).orElse(days);
    }

    /** @throws org.sharaka.node.platform.ProblemException {@link ScreeningProblem#OWN_HIT}, {@link ScreeningProblem#DECIDED_BEFORE} */
    void requireApprovableBy(Actor actor) {
        if (keptBy(actor.id())) throw ScreeningProblem.OWN_HIT.because("watch " + id);
        if (!waiting()) throw ScreeningProblem.DECIDED_BEFORE.because("watch " + id);
    }

    /** In whose name it is asked: may ask and nothing else. */
    Actor asking() {
        return new Actor(
                Actor.Kind.OFFICER,
                officer,
                "",
                unit,
                java.util.Set.of(Permission.SCREENING_QUERY),
                Optional.of(purpose));
    }

    /** What an import brought. The names are stored: never rename one. */
    public enum AlertKind {
        /** An entry that may be what was asked. */
        FOUND,
        /** The entry that is watched says something else. */
        CHANGED,
        /** The entry that is watched left its list. */
        GONE
    }

    /**
     * What a watch has to tell.
     *
     * @param upTo the import that brought it
     * @param caption as its list has it now; empty when it is gone
     */
    public record Alert(
            String entity, AlertKind kind, long upTo, Instant raisedAt, boolean unseen, String caption, String list) {}
}
