package org.sharaka.identifiers;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Vehicles: identification numbers (ISO 3779) and registration plates, {@code CC:} and the plate without its separators. */
final class Vehicles {
    static final int VIN_LENGTH = 17;

    private static final int[] WEIGHTS = {8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};
    private static final String GAP = "[ \\-|/.]*+";
    private static final Pattern MOROCCO =
            Pattern.compile("(\\d{1,5}+)" + GAP + "([\\u0621-\\u064AABDHWT])" + GAP + "(\\d{1,5}+)");
    private static final Pattern MOROCCO_TEMPORARY = Pattern.compile("(W{1,2})" + GAP + "(\\d{3,7}+)");
    private static final Pattern SPAIN = Pattern.compile("(\\d{4})" + GAP + "([B-DF-HJ-NP-TV-Z]{3})");
    private static final Pattern SPAIN_OLD = Pattern.compile("([A-Z]{1,2})" + GAP + "(\\d{4})" + GAP + "([A-Z]{1,2})");
    private static final Pattern FRANCE =
            Pattern.compile("([A-HJ-NP-TV-Z]{2})" + GAP + "(\\d{3})" + GAP + "([A-HJ-NP-TV-Z]{2})");
    private static final Pattern FRANCE_OLD =
            Pattern.compile("(\\d{1,4}+)" + GAP + "([A-HJ-NP-TV-Z]{2,3})" + GAP + "(\\d{2,3}|2[AB])");
    private static final Pattern BRITAIN = Pattern.compile("([A-Z]{2})(\\d{2})" + GAP + "([A-Z]{3})");

    /** The letters of Moroccan series and how they are typed where there is no Arabic keyboard. */
    private static final Map<String, String> LATIN_SERIES =
            Map.of("A", "أ", "B", "ب", "D", "د", "H", "ه", "W", "و", "T", "ط", "ا", "أ", "إ", "أ", "آ", "أ");

    private Vehicles() {}

    static Parsed parseVin(String raw) {
        String vin = Compact.of(raw).toUpperCase(Locale.ROOT);
        if (vin.isEmpty()) return InvalidReason.EMPTY.parsed();
        if (vin.length() != VIN_LENGTH) return InvalidReason.WRONG_LENGTH.parsed();
        boolean digit = false;
        for (int i = 0; i < VIN_LENGTH; i++) {
            char c = vin.charAt(i);
            if (!isVinChar(c)) return InvalidReason.WRONG_CHARACTER.parsed();
            digit |= c <= '9';
        }
        if (!digit) return InvalidReason.WRONG_STRUCTURE.parsed();
        // 49 CFR 565.15 asks for the check digit of vehicles for North America (first character 1 to 5); ISO 3779
        // leaves it free.
        if (vin.charAt(0) >= '1' && vin.charAt(0) <= '5' && !hasVinCheckDigit(vin)) {
            return InvalidReason.WRONG_CHECK_DIGITS.parsed();
        }
        return Parsed.valid(IdentifierKind.VIN, vin, vin);
    }

    static boolean isVinChar(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z' && c != 'I' && c != 'O' && c != 'Q');
    }

    /** 49 CFR 565.15(c). */
    static boolean hasVinCheckDigit(String vin) {
        int sum = 0;
        for (int i = 0; i < VIN_LENGTH; i++) sum += WEIGHTS[i] * vinValue(vin.charAt(i));
        int rest = sum % 11;
        return vin.charAt(8) == (rest == 10 ? 'X' : (char) ('0' + rest));
    }

    private static int vinValue(char c) {
        if (c <= '9') return c - '0';
        if (c <= 'H') return c - 'A' + 1;
        if (c <= 'R') return c - 'J' + 1;
        return c - 'S' + 2;
    }

    static Parsed parsePlate(String raw, Region region) {
        String text = raw.toUpperCase(Locale.ROOT);
        String country = region.code();
        if (text.length() > 3 && text.charAt(2) == ':') {
            country = text.substring(0, 2);
            text = text.substring(3);
            if (!Region.isCountry(country) && !country.equals("ZZ")) return InvalidReason.UNKNOWN_COUNTRY.parsed();
        }
        if (text.length() > 20) return InvalidReason.TOO_LONG.parsed();
        String plate = nationalPlate(text, country);
        if (plate == null && hasOwnRules(country)) return InvalidReason.WRONG_STRUCTURE.parsed();
        return plate == null ? anyPlate(text, country) : plate(country, plate);
    }

    static boolean hasOwnRules(String country) {
        return switch (country) {
            case "MA", "ES", "FR" -> true;
            default -> false;
        };
    }

    /** The plate in its country's own form; null when it is not written so. */
    static @Nullable String nationalPlate(String text, String country) {
        return switch (country) {
            case "MA" -> moroccan(text);
            case "ES" -> first(text, SPAIN, SPAIN_OLD);
            case "FR" -> first(text, FRANCE, FRANCE_OLD);
            case "GB" -> first(text, BRITAIN, BRITAIN);
            default -> null;
        };
    }

    static Parsed plate(String country, String plate) {
        return Parsed.valid(IdentifierKind.PLATE, country + ":" + plate, plate + " (" + country + ")");
    }

    /** Number, series letter, prefecture 1 to 89: in either order, since right-to-left text turns them round. */
    private static @Nullable String moroccan(String text) {
        Matcher temporary = MOROCCO_TEMPORARY.matcher(text);
        if (temporary.matches()) return temporary.group(1) + temporary.group(2);
        Matcher matcher = MOROCCO.matcher(text);
        if (!matcher.matches()) return null;
        String number = matcher.group(1);
        String series = LATIN_SERIES.getOrDefault(matcher.group(2), matcher.group(2));
        String place = matcher.group(3);
        if (place.length() > 2) {
            String turned = number;
            number = place;
            place = turned;
        }
        if (place.length() > 2) return null;
        int prefecture = Integer.parseInt(place);
        int serial = Integer.parseInt(number);
        return prefecture < 1 || prefecture > 89 || serial < 1 ? null : serial + "-" + series + "-" + prefecture;
    }

    private static @Nullable String first(String text, Pattern usual, Pattern old) {
        Matcher matcher = usual.matcher(text);
        if (!matcher.matches()) matcher = old.matcher(text);
        if (!matcher.matches()) return null;
        return Compact.of(text);
    }

    private static Parsed anyPlate(String text, String country) {
        String plate = Compact.of(text);
        if (plate.length() < 3 || plate.length() > 12) return InvalidReason.WRONG_LENGTH.parsed();
        boolean digit = false;
        for (int i = 0; i < plate.length(); i++) {
            char c = plate.charAt(i);
            if (!Character.isLetterOrDigit(c)) return InvalidReason.WRONG_CHARACTER.parsed();
            digit |= c >= '0' && c <= '9';
        }
        return digit ? plate(country, plate) : InvalidReason.WRONG_STRUCTURE.parsed();
    }
}
