package org.sharaka.bench;

/** What may happen to a node of the fault harness. */
enum Fault {
    /** {@code kill -9} of the node's process; its database stays behind. */
    KILL_JVM,
    /** {@code kill -9} of the database server's first process; the node starts it again by itself. */
    KILL_DATABASE,
    /** Both at once, as when the machine loses power, but for what lies in the operating system's memory. */
    KILL_BOTH,
    /** Its line ends connections and takes no new ones. */
    CUT,
    /** Its line takes longer, each way. */
    SLOW,
    /** Connections stand and carry nothing. */
    HALF_OPEN,
    /** What it is asked arrives, its answers do not: whoever asked asks again, so everything comes twice. */
    DEAF,
    /**
     * Whole requests are repeated: batches of what the node sent last, whatever became of it, go to their recipients once more, sealed anew,
     * several times at once and beside its own courier. Nobody on the line can do that, for TLS refuses a repeated record; a courier that
     * forgot, or a second one, can.
     */
    DUPLICATE,
    /**
     * What was committed together goes out last first, a request each, over connections of which each has a delay of its own, while the
     * courier brings the same in its order. Within a connection TLS keeps the order; between two of them nothing does.
     */
    REORDER,
    /** Home and database have no byte left for some seconds. */
    FULL_DISK,
    CLOCK_AHEAD,
    CLOCK_BEHIND,
    /** The node is stopped, the others live through ten days, then it comes back. */
    TEN_DAYS_AWAY,
    /** Its home is thrown away, and it comes back from a backup that was made earlier while it worked. */
    RESTORE;

    boolean ofLine() {
        return this == CUT || this == SLOW || this == HALF_OPEN || this == DEAF;
    }
}
