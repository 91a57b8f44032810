package org.sharaka.node.crosscheck;

import org.sharaka.node.platform.ProblemType;

/** Why something about cross-checks is refused. */
public enum CrossCheckProblem implements ProblemType {
    /** Unknown, ended or withdrawn. */
    NOT_FOUND(404),
    /** Something is missing or too long; the detail names the field or the rule of the protocol. */
    BAD_FIELD(422),
    NO_RECIPIENT(422),
    /** Nothing was chosen that may travel. */
    NO_TRACES(422),
    /** What is released needs reports of ours that name what was asked about. */
    NOTHING_KNOWN(409),
    /** A question carries nobody's words: a message of the bureau does, after its second look (SAFEGUARDS S11). */
    WORDS_OF_OTHERS(409),
    /** Nobody gives the second look to their own words (SAFEGUARDS S11). */
    OWN_WORDS(409),
    /** Another answer waits for the second look, or somebody decided about this one meanwhile. */
    LOOKED_BEFORE(409),
    /** What is returned says why. */
    REMARK_MISSING(422);

    private final int status;

    CrossCheckProblem(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}
