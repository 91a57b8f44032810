package org.sharaka.node.access;

import java.io.ByteArrayOutputStream;
import java.util.Locale;

/** RFC 4648 section 6 without padding, as authenticator apps write and read secrets. */
final class Base32 {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private Base32() {}

    static String encode(byte[] bytes) {
        StringBuilder text = new StringBuilder((bytes.length * 8 + 4) / 5);
        int buffer = 0;
        int bits = 0;
        for (byte b : bytes) {
            buffer = (buffer << 8) | (b & 0xFF);
            for (bits += 8; bits >= 5; bits -= 5) text.append(ALPHABET.charAt((buffer >> (bits - 5)) & 31));
        }
        if (bits > 0) text.append(ALPHABET.charAt((buffer << (5 - bits)) & 31));
        return text.toString();
    }

    /** Blanks, hyphens and lower case are forgiven. @throws IllegalArgumentException at any other character */
    static byte[] decode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int buffer = 0;
        int bits = 0;
        for (char c : text.toUpperCase(Locale.ROOT).toCharArray()) {
            if (c == ' ' || c == '-' || c == '=') continue;
            int value = ALPHABET.indexOf(c);
            if (value < 0) throw new IllegalArgumentException("not base32");
            buffer = ((buffer & 0xFFF) << 5) | value;
            bits += 5;
            if (bits >= 8) bytes.write(buffer >> (bits -= 8));
        }
        return bytes.toByteArray();
    }
}
