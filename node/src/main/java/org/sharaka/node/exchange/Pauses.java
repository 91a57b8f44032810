package org.sharaka.node.exchange;

import java.time.Duration;
import java.time.Instant;

/**
 * Pauses by the node's clock, which may be set while they last. One that ends further away than it was ever meant to last began under a clock
 * that was ahead: it would hold up the node until that wrong time has come, so it is over.
 */
final class Pauses {
    private Pauses() {}

    /** @param longest that such a pause is meant to last */
    static boolean over(Instant until, Duration longest, Instant now) {
        return !until.isAfter(now) || until.isAfter(now.plus(longest));
    }
}
