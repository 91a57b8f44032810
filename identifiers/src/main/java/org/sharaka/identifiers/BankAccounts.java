package org.sharaka.identifiers;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Bank account numbers with their check digits: IBAN (ISO 13616, check digits after ISO 7064 MOD 97-10) and the Moroccan RIB,
 * whose key makes the whole number divisible by 97. A Moroccan IBAN is MA, two check digits and the RIB (SWIFT IBAN registry).
 */
final class BankAccounts {
    static final int IBAN_LENGTH_MIN = 14;
    static final int IBAN_LENGTH_MAX = 34;
    static final int RIB_LENGTH = 24;

    /**
     * Country and structure of the part behind the check digits: n digits, a capitals, c both. Facts of the SWIFT IBAN registry, and
     * for countries that are not in it yet (DZ, AO, BF, BJ, CF, CG, CI, CM, CV, GA, GQ, GW, IR, KM, MA, MG, ML, MZ, NE, SN, TD, TG
     * among others) of what their banks publish.
     */
    private static final String STRUCTURES = """
            AD4n4n12c AE3n16n AL8n16c AO21n AT5n11n AX6n7n1n AZ4a20c BA3n3n8n2n BE3n7n2n BF2c22n BG4a4n2n8c BH4a14c BI5n5n11n2n \
            BJ2c22n BL5n5n11c2n BR8n5n10n1a1c BY4c4n16c CF5n5n11n2n CG5n5n11n2n CH5n12c CI2c22n CM23n CR4n14n CV21n CY3n5n16c \
            CZ4n6n10n DE8n10n DJ5n5n11n2n DK4n9n1n DO4c20n DZ20n EE2n2n11n1n EG4n4n17n ES4n4n1n1n10n FI6n7n1n FK2a12n FO4n9n1n \
            FR5n5n11c2n GA5n5n11n2n GB4a6n8n GE2a16n GF5n5n11c2n GI4a15c GL4n9n1n GP5n5n11c2n GQ5n5n11n2n GR3n4n16c GT4c20c \
            GW2c2n4n11n2n HN4a20n HR7n10n HU3n4n1n15n1n IE4a6n8n IL3n3n13n IQ4a3n12n IR22n IS4n2n6n10n IT1a5n5n12c JO4a4n18c \
            KM5n5n11n2n KW4a22c KZ3n13c LB4n20c LC4a24c LI5n12c LT5n11n LU3n13c LV4a13c LY3n3n15n MA3n5n14n2n MC5n5n11c2n \
            MD2c18c ME3n13n2n MF5n5n11c2n MG23n MK3n10c2n ML2c22n MN4n12n MQ5n5n11c2n MR5n5n11n2n MT4a5n18c MU4a2n2n12n3n3a \
            MZ21n NC5n5n11c2n NE2a22n NI4a20n NL4a10n NO4n6n1n OM3n16c PF5n5n11c2n PK4a16c PL8n16n PM5n5n11c2n PS4a21c \
            PT4n4n11n2n QA4a4n17c RE5n5n11c2n RO4a16c RS3n13n2n RU9n5n15c SA2n18c SC4a2n2n16n3a SD2n12n SE3n16n1n SI5n8n2n \
            SK4n6n10n SM1a5n5n12c SN2c22n SO4n3n12n ST8n11n2n SV4a20n TD5n5n11n2n TF5n5n11c2n TG2a22n TL3n14n2n TN2n3n13n2n \
            TR5n1n16c UA6n19c VA3n15n VG4a16n WF5n5n11c2n XK4n10n2n YE4a4n18c YT5n5n11c2n""";

    /** By country, one letter of structure a character. */
    private static final Map<String, String> SHAPES = shapes();

    private BankAccounts() {}

    /** The whole length of a country's IBAN; 0 when the country has none. */
    static int ibanLength(char first, char second) {
        String shape = SHAPES.get("" + first + second);
        return shape == null ? 0 : shape.length() + 4;
    }

    static Parsed parseIban(String raw) {
        String iban = Compact.of(raw).toUpperCase(Locale.ROOT);
        if (iban.startsWith("IBAN")) iban = iban.substring(4);
        if (iban.isEmpty()) return InvalidReason.EMPTY.parsed();
        if (iban.length() < 4) return InvalidReason.WRONG_LENGTH.parsed();
        String shape = SHAPES.get(iban.substring(0, 2));
        if (shape == null) return InvalidReason.UNKNOWN_COUNTRY.parsed();
        if (iban.length() != shape.length() + 4) return InvalidReason.WRONG_LENGTH.parsed();
        if (!isDigit(iban.charAt(2)) || !isDigit(iban.charAt(3))) return InvalidReason.WRONG_STRUCTURE.parsed();
        for (int i = 0; i < shape.length(); i++) {
            char c = iban.charAt(i + 4);
            boolean fits =
                    switch (shape.charAt(i)) {
                        case 'n' -> isDigit(c);
                        case 'a' -> isCapital(c);
                        default -> isDigit(c) || isCapital(c);
                    };
            if (!fits) return InvalidReason.WRONG_STRUCTURE.parsed();
        }
        if (ibanRemainder(iban) != 1) return InvalidReason.WRONG_CHECK_DIGITS.parsed();
        return Parsed.valid(IdentifierKind.IBAN, iban, grouped(iban));
    }

    static Parsed parseRib(String raw) {
        String rib = Compact.of(raw);
        if (rib.isEmpty()) return InvalidReason.EMPTY.parsed();
        for (int i = 0; i < rib.length(); i++) {
            if (!isDigit(rib.charAt(i))) return InvalidReason.WRONG_CHARACTER.parsed();
        }
        if (rib.length() != RIB_LENGTH) return InvalidReason.WRONG_LENGTH.parsed();
        if (!isRib(rib)) return InvalidReason.WRONG_CHECK_DIGITS.parsed();
        String display =
                rib.substring(0, 3) + " " + rib.substring(3, 6) + " " + rib.substring(6, 22) + " " + rib.substring(22);
        return Parsed.valid(IdentifierKind.RIB_MA, rib, display);
    }

    /** Bank, place, account and key: 24 digits, not all zero, divisible by 97. */
    static boolean isRib(String digits) {
        return !digits.startsWith("000000") && remainder(digits, 0, digits.length(), 0) == 0;
    }

    private static int ibanRemainder(String iban) {
        return remainder(iban, 0, 4, remainder(iban, 4, iban.length(), 0));
    }

    private static int remainder(String text, int from, int to, int start) {
        int remainder = start;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            remainder = isDigit(c) ? (remainder * 10 + c - '0') % 97 : (remainder * 100 + c - 'A' + 10) % 97;
        }
        return remainder;
    }

    private static String grouped(String iban) {
        StringBuilder out = new StringBuilder(iban.length() + 8);
        for (int i = 0; i < iban.length(); i++) {
            if (i > 0 && i % 4 == 0) out.append(' ');
            out.append(iban.charAt(i));
        }
        return out.toString();
    }

    private static Map<String, String> shapes() {
        Map<String, String> shapes = new HashMap<>();
        for (String entry : STRUCTURES.strip().split("\\s+")) {
            StringBuilder shape = new StringBuilder();
            int count = 0;
            for (char c : entry.substring(2).toCharArray()) {
                if (isDigit(c)) {
                    count = count * 10 + c - '0';
                } else {
                    shape.append(String.valueOf(c).repeat(count));
                    count = 0;
                }
            }
            shapes.put(entry.substring(0, 2), shape.toString());
        }
        return Map.copyOf(shapes);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isCapital(char c) {
        return c >= 'A' && c <= 'Z';
    }
}
