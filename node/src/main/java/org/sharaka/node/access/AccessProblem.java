package org.sharaka.node.access;

import org.sharaka.node.platform.ProblemType;

/** Why access is refused. Unknown and not-yours-to-see are both {@link #NOT_FOUND}. */
public enum AccessProblem implements ProblemType {
    NOT_AUTHENTICATED(401),
    FORBIDDEN(403),
    PURPOSE_MISSING(403),
    NOT_FOUND(404),
    /** Login name, password or code: which one is not told. */
    LOGIN_FAILED(401),
    /** Too many failures; the same answer whether the officer exists or not. */
    LOGIN_TOO_OFTEN(429),
    /** Login name or one-time code: which one is not told. */
    ENROLMENT_FAILED(403),
    CODE_WRONG(422),
    PASSWORD_WRONG(422),
    PASSWORD_WEAK(422),
    LOGIN_NAME_INVALID(422),
    LOGIN_NAME_TAKEN(409),
    NAME_INVALID(422),
    /** Nobody gives roles to, disables or resets oneself. */
    OWN_ACCOUNT(403),
    /** A demo officer on a node that was not started as a demo. */
    NOT_A_DEMO(403),
    /** More than the maker may, none at all, or an end past a year. */
    KEY_TOO_WIDE(422),
    /** The request names another purpose than the API key's. */
    PURPOSE_MISMATCH(403),
    DURATION_TOO_LONG(422);

    private final int status;

    AccessProblem(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}
