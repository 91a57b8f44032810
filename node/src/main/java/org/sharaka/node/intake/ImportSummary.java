package org.sharaka.node.intake;

/**
 * How far an import is.
 *
 * @param rows dealt with so far, in this run and in those that it resumed; the sum of the others
 * @param stored as reports
 * @param known rows that were there before
 * @param refused rows written to the file of refused rows
 */
public record ImportSummary(long rows, long stored, long known, long refused) {
    static final ImportSummary NONE = new ImportSummary(0, 0, 0, 0);

    public ImportSummary {
        if (rows != stored + known + refused) throw new IllegalArgumentException("rows do not add up");
    }

    ImportSummary plus(long moreStored, long moreKnown, long moreRefused) {
        return new ImportSummary(
                rows + moreStored + moreKnown + moreRefused,
                stored + moreStored,
                known + moreKnown,
                refused + moreRefused);
    }
}
