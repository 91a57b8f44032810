package org.sharaka.node.access;

import org.sharaka.node.platform.ProblemType;

/** Why access is refused. Unknown and not-yours-to-see are both {@link #NOT_FOUND}. */
public enum AccessProblem implements ProblemType {
    NOT_AUTHENTICATED(401),
    FORBIDDEN(403),
    PURPOSE_MISSING(403),
    NOT_FOUND(404);

    private final int status;

    AccessProblem(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}
