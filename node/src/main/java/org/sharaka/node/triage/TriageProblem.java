package org.sharaka.node.triage;

import org.sharaka.node.platform.ProblemType;

/** Why a request about the queue is refused. What is unknown or not yours to see is intake's one 404. */
public enum TriageProblem implements ProblemType {
    /** A report that came by import is in no queue. */
    NOT_QUEUED(404),
    BAD_CURSOR(400),
    /** The reporter asked for a female officer and nobody confirmed that one works on it. */
    FEMALE_OFFICER_WANTED(422),
    /** A unit has a name of 1 to 200 characters. */
    UNIT_MISSING(422),
    /** No officer of that login name works the queue, or not in the unit to which the report is closed. */
    NO_SUCH_OFFICER(422),
    /** The report's work has ended. */
    ENDED(409),
    /** A report cannot be merged into itself, into a merged one, or across compartments. */
    CANNOT_MERGE(422),
    NOT_MERGED(409),
    /** A letter has text, or names a template that two officers have reviewed. */
    LETTER_MISSING(422),
    NO_SUCH_TEMPLATE(404),
    /** A template needs title and text in all four languages, in bounds. */
    TEMPLATE_INCOMPLETE(422),
    /** Nobody reviews what they wrote, nor twice. */
    REVIEWED_BEFORE(409),
    NO_SUCH_RULE(404),
    BAD_RULE(422),
    BAD_SHIFT(422),
    NO_SUCH_SHIFT(404),
    NO_SUCH_HANDOVER(404),
    /** Another officer took it over, or it is one's own. */
    HANDED_OVER(409),
    BAD_FIELD(422),
    NO_SUCH_CAMPAIGN(404);

    private final int status;

    TriageProblem(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}
