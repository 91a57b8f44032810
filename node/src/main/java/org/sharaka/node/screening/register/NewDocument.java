package org.sharaka.node.screening.register;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.sharaka.matching.ExactKey;
import org.sharaka.node.screening.ScreeningProblem;

/**
 * A document as its issuing country reports it. There is no field for a person.
 *
 * @param number capitals and digits
 * @param country who issued it, ISO 3166-1 alpha-2
 * @param happenedOn when it was lost, stolen or revoked
 * @param expiresOn until when it would be valid
 * @param reference the issuer's file number
 */
public record NewDocument(
        String number,
        DocumentKind kind,
        String country,
        Circumstances circumstances,
        Optional<LocalDate> happenedOn,
        Optional<LocalDate> expiresOn,
        Optional<String> reference) {
    private static final int NUMBER_MAX = 40;
    private static final Pattern REFERENCE = Pattern.compile("[A-Z0-9][A-Z0-9/.-]{0,39}");
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    /** @throws org.sharaka.node.platform.ProblemException {@link ScreeningProblem#BAD_REGISTER_ENTRY} */
    public NewDocument {
        number = canonical(number);
        country = country(country);
        reference = reference(reference);
    }

    /** As it is compared. */
    static String canonical(String number) {
        return ExactKey.document(number, "")
                .map(ExactKey::value)
                .filter(value -> value.length() <= NUMBER_MAX && number.strip().length() <= NUMBER_MAX)
                .orElseThrow(() -> ScreeningProblem.BAD_REGISTER_ENTRY.because("number: 4 to 40 letters and digits"));
    }

    static String country(String code) {
        String country = code.strip().toUpperCase(Locale.ROOT);
        if (!COUNTRIES.contains(country))
            throw ScreeningProblem.BAD_REGISTER_ENTRY.because("country: an ISO 3166-1 alpha-2 code");
        return country;
    }

    static Optional<String> reference(Optional<String> given) {
        Optional<String> reference =
                given.map(text -> text.strip().toUpperCase(Locale.ROOT)).filter(text -> !text.isEmpty());
        if (reference.filter(text -> !REFERENCE.matcher(text).matches()).isPresent())
            throw ScreeningProblem.BAD_REGISTER_ENTRY.because(
                    "reference: up to 40 letters, digits, slashes, points and hyphens");
        return reference;
    }
}
