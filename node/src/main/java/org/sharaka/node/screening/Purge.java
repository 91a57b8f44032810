package org.sharaka.node.screening;

import java.time.Instant;

/** Something of screening that ends by itself (S20): each part offers one as a bean. */
@FunctionalInterface
public interface Purge {
    /**
     * Takes out what is over by now, some of it at a time.
     *
     * @return how many were taken out; called again until nothing is left
     */
    int run(Instant now);

    /** Most that are taken out at once. */
    int AT_ONCE = 1_000;
}
