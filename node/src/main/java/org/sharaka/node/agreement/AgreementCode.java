package org.sharaka.node.agreement;

import org.sharaka.protocol.json.Fields;

/** An agreement by the code that travels as {@code legalBasis} in every message, for instance {@code coe.ets-185}. */
public record AgreementCode(String value) implements Comparable<AgreementCode> {
    private static final int LENGTH_MAX = 64;

    public AgreementCode {
        if (value.length() > LENGTH_MAX || !Fields.isSlug(value))
            throw AgreementProblem.BAD_CODE.because("up to 64 small letters, digits, single dots and dashes");
    }

    @Override
    public int compareTo(AgreementCode other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
