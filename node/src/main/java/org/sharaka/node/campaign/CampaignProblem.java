package org.sharaka.node.campaign;

import org.sharaka.node.platform.ProblemType;

/** Why a request about campaigns is refused. */
public enum CampaignProblem implements ProblemType {
    /** Unknown, or not yours to see. */
    NOT_FOUND(404),
    /** The campaign was joined to another; the detail names it. */
    JOINED_TO_ANOTHER(409),
    /** A split must take out at least one report and leave at least one. */
    SPLIT_NEEDS_TWO_SIDES(422),
    /** The chosen reports are not all of this campaign. */
    NOT_A_MEMBER(422),
    /** A decision needs a reason of 3 to 1,000 characters. */
    REASON_MISSING(422),
    /** A campaign cannot be joined to itself. */
    SAME_CAMPAIGN(422),
    /** What was typed is no identifier that this node knows how to read. */
    NO_IDENTIFIER(422),
    /** The decision was undone or superseded before. */
    ALREADY_UNDONE(409);

    private final int status;

    CampaignProblem(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}
