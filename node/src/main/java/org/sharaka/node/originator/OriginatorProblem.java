package org.sharaka.node.originator;

import org.sharaka.node.platform.ProblemType;

/** Why something may not be done with data, or an order is not given. */
public enum OriginatorProblem implements ProblemType {
    NOT_FOUND(404),
    /** The originator's handling codes ask for its permission first. */
    ASK_FIRST(409),
    /** The originator's remarks are read and confirmed first. */
    REMARKS_FIRST(409),
    /** It came for another purpose; that it is read for this one is confirmed first. */
    PURPOSE_FIRST(409),
    /** The originator said no. */
    REFUSED_BY_ORIGINATOR(409),
    /** The originator took its permission back. */
    PERMISSION_REVOKED(409),
    /** There is no permission of ours, or none any more, that could be taken back. */
    NOTHING_TO_REVOKE(409),
    /** The originator took it back. */
    WITHDRAWN(409),
    /** The originator named who may have it, and this member is not among them. */
    NOT_PERMITTED(409),
    /** It was asked before, and the answer is awaited. */
    ASKED_BEFORE(409),
    /** It needs nobody's permission. */
    NOTHING_TO_ASK(409),
    /** This node's rules are never looser than the protocol's. */
    RULE_LOOSER(422),
    /** An order and a hold say why: 3 to 4000 characters. */
    REASON_MISSING(422),
    /** It was ordered purged before; nothing can follow. */
    PURGED_BEFORE(409),
    /** Something is wrong with what was typed; the detail names it. */
    BAD_FIELD(422);

    private final int status;

    OriginatorProblem(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}
