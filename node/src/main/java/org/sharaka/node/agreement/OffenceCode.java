package org.sharaka.node.agreement;

import org.sharaka.protocol.json.Fields;

/**
 * An offence or a family of offences by the code that travels as {@code offence} in messages. A family is the part before
 * a dot: {@code cyber} covers {@code cyber.illegal-access}.
 */
public record OffenceCode(String value) implements Comparable<OffenceCode> {
    private static final int LENGTH_MAX = 64;

    public OffenceCode {
        if (value.length() > LENGTH_MAX || !Fields.isSlug(value))
            throw AgreementProblem.BAD_CODE.because("up to 64 small letters, digits, single dots and dashes");
    }

    /** Whether the other is this offence, or one of this family. */
    public boolean covers(OffenceCode other) {
        return other.value.equals(value) || other.value.startsWith(value + ".");
    }

    @Override
    public int compareTo(OffenceCode other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
