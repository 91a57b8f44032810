package org.sharaka.node.crosscheck;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Ends what is over, every minute. Several nodes on one database do no harm to each other. */
final class CrossCheckJob implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(CrossCheckJob.class);
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final int AT_ONCE = 100;
    private static final int ROUNDS_MAX = 100;

    private final Ending ending;
    private @Nullable ScheduledExecutorService executor;

    CrossCheckJob(Ending ending) {
        this.ending = ending;
    }

    @Override
    public synchronized void start() {
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "crosscheck-purge");
            thread.setDaemon(true);
            return thread;
        });
        executor = started;
        var unused =
                started.scheduleWithFixedDelay(this::round, EVERY.toSeconds(), EVERY.toSeconds(), TimeUnit.SECONDS);
    }

    private void round() {
        try {
            for (int i = 0; i < ROUNDS_MAX && ending.purge(AT_ONCE) > 0; i++) {}
        } catch (RuntimeException e) {
            LOG.warn("cross-checks could not be purged, next try in {} seconds", EVERY.toSeconds(), e);
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
