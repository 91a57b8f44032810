package org.sharaka.node.bureau;

import java.time.Duration;
import org.sharaka.node.platform.BackgroundJob;

/** Ends what is over and finds out what has arrived, every minute. Several nodes on one database do no harm to each other. */
final class BureauJob extends BackgroundJob {
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final int AT_ONCE = 100;
    private static final int ROUNDS_MAX = 100;

    private final Ending ending;
    private final Deliveries deliveries;
    private final Handovers handovers;
    private final Crossings crossings;

    BureauJob(Ending ending, Deliveries deliveries, Handovers handovers, Crossings crossings) {
        super("bureau-purge", Rhythm.every(EVERY).firstAfter(EVERY));
        this.ending = ending;
        this.deliveries = deliveries;
        this.handovers = handovers;
        this.crossings = crossings;
    }

    @Override
    protected boolean round() {
        attempt("purge", () -> {
            for (int i = 0; i < ROUNDS_MAX && goesOn() && ending.purge(AT_ONCE) > 0; i++) {}
        });
        attempt("deliveries", () -> {
            for (int i = 0; i < ROUNDS_MAX && goesOn() && deliveries.follow(AT_ONCE); i++) {}
        });
        attempt("handovers", handovers::purge);
        attempt("crossings", crossings::purge);
        return false;
    }
}
