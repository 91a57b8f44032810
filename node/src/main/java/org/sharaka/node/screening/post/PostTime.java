package org.sharaka.node.screening.post;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.sharaka.node.platform.OperatorException;
import org.sharaka.node.screening.extract.Manifest;

/**
 * Whether an extract still answers. The machine's clock is not believed when it stands before what was seen, and while the process runs its
 * own count of time goes on whatever the clock says. Thread-safe.
 */
final class PostTime {
    /** Clocks that are set right move by less. */
    static final Duration TOLERANCE = Duration.ofMinutes(2);

    private final Clock clock;
    private final LongSupplier nanos;
    private final Instant endsAt;
    private final Instant startedAt;
    private final long startedNanos;
    private Instant latest;

    /**
     * @param nanos that only grow
     * @param seen the latest time that was seen before
     * @throws OperatorException if the extract may not be opened now
     */
    PostTime(Clock clock, LongSupplier nanos, Instant seen, Manifest manifest) {
        this.clock = clock;
        this.nanos = nanos;
        this.endsAt = manifest.endsAt();
        Instant now = clock.instant();
        if (now.isBefore(seen.minus(TOLERANCE))) throw new OperatorException("post.clock-back", now, seen);
        if (now.isBefore(manifest.madeAt().minus(TOLERANCE)))
            throw new OperatorException("post.clock-early", now, manifest.madeAt());
        this.startedAt = now.isBefore(seen) ? seen : now;
        this.latest = startedAt;
        this.startedNanos = nanos.getAsLong();
        if (!latest.isBefore(endsAt)) throw new OperatorException("post.expired", endsAt);
    }

    /** For who looks after a log and asks nothing: an end that is past does not matter. */
    PostTime(Clock clock, LongSupplier nanos, Instant seen) {
        this.clock = clock;
        this.nanos = nanos;
        this.endsAt = Instant.MAX;
        this.startedAt = clock.instant().isBefore(seen) ? seen : clock.instant();
        this.latest = startedAt;
        this.startedNanos = nanos.getAsLong();
    }

    /** The latest time that is known, which the clock cannot take back. */
    synchronized Instant latest() {
        Instant counted = startedAt.plusNanos(nanos.getAsLong() - startedNanos);
        for (Instant each : new Instant[] {clock.instant(), counted}) if (each.isAfter(latest)) latest = each;
        return latest;
    }

    boolean ended() {
        return !latest().isBefore(endsAt);
    }

    /**
     * The time to be logged.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link PostProblem#ENDED}, {@link PostProblem#CLOCK_BACK}
     */
    Instant require() {
        Instant known = latest();
        if (!known.isBefore(endsAt)) throw PostProblem.ENDED.because("since " + endsAt);
        if (clock.instant().isBefore(known.minus(TOLERANCE)))
            throw PostProblem.CLOCK_BACK.because("the clock stands before " + known);
        return known;
    }
}
