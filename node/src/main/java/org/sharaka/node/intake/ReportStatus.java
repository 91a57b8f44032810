package org.sharaka.node.intake;

/**
 * What a reporter is told of a report. Never more: whether it belongs to a campaign, or whom it led to, is not among it
 * (S16). The names are stored: never rename one.
 */
public enum ReportStatus {
    RECEIVED,
    /** An officer has read it. */
    READ,
    /** A specialised unit has it. */
    WITH_UNIT,
    /** An officer asked the reporter something. */
    ANSWER_WANTED,
    /** Nothing further will be done with this report by itself. */
    CLOSED,
    /** The reporter took it back. */
    WITHDRAWN
}
