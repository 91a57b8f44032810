package org.sharaka.node.evidence;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Ends what has reached its end, and sweeps what killed nodes left. Several nodes on one database do no harm to each other. */
final class EvidenceJob implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(EvidenceJob.class);
    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration EVERY = Duration.ofMinutes(20);

    private final EvidenceService service;
    private @Nullable ScheduledExecutorService executor;

    EvidenceJob(EvidenceService service) {
        this.service = service;
    }

    @Override
    public synchronized void start() {
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "evidence-retention");
            thread.setDaemon(true);
            return thread;
        });
        executor = started;
        var unused = started.scheduleWithFixedDelay(this::run, FIRST.toSeconds(), EVERY.toSeconds(), TimeUnit.SECONDS);
    }

    private void run() {
        try {
            int destroyed = service.destroyExpired();
            int swept = service.sweep();
            if (destroyed + swept > 0) LOG.info("evidence destroyed={} swept={}", destroyed, swept);
        } catch (RuntimeException e) {
            LOG.warn("evidence was not looked through, next try in {} minutes", EVERY.toMinutes(), e);
        }
    }

    @Override
    public synchronized void stop() {
        if (executor != null) executor.shutdownNow();
        executor = null;
    }

    @Override
    public synchronized boolean isRunning() {
        return executor != null;
    }
}
