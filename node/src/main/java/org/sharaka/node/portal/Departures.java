package org.sharaka.node.portal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The visits that ended with "leave now". Whoever finds the device can go back in its history and have the browser send an
 * earlier form again; of a visit that ended nothing is shown (S13). Known by the mark of a random number only, in memory.
 */
final class Departures {
    /** Longer than anything that travels in a form is taken. */
    static final Duration KEPT = Duration.ofDays(3);

    /** The oldest are forgotten first. */
    private static final int MOST = 100_000;

    private final Clock clock;
    private final Map<String, Instant> left = new LinkedHashMap<>();

    Departures(Clock clock) {
        this.clock = clock;
    }

    /** @param mark of a visit, see {@link Drafts#mark} */
    synchronized void add(String mark) {
        Instant now = clock.instant();
        // Removed first, so that the order stays that of time.
        left.remove(mark);
        left.put(mark, now);
        Iterator<Instant> oldest = left.values().iterator();
        while (oldest.hasNext()) {
            Instant at = oldest.next();
            if (left.size() <= MOST && at.plus(KEPT).isAfter(now)) return;
            oldest.remove();
        }
    }

    synchronized boolean include(String mark) {
        return left.containsKey(mark);
    }
}
