package org.sharaka.node.evidence;

import java.time.Duration;
import org.sharaka.node.platform.BackgroundJob;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends what has reached its end, and sweeps what killed nodes left. Several nodes on one database do no harm to each other. */
final class EvidenceJob extends BackgroundJob {
    private static final Logger LOG = LoggerFactory.getLogger(EvidenceJob.class);
    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration EVERY = Duration.ofMinutes(20);

    private final EvidenceService service;

    EvidenceJob(EvidenceService service) {
        super("evidence-retention", Rhythm.every(EVERY).firstAfter(FIRST));
        this.service = service;
    }

    @Override
    protected boolean round() {
        int destroyed = service.destroyExpired();
        int swept = service.sweep();
        if (destroyed + swept > 0) LOG.info("evidence destroyed={} swept={}", destroyed, swept);
        return false;
    }
}
