package org.sharaka.node.portal;

import org.sharaka.node.platform.ProblemType;

/** Why the portal, or the node's side of it, refuses. */
public enum PortalProblem implements ProblemType {
    /** Unknown reference or wrong code: nobody is told which. */
    NOT_FOUND(404),
    /** An Idempotency-Key of the public API is 32 to 128 visible ASCII characters. */
    BAD_IDEMPOTENCY_KEY(400),
    /** The same key came before with other answers. */
    IDEMPOTENCY_KEY_REUSED(422),
    /** The form has no such question. */
    UNKNOWN_FIELD(422),
    /** An answer is not possible; the detail names the question and the reason. */
    BAD_ANSWER(422),
    /** Only who gave a name can be given another access code. */
    NOT_NAMED(409),
    /** The report did not come through the portal and has no mailbox. */
    NO_MAILBOX(409);

    private final int status;

    PortalProblem(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}
