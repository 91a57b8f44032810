package org.sharaka.node.agreement;

import java.util.Optional;
import java.util.regex.Pattern;
import org.sharaka.protocol.roster.Member;

/**
 * Who can be bound by an agreement: a country by its ISO 3166-1 alpha-2 code, or a body of no country by its member id on
 * the roster.
 */
public record PartyCode(String value) implements Comparable<PartyCode> {
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
    private static final Pattern BODY = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final int BODY_LENGTH_MAX = 32;

    public PartyCode {
        if (!COUNTRY.matcher(value).matches()
                && (value.length() > BODY_LENGTH_MAX || !BODY.matcher(value).matches()))
            throw AgreementProblem.BAD_PARTY.because("two capital letters of ISO 3166-1, or a member id");
    }

    /** The party for which a member of the network acts. */
    public static PartyCode of(Member member) {
        return new PartyCode(member.country().orElse(member.id().value()));
    }

    public Optional<String> country() {
        return COUNTRY.matcher(value).matches() ? Optional.of(value) : Optional.empty();
    }

    @Override
    public int compareTo(PartyCode other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
