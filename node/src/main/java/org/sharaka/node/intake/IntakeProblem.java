package org.sharaka.node.intake;

import org.sharaka.node.platform.ProblemType;

/** Why a report, or a request about one, is refused. */
public enum IntakeProblem implements ProblemType {
    /** Unknown, or not yours to see. */
    NOT_FOUND(404),
    /** Not JSON, not UTF-8, a field that we do not know, or a value of the wrong type. */
    BAD_JSON(400),
    /** A request is at most one MiB. */
    BODY_TOO_LARGE(413),
    NARRATIVE_TOO_LONG(422),
    FIELD_TOO_LONG(422),
    FIELD_MISSING(422),
    /** The report has no narrative, names nothing and speaks of no money. */
    SAYS_NOTHING(422),
    TOO_MANY_IDENTIFIERS(422),
    TOO_MUCH_MONEY(422),
    BAD_MONEY(422),
    BAD_TIME(422),
    TIME_IN_FUTURE(422),
    BAD_COUNTRY(422),
    BAD_LANGUAGE(422),
    BAD_CONTACT(422),
    /** The field names something that is not on its list. */
    UNKNOWN_VALUE(422),
    /** A submission needs the header Idempotency-Key. */
    IDEMPOTENCY_KEY_MISSING(400),
    /** An Idempotency-Key is 1 to 128 visible ASCII characters. */
    BAD_IDEMPOTENCY_KEY(400),
    /** The same submission is being stored at this moment. */
    IDEMPOTENCY_KEY_IN_USE(409),
    /** The same key came before with another body. */
    IDEMPOTENCY_KEY_REUSED(422),
    ALREADY_WITHDRAWN(409),
    /** The report was not set aside, or somebody took it up before. */
    NOT_SET_ASIDE(409),
    /** A withdrawal needs a reason of 3 to 1,000 characters. */
    REASON_MISSING(422),
    /** The reporter left no contact data, or it was purged. */
    NO_CONTACT(404),
    BAD_CURSOR(400),
    /** No column of the file fits, or the mapping names one that is not there. */
    BAD_MAPPING(422),
    /** The file cannot be read at all: not there, not text in the stated encoding. */
    UNREADABLE_FILE(422),
    /** Another process imports the same file at this moment. */
    IMPORT_OVERTAKEN(409);

    private final int status;

    IntakeProblem(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}
