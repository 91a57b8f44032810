package org.sharaka.node.agreement;

/** Why an agreement does not let data pass. In the order in which an officer is told: the last is the closest miss. */
public enum Obstacle {
    UNKNOWN_AGREEMENT,
    SENDER_NOT_PARTY,
    RECIPIENT_NOT_PARTY,
    NOT_IN_FORCE,
    ENDED,
    SENDER_NOT_YET_BOUND,
    RECIPIENT_NOT_YET_BOUND,
    SENDER_WITHDREW,
    RECIPIENT_WITHDREW,
    SENDER_UNVERIFIED,
    RECIPIENT_UNVERIFIED,
    PURPOSE_NOT_COVERED,
    OFFENCE_MISSING,
    OFFENCE_UNKNOWN,
    OFFENCE_NOT_COVERED,
    PENALTY_NOT_KNOWN,
    PENALTY_TOO_LOW,
    NOT_PUNISHABLE_IN_BOTH,
    DUAL_CRIMINALITY_NOT_KNOWN,
    /** What came under another agreement stays among that one's parties. */
    ORIGIN_BINDS_TO_PARTIES
}
