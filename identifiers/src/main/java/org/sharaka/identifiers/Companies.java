package org.sharaka.identifiers;

import java.util.Locale;

/**
 * Companies: {@code CC:REGISTER:NUMBER}. Registers known with their check digits: Morocco's ICE, France's SIREN and SIRET, Spain's CIF; known by
 * their form: the United Kingdom's company number. Any other is {@code CC:REG:NUMBER}.
 */
final class Companies {
    /** La Poste's establishments have numbers of their own kind: their digits add up to a multiple of five. */
    private static final String LA_POSTE = "356000000";

    private Companies() {}

    static Parsed parse(String raw, Region region) {
        String text = raw.toUpperCase(Locale.ROOT);
        String country = region.code();
        String register = "";
        if (text.length() > 3 && text.charAt(2) == ':') {
            country = text.substring(0, 2);
            if (!Region.isCountry(country) && !country.equals("ZZ")) return InvalidReason.UNKNOWN_COUNTRY.parsed();
            int colon = text.indexOf(':', 3);
            register = colon < 0 ? "" : text.substring(3, colon);
            text = text.substring(colon < 0 ? 3 : colon + 1);
        }
        String number = Compact.of(text);
        if (number.isEmpty()) return InvalidReason.EMPTY.parsed();
        if (number.length() > 20) return InvalidReason.TOO_LONG.parsed();
        return switch (country) {
            case "MA" -> register.equals("REG") ? other(country, number) : ice(number);
            case "FR" -> number.length() == 14 ? siret(number) : siren(number);
            case "ES" -> cif(number);
            case "GB" -> british(number);
            default -> other(country, number);
        };
    }

    /**
     * Identifiant commun de l'entreprise: nine digits for the company, four for the establishment, two of control. No
     * official text of the control's rule was found; that the whole is divisible by 97 is inferred from the published
     * examples that were found, all of which keep it.
     */
    static Parsed ice(String number) {
        if (!Compact.allDigits(number)) return InvalidReason.WRONG_CHARACTER.parsed();
        if (number.length() != 15) return InvalidReason.WRONG_LENGTH.parsed();
        if (Long.parseLong(number) % 97 != 0 || number.startsWith("000000000")) {
            return InvalidReason.WRONG_CHECK_DIGITS.parsed();
        }
        return company("MA", "ICE", number);
    }

    static Parsed siren(String number) {
        if (!Compact.allDigits(number)) return InvalidReason.WRONG_CHARACTER.parsed();
        if (number.length() != 9) return InvalidReason.WRONG_LENGTH.parsed();
        if (!Compact.luhn(number) || number.equals("000000000")) return InvalidReason.WRONG_CHECK_DIGITS.parsed();
        return company("FR", "SIREN", number);
    }

    static Parsed siret(String number) {
        if (!Compact.allDigits(number)) return InvalidReason.WRONG_CHARACTER.parsed();
        if (number.length() != 14) return InvalidReason.WRONG_LENGTH.parsed();
        boolean post =
                number.startsWith(LA_POSTE) && number.chars().map(c -> c - '0').sum() % 5 == 0;
        boolean usual = Compact.luhn(number) && Compact.luhn(number.substring(0, 9));
        if ((!usual && !post) || number.startsWith("000000000")) return InvalidReason.WRONG_CHECK_DIGITS.parsed();
        return company("FR", "SIRET", number);
    }

    /** A letter for the legal form, seven digits, a control that is a digit or, for some forms, a letter (Orden EHA/451/2008). */
    static Parsed cif(String number) {
        if (number.length() != 9) return InvalidReason.WRONG_LENGTH.parsed();
        char form = number.charAt(0);
        if ("ABCDEFGHJNPQRSUVW".indexOf(form) < 0 || !Compact.allDigits(number.substring(1, 8))) {
            return InvalidReason.WRONG_STRUCTURE.parsed();
        }
        int sum = 0;
        for (int i = 1; i < 8; i++) {
            int digit = number.charAt(i) - '0';
            if (i % 2 == 1) digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
            sum += digit;
        }
        int control = (10 - sum % 10) % 10;
        char last = number.charAt(8);
        boolean letter = last == "JABCDEFGHI".charAt(control);
        boolean digit = last == '0' + control;
        boolean right = "PQRSNW".indexOf(form) >= 0 ? letter : "ABEH".indexOf(form) >= 0 ? digit : letter || digit;
        return right ? company("ES", "CIF", number) : InvalidReason.WRONG_CHECK_DIGITS.parsed();
    }

    /** Eight digits, or two letters of the register (SC, NI, OC …) and six digits; leading zeros are often left out. */
    static Parsed british(String number) {
        String letters = number.length() > 2 && Character.isLetter(number.charAt(0)) ? number.substring(0, 2) : "";
        String digits = number.substring(letters.length());
        if (!Compact.allDigits(digits)) return InvalidReason.WRONG_CHARACTER.parsed();
        int size = letters.isEmpty() ? 8 : 6;
        if (digits.length() > size || digits.length() < size - 2) return InvalidReason.WRONG_LENGTH.parsed();
        if (!letters.isEmpty() && !letters.chars().allMatch(c -> c >= 'A' && c <= 'Z')) {
            return InvalidReason.WRONG_CHARACTER.parsed();
        }
        return company("GB", "CRN", letters + "0".repeat(size - digits.length()) + digits);
    }

    private static Parsed other(String country, String number) {
        if (number.length() < 4) return InvalidReason.WRONG_LENGTH.parsed();
        boolean digit = false;
        for (int i = 0; i < number.length(); i++) {
            char c = number.charAt(i);
            if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'))) return InvalidReason.WRONG_CHARACTER.parsed();
            digit |= c <= '9';
        }
        return digit && !Cards.isCard(number)
                ? company(country, "REG", number)
                : InvalidReason.WRONG_STRUCTURE.parsed();
    }

    private static Parsed company(String country, String register, String number) {
        return Parsed.valid(
                IdentifierKind.COMPANY_NUMBER,
                country + ":" + register + ":" + number,
                number + " (" + register + " " + country + ")");
    }
}
