package org.sharaka.node.bureau;

import java.time.Duration;
import org.sharaka.node.platform.BackgroundJob;

/** Ends what is over, every minute. Several nodes on one database do no harm to each other. */
final class BureauJob extends BackgroundJob {
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final int AT_ONCE = 100;
    private static final int ROUNDS_MAX = 100;

    private final BureauService bureau;

    BureauJob(BureauService bureau) {
        super("bureau-purge", Rhythm.every(EVERY).firstAfter(EVERY));
        this.bureau = bureau;
    }

    @Override
    protected boolean round() {
        for (int i = 0; i < ROUNDS_MAX && goesOn() && bureau.purge(AT_ONCE) > 0; i++) {}
        return false;
    }
}
