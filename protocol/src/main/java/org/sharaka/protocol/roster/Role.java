package org.sharaka.protocol.roster;

/** What a member is in the network. */
public enum Role {
    /** A country's contact point. Votes: one country, one vote. */
    BUREAU,
    /** Publishes notices after review. No vote. */
    SECRETARIAT,
    /** Decides access, correction and deletion, independently (SAFEGUARDS S5). No vote. */
    COMMISSION,
    /** Exchanges messages, for instance a financial intelligence unit or a regional body. No vote. */
    PARTNER,
    /** Learns rosters and cosigns logs; sends and receives no messages. No vote. */
    OBSERVER
}
