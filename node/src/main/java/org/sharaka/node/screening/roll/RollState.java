package org.sharaka.node.screening.roll;

/** How far a roll is. The names are stored: never rename one. */
public enum RollState {
    /** For the second person. */
    WAITING,
    /** Approved; row after row is screened. */
    RUNNING,
    DONE
}
