package org.sharaka.node.intake;

/** How a report came in. The names are stored: never rename one. */
public enum Channel {
    /** Submitted by another system. */
    API,
    /** Read from a file by an administrator. */
    IMPORT
}
