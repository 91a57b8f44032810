package org.sharaka.node.triage;

/** Where an officer's work on a report stands. The names are stored: never rename one. */
public enum ItemState {
    /** No officer has opened it. */
    NEW,
    OPEN,
    /** The reporter was asked something. */
    WAITING,
    DONE,
    /** A second report of the same by the same person; worked on with the other. */
    MERGED;

    boolean ended() {
        return this == DONE || this == MERGED;
    }
}
