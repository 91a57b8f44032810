package org.sharaka.protocol;

import java.util.regex.Pattern;

/** A member of the network by the name that rosters and messages use, for instance {@code ma-ncb}. Never reused. */
public record MemberId(String value) implements Comparable<MemberId> {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    public MemberId {
        if (value.length() > 32 || !FORM.matcher(value).matches())
            throw Refusal.FIELD_WRONG.because("a member's id is up to 32 small letters, digits and single dashes");
    }

    @Override
    public int compareTo(MemberId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
