package org.sharaka.node.triage;

import java.util.Arrays;

/** How soon an officer must look at a report: the order of the queue. The ranks are stored: never renumber one. */
public enum Level {
    /** Somebody is in danger now. */
    IMMEDIATE(1),
    /** A child is concerned, or the reporter is under 18. */
    CHILD(2),
    /** Money left so recently that a bank may still hold it. */
    MONEY(3),
    /** Grave, but hours do not decide. */
    SERIOUS(4),
    ORDINARY(5),
    /** The excess of one source: kept and not linked until an officer has looked. */
    ASIDE(9);

    private final int rank;

    Level(int rank) {
        this.rank = rank;
    }

    int rank() {
        return rank;
    }

    /** An officer is alarmed when one stays unread. */
    public boolean urgent() {
        return rank <= MONEY.rank;
    }

    static Level of(int rank) {
        return Arrays.stream(values())
                .filter(level -> level.rank == rank)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no level of rank " + rank));
    }
}
