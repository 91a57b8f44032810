package org.sharaka.node.screening.post;

import org.sharaka.node.platform.ProblemType;

/** Why a post does not answer. */
enum PostProblem implements ProblemType {
    /** The extract's time is over. */
    ENDED(410),
    /** The machine's clock stands before a time that was already seen. */
    CLOCK_BACK(503),
    /** The question could not be logged, so it is not answered. */
    LOG_FAILED(503);

    private final int status;

    PostProblem(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}
