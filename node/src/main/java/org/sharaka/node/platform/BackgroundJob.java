package org.sharaka.node.platform;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * What the node does by itself, in rounds, on a thread of its own. What is to be done stands in the database, so a round that
 * fails, or that another process was faster with, is simply made again. Stopping waits for the round under way.
 */
public abstract class BackgroundJob implements SmartLifecycle {
    /** A round that takes longer than this to end is interrupted; its transaction is rolled back. */
    private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(5);

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final String name;
    private final Rhythm rhythm;
    private final Semaphore woken = new Semaphore(0);
    private volatile @Nullable Thread thread;

    /**
     * When rounds are made.
     *
     * @param first how long after the start
     * @param every pause after a round that left nothing to do
     * @param gather how long a call waits for others, so that one round serves them all
     * @param afterFailure pause after a round that failed
     */
    public record Rhythm(Duration first, Duration every, Duration gather, Duration afterFailure) {
        public static Rhythm every(Duration every) {
            return new Rhythm(Duration.ZERO, every, Duration.ZERO, every);
        }

        public Rhythm firstAfter(Duration time) {
            return new Rhythm(time, every, gather, afterFailure);
        }

        public Rhythm gathering(Duration time) {
            return new Rhythm(first, every, time, afterFailure);
        }

        public Rhythm afterFailure(Duration time) {
            return new Rhythm(first, every, gather, time);
        }
    }

    /** @param name of the thread */
    protected BackgroundJob(String name, Rhythm rhythm) {
        this.name = name;
        this.rhythm = rhythm;
    }

    /** @return true if there may be more to do at once */
    protected abstract boolean round() throws InterruptedException;

    /** There may be something to do. Cheap, and never waits. */
    public final void wake() {
        if (woken.availablePermits() == 0) woken.release();
    }

    /** For a round that has several parts: one that fails is logged and does not keep the others from their turn. */
    protected final void attempt(String part, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            if (isRunning()) warn(part, e);
        }
    }

    /** Whether a round may go on to its next step. */
    protected final boolean goesOn() {
        return thread == Thread.currentThread();
    }

    @Override
    public final synchronized void start() {
        if (thread != null) return;
        Thread started = new Thread(this::run, name);
        started.setDaemon(true);
        thread = started;
        started.start();
    }

    @Override
    public final synchronized void stop() {
        Thread stopping = thread;
        thread = null;
        if (stopping == null) return;
        wake();
        try {
            stopping.join(PATIENCE_AT_STOP.toMillis());
            if (!stopping.isAlive()) return;
            stopping.interrupt();
            stopping.join(PATIENCE_AT_STOP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public final boolean isRunning() {
        return thread != null;
    }

    private void run() {
        boolean healthy = true;
        try {
            await(rhythm.first());
            while (goesOn()) {
                Duration pause = rhythm.every();
                try {
                    if (round()) pause = Duration.ZERO;
                    healthy = true;
                } catch (RuntimeException e) {
                    if (healthy && goesOn()) warn("round", e);
                    healthy = false;
                    pause = rhythm.afterFailure();
                }
                await(pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void await(Duration time) throws InterruptedException {
        boolean called = woken.tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS);
        if (!called || !goesOn()) return;
        if (!rhythm.gather().isZero()) Thread.sleep(rhythm.gather().toMillis());
        woken.drainPermits();
    }

    /** The class of the failure and its place alone: a message may quote a person's data. */
    private void warn(String part, RuntimeException failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        log.atWarn()
                .addKeyValue("job", name)
                .addKeyValue("part", part)
                .addKeyValue("cause", failure.getClass().getName())
                .addKeyValue("at", trace.length == 0 ? "" : trace[0])
                .log("background work failed, tried again");
    }
}
