package org.sharaka.identifiers;

/** Masks whole card numbers in a text that will be kept. */
final class CardRedaction {
    private static final int DIGITS_MIN = 14;
    private static final CardHash NONE = number -> {
        throw new IllegalStateException("nothing is hashed here");
    };

    private final CharSequence given;
    private final NormalisedText read;
    private final Scan scan;

    private CardRedaction(CharSequence given) {
        this.given = given;
        this.read = NormalisedText.of(given, given.length());
        this.scan = new Scan(read, Region.UNKNOWN, ExtractorSettings.with(NONE));
        // Digits inside an account, a wallet or a hash with right check digits are theirs.
        TokenScanner.scan(scan);
    }

    static String redact(CharSequence text) {
        return new CardRedaction(text).redacted();
    }

    private String redacted() {
        StringBuilder out = null;
        int copied = 0;
        int i = 0;
        while (i < read.length()) {
            if (!isDigit(i) || !scan.isFree(i, i + 1)) {
                i++;
                continue;
            }
            int behind = accountEnd(i);
            int end = behind < 0 ? cardEnd(i) : -1;
            if (end > 0) {
                if (out == null) out = new StringBuilder(given.length());
                out.append(given, copied, read.originalStart(i)).append(Cards.display(digits(i, end)));
                copied = read.originalEnd(end);
                behind = end;
            }
            i = behind > 0 ? behind : groupEnd(i);
        }
        return out == null
                ? given.toString()
                : out.append(given, copied, given.length()).toString();
    }

    /** Behind a Moroccan account number that begins here; -1 when none does. */
    private int accountEnd(int from) {
        int end = digitsEnd(from, BankAccounts.RIB_LENGTH);
        return end > 0 && !isDigit(end) && BankAccounts.isRib(digits(from, end)) ? end : -1;
    }

    /**
     * Behind the longest card number that begins here. It may end inside a block that goes on (an expiry date and a security code
     * pasted to it), unless the block is short enough to be a card number of another length.
     */
    private int cardEnd(int from) {
        for (int size = Cards.LENGTH_MAX; size >= DIGITS_MIN; size--) {
            int end = digitsEnd(from, size);
            if (end < 0) continue;
            boolean whole = !isDigit(end);
            if (!whole && groupEnd(from) - from <= Cards.LENGTH_MAX) continue;
            if (Cards.isCard(digits(from, end))) return end;
        }
        return -1;
    }

    /** Where so many digits with at most two separators between any of them end; -1 when they stop before. */
    private int digitsEnd(int from, int size) {
        int count = 0;
        int separators = 0;
        for (int i = from; i < read.length(); i++) {
            if (isDigit(i)) {
                separators = 0;
                if (++count == size) return i + 1;
            } else if (" -._/\n\r\t".indexOf(read.charAt(i)) < 0 || ++separators > 2) {
                return -1;
            }
        }
        return -1;
    }

    private int groupEnd(int from) {
        int end = from;
        while (isDigit(end)) end++;
        return end;
    }

    private String digits(int from, int to) {
        StringBuilder digits = new StringBuilder(Cards.LENGTH_MAX);
        for (int i = from; i < to; i++) {
            if (isDigit(i)) digits.append(read.charAt(i));
        }
        return digits.toString();
    }

    private boolean isDigit(int i) {
        char c = read.charAt(i);
        return c >= '0' && c <= '9';
    }
}
