package org.sharaka.node.intake;

import java.time.Duration;
import org.sharaka.node.platform.BackgroundJob;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends every hour what has reached its end. Several nodes on one database do no harm to each other. */
final class PurgeJob extends BackgroundJob {
    private static final Logger LOG = LoggerFactory.getLogger(PurgeJob.class);
    private static final Duration FIRST = Duration.ofMinutes(2);
    private static final Duration EVERY = Duration.ofHours(1);

    private final IntakeService service;

    PurgeJob(IntakeService service) {
        super("intake-purge", Rhythm.every(EVERY).firstAfter(FIRST));
        this.service = service;
    }

    @Override
    protected boolean round() {
        int purged = service.purgeExpired();
        if (purged > 0) LOG.info("purged reports={}", purged);
        return false;
    }
}
