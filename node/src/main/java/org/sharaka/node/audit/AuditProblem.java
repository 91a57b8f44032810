package org.sharaka.node.audit;

import org.sharaka.node.platform.ProblemType;

/** Why the record does not answer. */
enum AuditProblem implements ProblemType {
    NOT_FOUND(404),
    /** No proof leads from one size to the other. */
    BAD_RANGE(422);

    private final int status;

    AuditProblem(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}
