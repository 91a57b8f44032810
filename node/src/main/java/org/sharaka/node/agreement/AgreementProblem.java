package org.sharaka.node.agreement;

import org.sharaka.node.platform.ProblemType;

/** Why something about agreements is refused. */
public enum AgreementProblem implements ProblemType {
    /** No agreement in force covers sender, recipient, offence and purpose (SAFEGUARDS S18). */
    NO_LEGAL_BASIS(422),
    NOT_FOUND(404),
    BAD_CODE(422),
    BAD_PARTY(422),
    BAD_DATES(422),
    BAD_FIELD(422),
    NAMES_MISSING(422),
    /** A file is not JSON of this form; nothing of it was taken in. */
    BAD_FILE(422),
    /** Somebody else changed it since the page was shown. */
    CHANGED_MEANWHILE(409),
    CODE_TAKEN(409);

    private final int status;

    AgreementProblem(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}
