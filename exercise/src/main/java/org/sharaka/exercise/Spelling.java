package org.sharaka.exercise;

import java.util.Locale;
import java.util.Map;

/** The many ways in which people write one and the same identifier. */
final class Spelling {
    private static final Map<String, String> DIALLING = Map.of("FR", "33", "US", "1", "DE", "49");

    private final Chance chance;
    private final Voice voice;
    private final String country;

    /** @param country where the reporter is: a number of that country may be written without its country code */
    Spelling(Chance chance, Voice voice, String country) {
        this.chance = chance;
        this.voice = voice;
        this.country = country;
    }

    String of(Clue clue) {
        return switch (clue.kind()) {
            case IBAN -> digitsOf(grouped(clue.value(), 4), 0.0);
            case RIB -> rib(clue.value());
            case PHONE, OWN_PHONE -> phone(clue.value());
            case LINK -> link(clue.value());
            case TELEGRAM ->
                chance.one(
                        "@" + clue.value(), "@" + clue.value(), "t.me/" + clue.value(), "https://t.me/" + clue.value());
            case WHATSAPP ->
                chance.odds(0.4)
                        ? chance.one("https://wa.me/", "wa.me/") + clue.value().substring(1)
                        : phone(clue.value());
            case INSTAGRAM ->
                chance.one(
                        "@" + clue.value(),
                        "instagram.com/" + clue.value(),
                        "https://www.instagram.com/" + clue.value() + "/");
            case FACEBOOK ->
                chance.one("facebook.com/", "https://www.facebook.com/", "https://m.facebook.com/") + clue.value();
            case EMAIL -> email(clue.value());
            case BTC, TRX, MISTAKEN, MISTAKEN_ACCOUNT -> clue.value();
            case ETH -> chance.odds(0.3) ? clue.value().toLowerCase(Locale.ROOT) : clue.value();
        };
    }

    private String rib(String value) {
        String written =
                switch (chance.below(3)) {
                    case 0 -> value;
                    case 1 ->
                        value.substring(0, 3) + " " + value.substring(3, 6) + " " + value.substring(6, 22) + " "
                                + value.substring(22);
                    default -> grouped(value, 4);
                };
        return digitsOf(written, 0.15);
    }

    private String grouped(String value, int size) {
        if (chance.odds(0.4)) return chance.odds(0.15) ? value.toLowerCase(Locale.ROOT) : value;
        String separator = chance.odds(0.85) ? " " : "-";
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            if (i > 0 && i % size == 0) out.append(separator);
            out.append(value.charAt(i));
        }
        return out.toString();
    }

    private String phone(String international) {
        String dialling = DIALLING.getOrDefault(country, "-");
        String digits = international.substring(1);
        boolean home = digits.startsWith(dialling) && !dialling.equals("1");
        String written;
        if (home && chance.odds(0.55)) {
            String national = "0" + digits.substring(dialling.length());
            written = pairs(national);
        } else {
            written = chance.one("+", "+", "+", "00") + spaced(digits);
        }
        return digitsOf(written, 0.25);
    }

    private String pairs(String national) {
        String separator = chance.one("", " ", " ", ".", "-");
        int first = national.length() % 2 == 0 ? 2 : 3;
        StringBuilder out = new StringBuilder(national.substring(0, first));
        for (int i = first; i < national.length(); i += 2) out.append(separator).append(national, i, i + 2);
        return out.toString();
    }

    private String spaced(String digits) {
        int code = digits.startsWith("1") ? 1 : 2;
        return switch (chance.below(3)) {
            case 0 -> digits;
            case 1 -> digits.substring(0, code) + " " + digits.substring(code);
            default ->
                digits.substring(0, code) + " " + digits.substring(code, code + 3) + " "
                        + digits.substring(code + 3, code + 6) + " " + digits.substring(code + 6);
        };
    }

    /** Links are pasted whole, without their scheme, or made harmless as people were taught to do. */
    private String link(String value) {
        return switch (chance.below(11)) {
            case 10 -> value.substring("https://".length());
            case 0 -> value.replace("https://", "hxxps://").replace(".", "[.]");
            case 1 -> value.replace("https://", "hxxp://");
            case 2 -> value.replace("https://", "https://www.");
            case 3 -> value.replace("https://", "http://");
            case 4 -> value.replaceFirst("\\.", "[.]");
            default -> value;
        };
    }

    private String email(String value) {
        return switch (chance.below(8)) {
            case 0 -> value.replace("@", "[at]");
            case 1 -> value.substring(0, 1).toUpperCase(Locale.ROOT) + value.substring(1);
            default -> value;
        };
    }

    /** Now and then in Arabic-Indic digits, when the reporter writes Arabic. */
    private String digitsOf(String written, double odds) {
        return voice.isArabic() && chance.odds(odds) ? arabicIndic(written) : written;
    }

    static String arabicIndic(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.append(c >= '0' && c <= '9' ? (char) ('\u0660' + c - '0') : c);
        }
        return out.toString();
    }
}
