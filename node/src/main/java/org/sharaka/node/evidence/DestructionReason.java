package org.sharaka.node.evidence;

/** Why an item's key was destroyed. The names are stored: never rename one. */
public enum DestructionReason {
    /** The time for which it may be kept is over. */
    RETENTION,
    /** Its originator ordered it. */
    ORDER_OF_ORIGINATOR,
    /** A court or the data-protection authority ordered it. */
    ORDER_OF_AUTHORITY,
    /** It should not have been taken in. */
    MISTAKE
}
