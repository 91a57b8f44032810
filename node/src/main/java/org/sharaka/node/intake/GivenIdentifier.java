package org.sharaka.node.intake;

import org.sharaka.identifiers.IdentifierKind;

/**
 * An identifier in a field of its own, as the reporter wrote it; it need not be valid.
 *
 * @param value at most {@link #LENGTH_MAX} characters
 */
public record GivenIdentifier(IdentifierKind kind, String value) {
    /** Longest value read; a longer one makes the report invalid, because it is no identifier of any kind. */
    public static final int LENGTH_MAX = 4096;

    /** @throws org.sharaka.node.platform.ProblemException {@link IntakeProblem#FIELD_TOO_LONG}, {@link IntakeProblem#FIELD_MISSING} */
    public GivenIdentifier {
        value = WrittenText.line("identifiers.value", value, LENGTH_MAX)
                .orElseThrow(() -> IntakeProblem.FIELD_MISSING.because("an identifier has no value"));
    }

    @Override
    public String toString() {
        return "GivenIdentifier[" + kind + "]";
    }
}
