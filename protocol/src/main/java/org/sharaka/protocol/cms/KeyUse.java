package org.sharaka.protocol.cms;

/** What a member's key is for; each use has keys of its own. */
public enum KeyUse {
    /** Signs rosters. Lies offline with the people who speak for the member, not in the node. */
    ROSTER,
    /** Signs messages, receipts and declarations. */
    SIGNING,
    /** Opens what is sealed to the member. */
    SEALING,
    /** Proves the node to its peers on the wire, as server and as client. */
    TLS
}
