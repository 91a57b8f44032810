package org.sharaka.node.portal;

import java.util.Optional;
import org.sharaka.node.platform.CheckedSymbols;

/**
 * What a reporter alone knows and opens the mailbox of a report with: 95 bits. Nobody keeps it; prints nothing, so that it
 * cannot slip into a log.
 *
 * @param symbols without separators, upper case
 */
record AccessCode(String symbols) {
    /** Other groups than a reference's, so that nobody takes one for the other. */
    private static final int GROUP = 5;

    AccessCode {
        if (!CheckedSymbols.valid(symbols)) throw new IllegalArgumentException("not an access code");
    }

    static AccessCode of(byte[] bytes) {
        return new AccessCode(CheckedSymbols.of(bytes));
    }

    static Optional<AccessCode> parse(String typed) {
        return CheckedSymbols.parse(typed).map(AccessCode::new);
    }

    /** In groups of five: {@code 7KQ2M-…}. */
    String grouped() {
        return CheckedSymbols.grouped(symbols, GROUP);
    }

    @Override
    public String toString() {
        return "AccessCode[hidden]";
    }
}
