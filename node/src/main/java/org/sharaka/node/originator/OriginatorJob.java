package org.sharaka.node.originator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.sharaka.node.platform.BackgroundJob;

/** Runs the errands as soon as there is one, and looks for forgotten ones. Several nodes on one database do no harm to each other. */
final class OriginatorJob extends BackgroundJob {
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final Duration SELDOM = Duration.ofMinutes(1);

    private final Errands errands;
    private final Clock clock;
    private Instant seldom;

    OriginatorJob(Errands errands, Clock clock) {
        super("originator-errands", Rhythm.every(EVERY));
        this.errands = errands;
        this.clock = clock;
        this.seldom = clock.instant().plus(SELDOM);
    }

    @Override
    protected boolean round() {
        attempt("late data", errands::catchUp);
        boolean more = errands.round();
        if (!more && !clock.instant().isBefore(seldom)) {
            seldom = clock.instant().plus(SELDOM);
            attempt("upkeep", errands::seldom);
        }
        return more && goesOn();
    }
}
