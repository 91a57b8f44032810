package org.sharaka.identifiers;

/** Numbers without what people put between the digits. */
final class Compact {
    private Compact() {}

    /** Without blanks, hyphens, dots, slashes, low lines and brackets. */
    static String of(String raw) {
        StringBuilder out = null;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            boolean separator = c <= ' ' || " -./_()|:".indexOf(c) >= 0;
            if (separator && out == null) out = new StringBuilder(raw.length()).append(raw, 0, i);
            if (!separator && out != null) out.append(c);
        }
        return out == null ? raw : out.toString();
    }

    static boolean allDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') return false;
        }
        return !text.isEmpty();
    }

    /** ISO/IEC 7812-1 annex B. */
    static boolean luhn(String digits) {
        int sum = 0;
        boolean twice = false;
        for (int i = digits.length() - 1; i >= 0; i--) {
            int digit = digits.charAt(i) - '0';
            if (twice) digit = digit > 4 ? digit * 2 - 9 : digit * 2;
            sum += digit;
            twice = !twice;
        }
        return sum % 10 == 0;
    }
}
