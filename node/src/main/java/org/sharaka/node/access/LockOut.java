package org.sharaka.node.access;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * How long somebody who failed must wait: nothing for the first failures, then a delay that doubles to a bound. A delay,
 * never a permanent lock; and counted where the failure came from, so that nobody can lock somebody else out (ADR 0005).
 *
 * @param failures in a row, 0 and more
 * @param lastFailure when the last was
 */
record LockOut(int failures, Instant lastFailure) {
    /** To the microsecond, as a database keeps it: what was stored is equal to what is read. */
    LockOut {
        lastFailure = lastFailure.truncatedTo(ChronoUnit.MICROS);
    }

    static final LockOut NONE = new LockOut(0, Instant.EPOCH);

    /**
     * How patient we are.
     *
     * @param free failures without a delay
     * @param first the delay after one failure more
     * @param longest the delay never grows past this
     * @param forgotten after so long without a failure the count starts anew; longer than the longest delay
     */
    record Policy(int free, Duration first, Duration longest, Duration forgotten) {
        Policy {
            if (free < 0) throw new IllegalArgumentException("free is negative");
            if (forgotten.compareTo(longest) <= 0)
                throw new IllegalArgumentException("forgotten before the delay ends");
        }
    }

    boolean blockedAt(Instant now, Policy policy) {
        return now.isBefore(until(policy));
    }

    /** When the next attempt is heard. */
    Instant until(Policy policy) {
        return lastFailure.plus(delay(policy));
    }

    LockOut failedAt(Instant now, Policy policy) {
        boolean stale = lastFailure.plus(policy.forgotten()).isBefore(now);
        return new LockOut(stale ? 1 : Math.min(failures + 1, 1_000_000), now);
    }

    private Duration delay(Policy policy) {
        int over = failures - policy.free();
        if (over <= 0) return Duration.ZERO;
        // 2^30 first delays are past any bound.
        Duration grown = policy.first().multipliedBy(1L << Math.min(over - 1, 30));
        return grown.compareTo(policy.longest()) < 0 ? grown : policy.longest();
    }
}
