package org.sharaka.node.intake;

/**
 * Why one row of an imported file is not stored.
 *
 * @param line of the file, from 1
 * @param column header of the column, or the place in the line; empty if the whole row is meant
 * @param code of the problem
 */
record RowRefused(long line, String column, String code) {
    static final String COLUMNS_DIFFER = "intake.columns-differ";
    static final String NOT_RECOGNISED = "intake.not-recognised.";
    static final String MALFORMED = "intake.malformed.";
}
