package org.sharaka.node.intake;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Ends every hour what has reached its end. Several nodes on one database do no harm to each other. */
final class PurgeJob implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(PurgeJob.class);
    private static final Duration FIRST = Duration.ofMinutes(2);
    private static final Duration EVERY = Duration.ofHours(1);

    private final IntakeService service;
    private @Nullable ScheduledExecutorService executor;

    PurgeJob(IntakeService service) {
        this.service = service;
    }

    @Override
    public synchronized void start() {
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "intake-purge");
            thread.setDaemon(true);
            return thread;
        });
        executor = started;
        var unused =
                started.scheduleWithFixedDelay(this::purge, FIRST.toSeconds(), EVERY.toSeconds(), TimeUnit.SECONDS);
    }

    private void purge() {
        try {
            int purged = service.purgeExpired();
            if (purged > 0) LOG.info("purged reports={}", purged);
        } catch (RuntimeException e) {
            LOG.warn("purge failed, next try in {} minutes", EVERY.toMinutes(), e);
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
