package org.sharaka.matching;

/**
 * What one property says for or against a match.
 *
 * @param asked as who asks gave it; empty when that side says nothing
 * @param listed as the list gives it; empty when the list says nothing
 * @param effect by what the score was multiplied; for the name the name's own score
 */
public record Finding(Property property, Verdict verdict, String asked, String listed, double effect) {
    /** What is compared. */
    public enum Property {
        NAME,
        BIRTH,
        COUNTRY,
        NUMBER
    }

    /** What came out. A missing value is no contradiction. */
    public enum Verdict {
        AGREES,
        CLOSE,
        CONTRADICTS,
        MISSING
    }
}
