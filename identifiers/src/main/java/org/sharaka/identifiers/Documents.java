package org.sharaka.identifiers;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Passports and identity documents: {@code CC:} and the number without separators, checked as far as its country's numbers allow. */
final class Documents {
    /** The control letter of Spanish DNI and NIE is the number modulo 23 (Real Decreto 1553/2005; Orden INT/2058/2008). */
    private static final String SPANISH_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";

    /** One or two letters of the issuing office and up to seven digits. */
    private static final Pattern MOROCCAN_CARD = Pattern.compile("[A-Z]{1,2}\\d{4,7}");

    /** Twelve digits until 2021, nine letters and digits since. */
    private static final Pattern FRENCH_CARD =
            Pattern.compile("\\d{12}|(?=[A-Z0-9]{0,8}\\d)[A-Z][A-Z0-9]{8}|\\d[A-Z0-9]{7}\\d");

    /** Document numbers have at most nine characters in the reading zone (ICAO Doc 9303). */
    private static final Pattern PASSPORT = Pattern.compile("[A-Z0-9]{6,9}");

    private static final Pattern ANY_CARD = Pattern.compile("[A-Z0-9]{5,20}");
    private static final Map<String, String> ALPHA2 = alpha2();

    private Documents() {}

    static Parsed parsePassport(String raw, Region region) {
        Numbered numbered = Numbered.of(raw, region);
        if (numbered.country.isEmpty()) return InvalidReason.UNKNOWN_COUNTRY.parsed();
        if (numbered.number.length() < 6 || numbered.number.length() > 9) return InvalidReason.WRONG_LENGTH.parsed();
        if (!PASSPORT.matcher(numbered.number).matches()) return InvalidReason.WRONG_CHARACTER.parsed();
        if (digits(numbered.number) < 4) return InvalidReason.WRONG_STRUCTURE.parsed();
        return numbered.parsed(IdentifierKind.PASSPORT);
    }

    static Parsed parseIdentity(String raw, Region region) {
        Numbered numbered = Numbered.of(raw, region);
        String number = numbered.number;
        switch (numbered.country) {
            case "" -> {
                return InvalidReason.UNKNOWN_COUNTRY.parsed();
            }
            case "ES" -> {
                return spanish(numbered);
            }
            case "MA" -> {
                if (!MOROCCAN_CARD.matcher(number).matches()) return InvalidReason.WRONG_STRUCTURE.parsed();
            }
            case "FR" -> {
                if (!FRENCH_CARD.matcher(number).matches()) return InvalidReason.WRONG_STRUCTURE.parsed();
            }
            default -> {
                if (number.length() < 5 || number.length() > 20) return InvalidReason.WRONG_LENGTH.parsed();
                if (!ANY_CARD.matcher(number).matches()) return InvalidReason.WRONG_CHARACTER.parsed();
                // A whole card number must not be kept under another name.
                if (digits(number) < 4 || Cards.isCard(number)) return InvalidReason.WRONG_STRUCTURE.parsed();
            }
        }
        return numbered.parsed(IdentifierKind.IDENTITY_DOCUMENT);
    }

    /** Eight digits and a letter, or X, Y, Z, seven digits and a letter; old cards leave out leading zeros. */
    private static Parsed spanish(Numbered numbered) {
        String number = numbered.number;
        if (number.length() < 8 || number.length() > 9) return InvalidReason.WRONG_LENGTH.parsed();
        if (number.length() == 8) {
            boolean foreigner = "XYZ".indexOf(number.charAt(0)) >= 0;
            if (foreigner) return InvalidReason.WRONG_LENGTH.parsed();
            number = "0" + number;
        }
        int foreigner = "XYZ".indexOf(number.charAt(0));
        String body = foreigner >= 0 ? foreigner + number.substring(1, 8) : number.substring(0, 8);
        if (!Compact.allDigits(body)) return InvalidReason.WRONG_STRUCTURE.parsed();
        if (number.charAt(8) != SPANISH_LETTERS.charAt(Integer.parseInt(body) % 23)) {
            return InvalidReason.WRONG_CHECK_DIGITS.parsed();
        }
        return new Numbered(numbered.country, number).parsed(IdentifierKind.IDENTITY_DOCUMENT);
    }

    /** The two-letter code of an issuer in a reading zone; ZZ for organisations and specimens. */
    static String issuer(String alpha3) {
        String code = alpha3.replace("<", "");
        return code.equals("D") ? "DE" : ALPHA2.getOrDefault(code, "ZZ");
    }

    /** ICAO Doc 9303 part 3, section 4.9: weights 7, 3, 1; the filler counts 0. */
    static boolean checks(String field, char check) {
        int sum = 0;
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            int value = c == '<' ? 0 : c <= '9' ? c - '0' : c - 'A' + 10;
            sum += value * (i % 3 == 0 ? 7 : i % 3 == 1 ? 3 : 1);
        }
        return (check == '<' ? 0 : check - '0') == sum % 10;
    }

    static int digits(String text) {
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= '0' && text.charAt(i) <= '9') count++;
        }
        return count;
    }

    private static Map<String, String> alpha2() {
        Map<String, String> codes = new HashMap<>();
        for (String country : Locale.getISOCountries()) {
            codes.put(new Locale.Builder().setRegion(country).build().getISO3Country(), country);
        }
        codes.put("RKS", "XK");
        codes.put("XKX", "XK");
        return Map.copyOf(codes);
    }

    /**
     * A number with the country that issued it.
     *
     * @param country empty when the raw value named one that does not exist
     */
    record Numbered(String country, String number) {
        static Numbered of(String raw, Region region) {
            String text = raw.toUpperCase(Locale.ROOT);
            String country = region.code();
            if (text.length() > 3 && text.charAt(2) == ':') {
                country = text.substring(0, 2);
                text = text.substring(3);
                if (!Region.isCountry(country) && !country.equals("ZZ")) country = "";
            }
            return new Numbered(country, Compact.of(text));
        }

        Parsed parsed(IdentifierKind kind) {
            return Parsed.valid(kind, country + ":" + number, number + " (" + country + ")");
        }
    }
}
