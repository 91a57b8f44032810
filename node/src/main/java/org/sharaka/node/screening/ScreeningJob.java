package org.sharaka.node.screening;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.sharaka.node.platform.BackgroundJob;

/** Ends what is over, every minute. Several nodes on one database do no harm to each other. */
final class ScreeningJob extends BackgroundJob {
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final int ROUNDS_MAX = 1_000;

    private final List<Purge> purges;
    private final Clock clock;

    ScreeningJob(List<Purge> purges, Clock clock) {
        super("screening-purge", Rhythm.every(EVERY).firstAfter(FIRST));
        this.purges = List.copyOf(purges);
        this.clock = clock;
    }

    /** Each by itself: one that fails must not let the others' data live for ever. */
    @Override
    protected boolean round() {
        for (Purge purge : purges) {
            attempt(purge.getClass().getSimpleName(), () -> {
                for (int i = 0; i < ROUNDS_MAX && purge.run(clock.instant()) > 0; i++) {}
            });
        }
        return false;
    }
}
