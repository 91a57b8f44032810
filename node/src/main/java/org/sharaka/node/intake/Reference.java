package org.sharaka.node.intake;

import java.security.SecureRandom;
import java.util.Optional;
import org.sharaka.node.platform.CheckedSymbols;

/**
 * What a reporter and other systems call a report: random, so that it says neither when the report came nor how many there
 * are, and cannot be guessed. See {@link CheckedSymbols} for how it is written.
 *
 * @param symbols the 20 symbols without separators, upper case
 */
public record Reference(String symbols) {
    /** Symbols of a reference, the check symbol included. */
    public static final int LENGTH = CheckedSymbols.LENGTH;

    private static final int GROUP = 4;

    public Reference {
        if (!CheckedSymbols.valid(symbols)) throw new IllegalArgumentException("not a reference");
    }

    static Reference random(SecureRandom random) {
        byte[] bytes = new byte[CheckedSymbols.BYTES];
        random.nextBytes(bytes);
        return of(bytes);
    }

    /** @param bytes at least {@link CheckedSymbols#BYTES} that nobody can guess */
    public static Reference of(byte[] bytes) {
        return new Reference(CheckedSymbols.of(bytes));
    }

    /** As {@link CheckedSymbols#parse}. */
    public static Optional<Reference> parse(String typed) {
        return CheckedSymbols.parse(typed).map(Reference::new);
    }

    /** In groups of four: {@code 7KQ2-…}. */
    public String grouped() {
        return CheckedSymbols.grouped(symbols, GROUP);
    }

    @Override
    public String toString() {
        return grouped();
    }
}
