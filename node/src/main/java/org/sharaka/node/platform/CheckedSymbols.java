package org.sharaka.node.platform;

import java.util.Locale;
import java.util.Optional;

/**
 * Text of 20 symbols that people copy by hand: 95 bits and one check symbol, in Crockford's Base 32 alphabet, which has no
 * I, L, O or U to be misread.
 *
 * <p>The check symbol is that of a Reed-Solomon code over GF(32): any single wrong symbol and any two exchanged symbols are
 * noticed.
 */
public final class CheckedSymbols {
    /** Symbols of a text, the check symbol included. */
    public static final int LENGTH = 20;

    /** Random bytes that a text is made of; of the last one seven bits count. */
    public static final int BYTES = 12;

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int BITS = 5;
    /** x⁵ + x² + 1, irreducible and primitive over GF(2). */
    private static final int FIELD_POLYNOMIAL = 0b100101;

    private CheckedSymbols() {}

    /**
     * Writes 95 bits and their check symbol.
     *
     * @param bytes at least {@link #BYTES}; the rest is ignored
     */
    public static String of(byte[] bytes) {
        var symbols = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH - 1; i++) {
            int bit = i * BITS;
            int window = (bytes[bit / 8] & 0xFF) << 8 | (bit / 8 + 1 < BYTES ? bytes[bit / 8 + 1] & 0xFF : 0);
            symbols.append(ALPHABET.charAt(window >> (16 - BITS - bit % 8) & 0x1F));
        }
        return symbols.append(ALPHABET.charAt(timesX(syndrome(symbols)))).toString();
    }

    /** True for upper-case symbols without separators whose check symbol is right. */
    public static boolean valid(String symbols) {
        return symbols.length() == LENGTH && syndrome(symbols) == 0;
    }

    /**
     * Reads a text as people type it: any case, with or without separators, O for 0, I or L for 1.
     *
     * @return empty if it cannot be one, for instance because a symbol was mistyped
     */
    public static Optional<String> parse(String typed) {
        if (typed.length() > 4 * LENGTH) return Optional.empty();
        String symbols = typed.replaceAll("[\\s\\u2010-\\u2015-]", "")
                .toUpperCase(Locale.ROOT)
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
        return Optional.of(symbols).filter(CheckedSymbols::valid);
    }

    /** With a hyphen after every so many symbols. */
    public static String grouped(String symbols, int group) {
        var grouped = new StringBuilder(symbols.length() + symbols.length() / group);
        for (int i = 0; i < symbols.length(); i += group) {
            if (i > 0) grouped.append('-');
            grouped.append(symbols, i, Math.min(i + group, symbols.length()));
        }
        return grouped.toString();
    }

    /** Horner's rule over GF(32) at x; 0 for a valid text, -1 if a symbol is not of the alphabet. */
    private static int syndrome(CharSequence symbols) {
        int sum = 0;
        for (int i = 0; i < symbols.length(); i++) {
            int value = ALPHABET.indexOf(symbols.charAt(i));
            if (value < 0) return -1;
            sum = timesX(sum) ^ value;
        }
        return sum;
    }

    private static int timesX(int element) {
        int doubled = element << 1;
        return doubled >= ALPHABET.length() ? doubled ^ FIELD_POLYNOMIAL : doubled;
    }
}
