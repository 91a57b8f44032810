package org.sharaka.identifiers;

import java.util.Locale;

/** Hashes of files: MD5, SHA-1, SHA-256 or SHA-512 in hex, told apart by their length. */
final class Digests {
    private Digests() {}

    static Parsed parse(String raw) {
        if (raw.isEmpty()) return InvalidReason.EMPTY.parsed();
        if (!isLength(raw.length())) return InvalidReason.WRONG_LENGTH.parsed();
        if (!isHex(raw)) return InvalidReason.WRONG_CHARACTER.parsed();
        String hex = raw.toLowerCase(Locale.ROOT);
        return Parsed.valid(IdentifierKind.FILE_HASH, hex, hex);
    }

    static boolean isLength(int length) {
        return length == 32 || length == 40 || length == 64 || length == 128;
    }

    static boolean isHex(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80 || Character.digit(c, 16) < 0) return false;
        }
        return true;
    }

    /** A hash without a single letter or digit is so rare that a long number or word is meant. */
    static boolean isMixed(String hex) {
        return !Compact.allDigits(hex) && hex.chars().anyMatch(c -> c >= '0' && c <= '9');
    }
}
