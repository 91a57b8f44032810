package org.sharaka.identifiers;

import org.jspecify.annotations.Nullable;

/**
 * Payment cards. The whole number exists only while it is read: what stays are the issuer's six digits, the last four (what PCI DSS
 * lets one show) and a keyed hash.
 */
final class Cards {
    static final int LENGTH_MIN = 13;
    static final int LENGTH_MAX = 19;

    private Cards() {}

    static Parsed parse(String raw, @Nullable CardHash hash) {
        String number = Compact.of(raw);
        if (number.isEmpty()) return InvalidReason.EMPTY.parsed();
        if (isCanonical(raw)) return Parsed.valid(IdentifierKind.CARD, raw, raw.substring(0, raw.indexOf(':')));
        if (!Compact.allDigits(number)) return InvalidReason.WRONG_CHARACTER.parsed();
        if (number.length() < LENGTH_MIN || number.length() > LENGTH_MAX) return InvalidReason.WRONG_LENGTH.parsed();
        if (!isKnownRange(number)) return InvalidReason.UNKNOWN_CARD_RANGE.parsed();
        if (!Compact.luhn(number)) return InvalidReason.WRONG_CHECK_DIGITS.parsed();
        if (hash == null) return InvalidReason.CARD_HASH_MISSING.parsed();
        return Parsed.valid(IdentifierKind.CARD, display(number) + ":" + hash.hash(number), display(number));
    }

    /** {@code 411111******1111}: one star for each digit that is gone. */
    static String display(String number) {
        return number.substring(0, 6) + "*".repeat(number.length() - 10) + number.substring(number.length() - 4);
    }

    /** {@code 411111******1111:<hex>}, as {@link #parse} writes it. */
    private static boolean isCanonical(String text) {
        int colon = text.indexOf(':');
        if (colon < LENGTH_MIN || colon > LENGTH_MAX) return false;
        for (int i = 0; i < colon; i++) {
            char c = text.charAt(i);
            boolean hidden = i >= 6 && i < colon - 4;
            if (hidden ? c != '*' : c < '0' || c > '9') return false;
        }
        int hashLength = text.length() - colon - 1;
        if (hashLength < 16 || hashLength > 64) return false;
        for (int i = colon + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) return false;
        }
        return true;
    }

    static boolean isCard(String digits) {
        return digits.length() >= LENGTH_MIN
                && digits.length() <= LENGTH_MAX
                && Compact.allDigits(digits)
                && isKnownRange(digits)
                && Compact.luhn(digits);
    }

    /**
     * Ranges and lengths that the schemes publish: Visa, Mastercard, American Express, Diners, Discover, JCB, UnionPay, Mir,
     * Maestro (its 16 to 19 digits only: shorter ones are too often something else), RuPay, Elo, Troy, Verve.
     */
    static boolean isKnownRange(String number) {
        int length = number.length();
        if (length < LENGTH_MIN) return false;
        int four = Integer.parseInt(number.substring(0, 4));
        int two = four / 100;
        boolean sixteenUp = length >= 16;
        if (two / 10 == 4) return length == 13 || length == 16 || length == 19;
        if (two == 34 || two == 37) return length == 15;
        if ((four >= 3000 && four <= 3059) || four == 3095 || two == 36 || two == 38 || two == 39) return length >= 14;
        if (four >= 3528 && four <= 3589) return sixteenUp;
        if ((two >= 51 && two <= 55) || (four >= 2221 && four <= 2720)) return length == 16;
        if (four >= 2200 && four <= 2204) return sixteenUp;
        if (two == 50 || (two >= 56 && two <= 69)) return sixteenUp;
        return (two == 81 || two == 82 || four == 9792) && sixteenUp;
    }

    /** A path or query with the card numbers in it masked: forms of phishing kits carry them in plain sight. */
    static String masked(String text) {
        StringBuilder out = null;
        int copied = 0;
        int i = 0;
        while (i < text.length()) {
            int start = i;
            while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') i++;
            int size = i - start;
            if (size >= 14 && isCard(text.substring(start, i))) {
                if (out == null) out = new StringBuilder(text.length());
                out.append(text, copied, start).append(display(text.substring(start, i)));
                copied = i;
            }
            if (size == 0) i++;
        }
        return out == null ? text : out.append(text, copied, text.length()).toString();
    }
}
