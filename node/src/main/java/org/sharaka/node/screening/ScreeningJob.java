package org.sharaka.node.screening;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Ends what is over, every minute. Several nodes on one database do no harm to each other. */
final class ScreeningJob implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(ScreeningJob.class);
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final int ROUNDS_MAX = 1_000;

    private final List<Purge> purges;
    private final Clock clock;
    private @Nullable ScheduledExecutorService executor;

    ScreeningJob(List<Purge> purges, Clock clock) {
        this.purges = List.copyOf(purges);
        this.clock = clock;
    }

    @Override
    public synchronized void start() {
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "screening-purge");
            thread.setDaemon(true);
            return thread;
        });
        executor = started;
        var unused =
                started.scheduleWithFixedDelay(this::round, FIRST.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Each by itself: one that fails must not let the others' data live for ever. */
    void round() {
        for (Purge purge : purges) {
            try {
                for (int i = 0; i < ROUNDS_MAX && purge.run(clock.instant()) > 0; i++) {}
            } catch (RuntimeException e) {
                LOG.warn("screening could not purge, next try in {} seconds", EVERY.toSeconds(), e);
            }
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
