package org.sharaka.node.intake;

/** How a report came in. The names are stored: never rename one. */
public enum Channel {
    /** Submitted by another system. */
    API,
    /** Read from a file by an administrator. */
    IMPORT,
    /** Handed in by a member of the public through the portal or its API. */
    PORTAL,
    /** Typed by an officer while the caller spoke. */
    CALL
}
