package org.sharaka.node.intake;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;

/**
 * What a reporter and other systems call a report: random, so that it says neither when the report came nor how many there
 * are, and cannot be guessed. 95 random bits and one check symbol, in Crockford's Base 32 alphabet, which has no I, L, O
 * or U to be misread.
 *
 * <p>The check symbol is that of a Reed-Solomon code over GF(32): any single wrong symbol and any two exchanged symbols
 * are noticed.
 *
 * @param symbols the 20 symbols without separators, upper case
 */
public record Reference(String symbols) {
    /** Symbols of a reference, the check symbol included. */
    public static final int LENGTH = 20;

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int GROUP = 4;
    /** x⁵ + x² + 1, irreducible and primitive over GF(2). */
    private static final int FIELD_POLYNOMIAL = 0b100101;

    public Reference {
        if (symbols.length() != LENGTH || syndrome(symbols) != 0) throw new IllegalArgumentException("not a reference");
    }

    static Reference random(SecureRandom random) {
        var symbols = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH - 1; i++) symbols.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        int check = timesX(syndrome(symbols));
        return new Reference(symbols.append(ALPHABET.charAt(check)).toString());
    }

    /**
     * Reads a reference as people type it: any case, with or without separators, O for 0, I or L for 1.
     *
     * @return empty if it cannot be one, for instance because a symbol was mistyped
     */
    public static Optional<Reference> parse(String typed) {
        if (typed.length() > 4 * LENGTH) return Optional.empty();
        String symbols = typed.replaceAll("[\\s\\u2010-\\u2015-]", "")
                .toUpperCase(Locale.ROOT)
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
        return symbols.length() == LENGTH && syndrome(symbols) == 0
                ? Optional.of(new Reference(symbols))
                : Optional.empty();
    }

    /** In groups of four: {@code 7KQ2-…}. */
    public String grouped() {
        var grouped = new StringBuilder(LENGTH + LENGTH / GROUP);
        for (int i = 0; i < LENGTH; i += GROUP) {
            if (i > 0) grouped.append('-');
            grouped.append(symbols, i, i + GROUP);
        }
        return grouped.toString();
    }

    @Override
    public String toString() {
        return grouped();
    }

    /** Horner's rule over GF(32) at x; 0 for a valid reference, -1 if a symbol is not of the alphabet. */
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
