package org.sharaka.node.exchange;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes one thread that waits for work; many calls wake it once, and none is lost. */
final class Signal {
    private final Semaphore given = new Semaphore(0);

    void give() {
        given.release();
    }

    /** Returns when it was given since the last return, or when the time is over. */
    void await(Duration time) throws InterruptedException {
        boolean unused = given.tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS);
        given.drainPermits();
    }
}
