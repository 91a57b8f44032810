package org.sharaka.node.evidence;

import java.util.Locale;

/** What was done with a file under custody. The names are stored: never rename one. */
public enum CustodyAct {
    /** Taken in, whole and verified. */
    RECEIVED,
    /** Its content was shown. */
    VIEWED,
    /** Its content left the node in the clear. */
    EXPORTED,
    /** Its key was sent to a member. */
    SENT,
    /** A member fetched the last of its chunks. */
    FETCHED,
    /** A member says that it has the whole, verified. */
    ARRIVED,
    /** It was made part of something else. */
    ATTACHED,
    /** Closed as one that may show the abuse of a child. */
    RESTRICTED,
    /** Opened again by the unit that may. */
    RELEASED,
    /** All chunks came, and they are not the file that the sender named. */
    WRONG,
    /** Its key was destroyed. */
    DESTROYED;

    /** The action in the audit record, for instance {@code evidence.received}. */
    String action() {
        return "evidence." + name().toLowerCase(Locale.ROOT);
    }
}
