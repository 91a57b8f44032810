package org.sharaka.identifiers;

import java.util.Locale;
import java.util.Set;

/**
 * The country whose habits decide how a number is written when it does not say so itself: national telephone formats,
 * plates, documents, company registers.
 *
 * @param code ISO 3166-1 alpha-2 in capitals, or {@code ZZ} when no country is known
 */
public record Region(String code) {
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    /** No country known: only forms that name their own country are recognised. */
    public static final Region UNKNOWN = new Region("ZZ");

    public Region {
        if (!code.equals("ZZ") && !code.equals("XK") && !COUNTRIES.contains(code)) {
            throw new IllegalArgumentException("not an ISO 3166-1 alpha-2 code");
        }
    }

    /** @throws IllegalArgumentException when the code, in any case, is not an ISO 3166-1 alpha-2 code */
    public static Region of(String code) {
        return new Region(code.toUpperCase(Locale.ROOT));
    }

    /** Whether the text is a country's alpha-2 code in capitals. */
    static boolean isCountry(String code) {
        return COUNTRIES.contains(code) || code.equals("XK");
    }
}
