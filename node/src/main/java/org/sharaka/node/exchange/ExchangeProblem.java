package org.sharaka.node.exchange;

import org.sharaka.node.platform.ProblemType;

/** Why something is not sent, or not known. */
public enum ExchangeProblem implements ProblemType {
    /** The roster lists no such member, or one that takes no part now. */
    RECIPIENT_NOT_ACTIVE(422),
    /** The purpose is none that this node knows. */
    PURPOSE_UNKNOWN(422),
    /** Too many messages wait for this member. */
    QUEUE_FULL(503),
    /** It breaks a rule of the protocol; the detail is its code. */
    MESSAGE_UNSOUND(422),
    /** The roster's time and grace are over: nothing is sent under it. */
    ROSTER_OVER(409),
    NOT_FOUND(404),
    /** The node came back from a backup: its places in the order may have been used. Nothing is sent until that is settled. */
    RESTORED(409),
    /** The node came back from a backup and has not heard yet what was ordered about this data meanwhile. */
    UNSETTLED(409),
    /** That is known by now, or somebody decided before. */
    SETTLED_BEFORE(409),
    /** Whoever goes on without a member's word says why: 3 to 4000 characters. */
    REASON_MISSING(422);

    private final int status;

    ExchangeProblem(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}
