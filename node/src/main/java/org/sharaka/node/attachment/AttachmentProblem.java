package org.sharaka.node.attachment;

import org.sharaka.node.platform.ProblemType;

/** Why something about a file of a message is refused. */
public enum AttachmentProblem implements ProblemType {
    NOT_FOUND(404),
    /** It cannot go along: it is not whole here, or was destroyed. */
    NOT_HERE(409),
    /** Somebody decided about it before, or there is nothing to decide. */
    DECIDED_BEFORE(409);

    private final int status;

    AttachmentProblem(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}
