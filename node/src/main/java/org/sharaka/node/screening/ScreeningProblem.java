package org.sharaka.node.screening;

import org.sharaka.node.platform.ProblemType;

/** Why a request about lists is refused. */
public enum ScreeningProblem implements ProblemType {
    /** Unknown list or entry. */
    NOT_FOUND(404),
    /** The lists are still being read into memory. */
    LISTS_LOADING(503),
    /** More queries in one request than {@link ScreeningService#BATCH_MAX}. */
    TOO_MANY_QUERIES(400),
    /** A request without a query. */
    NO_QUERIES(400),
    /** A query of a schema that is not compared, or of none. */
    UNKNOWN_SCHEMA(400),
    /** A query with more names or numbers than anybody has. */
    QUERY_TOO_LARGE(400),
    /** A parameter out of its range. */
    BAD_PARAMETER(400),
    /** The body is no JSON object of queries. */
    BAD_JSON(400),
    /** The file of a list cannot be read, or one that belongs to it is not beside it. */
    UNREADABLE_LIST(422),
    /** The file of a list ends before its end, or is none. The old list stays in force. */
    LIST_BREAKS_OFF(422),
    /** The file is not the one that its publisher hashed. */
    WRONG_HASH(422),
    /** The file would take away more of the list than is believed without being told. */
    LIST_SHRINKS(422),
    /** A list's name has small letters, digits and underscores, and some names are taken. */
    BAD_LIST_NAME(422),
    /** What a list is in law is one of a few words, and some formats say it themselves. */
    BAD_STANDING(422),
    /** A hit says where it was, and what was compared besides the name. */
    HIT_INCOMPLETE(422),
    /** Nobody releases what they confirmed, nor approves what they asked for. */
    OWN_HIT(409),
    DECIDED_BEFORE(409),
    /** A question of the protection check has no answer. */
    CHECK_INCOMPLETE(422),
    /** An answer of the protection check forbids this decision. */
    CHECK_FORBIDS(422),
    /** A decision has a reason in words. */
    REASON_MISSING(422),
    /** A distinguishing record needs name, document number, consent and an end. */
    DISTINCTION_INCOMPLETE(422),
    /** A field of a document or vehicle is missing or not usable. */
    BAD_REGISTER_ENTRY(422),
    /** Only the issuing country adds its documents and vehicles and takes them out. */
    NOT_THE_ISSUER(403),
    /** No column of a file is understood, or one that is needed is missing. */
    BAD_COLUMNS(422),
    /** A roll needs a title, a row, and a last day within the limit. */
    ROLL_INCOMPLETE(422),
    /** The first line of a roll is no line of column names, or names no column of names and none of numbers. */
    ROLL_COLUMNS(422),
    /** A roll has more rows or bytes than are taken. */
    ROLL_TOO_LONG(422),
    /** The second person is a person. */
    NEEDS_AN_OFFICER(403),
    /** A standing watch needs something to look for, a reason, and an end within the limit. */
    WATCH_INCOMPLETE(422),
    /** What waits for the second person is not asked for again, nor changed under their eyes. */
    WATCH_WAITS(409);

    private final int status;

    ScreeningProblem(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}
