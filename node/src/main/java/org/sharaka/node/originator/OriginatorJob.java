package org.sharaka.node.originator;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Runs the errands as soon as there is one, and looks for forgotten ones. */
final class OriginatorJob implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(OriginatorJob.class);
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final Duration SELDOM = Duration.ofMinutes(1);
    private static final int ROUNDS_MAX = 100;

    private final Errands errands;
    private final Clock clock;
    private final Semaphore signal = new Semaphore(0);
    private @Nullable Thread thread;

    OriginatorJob(Errands errands, Clock clock) {
        this.errands = errands;
        this.clock = clock;
    }

    void wake() {
        if (signal.availablePermits() == 0) signal.release();
    }

    @Override
    public synchronized void start() {
        Thread started = new Thread(this::run, "originator-errands");
        started.setDaemon(true);
        thread = started;
        started.start();
    }

    private void run() {
        Instant seldom = clock.instant();
        try {
            while (!Thread.currentThread().isInterrupted()) {
                boolean woken = signal.tryAcquire(EVERY.toMillis(), TimeUnit.MILLISECONDS);
                if (woken) signal.drainPermits();
                seldom = round(seldom);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Instant round(Instant seldom) {
        try {
            errands.catchUp();
            for (int i = 0; i < ROUNDS_MAX && errands.round(); i++) {}
            if (clock.instant().isBefore(seldom.plus(SELDOM))) return seldom;
            errands.seldom();
        } catch (RuntimeException e) {
            if (!Thread.currentThread().isInterrupted())
                LOG.warn("orders of originators were not followed, next try in {} seconds", EVERY.toSeconds(), e);
        }
        return clock.instant();
    }

    @Override
    public synchronized void stop() {
        Thread running = thread;
        thread = null;
        if (running == null) return;
        running.interrupt();
        try {
            running.join(Duration.ofSeconds(10).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }
}
