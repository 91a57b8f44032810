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
    BAD_LIST_NAME(422);

    private final int status;

    ScreeningProblem(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}
