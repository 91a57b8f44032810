package org.sharaka.identifiers;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Telephone numbers in E.164 form, by the numbering plans that libphonenumber gathers. */
final class Phones {
    static final int DIGITS_MIN = 7;
    /** ITU-T E.164 section 6, with an international prefix before it. */
    static final int DIGITS_MAX = 17;

    private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();

    private Phones() {}

    static Parsed parse(String raw, Region region) {
        String text = raw.toLowerCase(Locale.ROOT).startsWith("tel:") ? raw.substring(4) : raw;
        StringBuilder digits = new StringBuilder(20);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') digits.append(c);
            else if (c == '+' && digits.isEmpty()) digits.append(c);
            else if (c > ' ' && " -./()_".indexOf(c) < 0) return InvalidReason.WRONG_CHARACTER.parsed();
        }
        if (digits.isEmpty()) return InvalidReason.EMPTY.parsed();
        if (digits.length() > DIGITS_MAX + 4) return InvalidReason.TOO_LONG.parsed();
        PhoneNumber number = read(digits.toString(), region);
        return number == null ? InvalidReason.IMPOSSIBLE_NUMBER.parsed() : parsed(IdentifierKind.PHONE, number);
    }

    static Parsed parsed(IdentifierKind kind, PhoneNumber number) {
        return Parsed.valid(
                kind,
                PLANS.format(number, PhoneNumberFormat.E164),
                PLANS.format(number, PhoneNumberFormat.INTERNATIONAL));
    }

    /**
     * A number that a subscriber can have; null otherwise.
     *
     * @param digits digits, perhaps after one plus sign
     */
    static @Nullable PhoneNumber read(String digits, Region region) {
        if (digits.startsWith("+")) return international(digits);
        if (digits.startsWith("00")) {
            PhoneNumber number = international("+" + digits.substring(2));
            if (number != null) return number;
        }
        PhoneNumber national = region.equals(Region.UNKNOWN) ? null : valid(digits, region.code());
        if (national != null) return national;
        // As messengers show it: country code first, no plus.
        return digits.length() >= 10 && digits.charAt(0) != '0' ? international("+" + digits) : null;
    }

    static @Nullable PhoneNumber international(String plusAndDigits) {
        return plusAndDigits.length() > 16 ? null : valid(plusAndDigits, "ZZ");
    }

    static @Nullable PhoneNumber national(String digits, Region region) {
        return region.equals(Region.UNKNOWN) ? null : valid(digits, region.code());
    }

    static int countryCode(Region region) {
        return region.equals(Region.UNKNOWN) ? 0 : PLANS.getCountryCodeForRegion(region.code());
    }

    /** What is dialled before a national number inside the country; empty where nothing is. */
    static String trunkPrefix(Region region) {
        // Asked about no country, the plans would write a warning into the log.
        if (region.equals(Region.UNKNOWN)) return "";
        String prefix = PLANS.getNddPrefixForRegion(region.code(), true);
        // North America's 1 is left out more often than not.
        return prefix == null || prefix.equals("1") ? "" : prefix;
    }

    /** Ranges kept for works of fiction, which exercises use and the plans do not know (Ofcom; ARCEP decision 2018-0881). */
    private static boolean isFiction(PhoneNumber number) {
        long national = number.getNationalNumber();
        return switch (number.getCountryCode()) {
            case 33 -> national / 10_000 == 63998;
            case 44 -> national / 1_000 == 7_700_900 || national / 1_000 == 1_632_960;
            default -> false;
        };
    }

    private static @Nullable PhoneNumber valid(String digits, String region) {
        try {
            PhoneNumber number = PLANS.parse(digits, region);
            return PLANS.isValidNumber(number) || isFiction(number) ? number : null;
        } catch (NumberParseException e) {
            return null;
        }
    }
}
