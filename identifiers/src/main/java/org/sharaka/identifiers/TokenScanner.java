package org.sharaka.identifiers;

import org.jspecify.annotations.Nullable;

/** What proves itself by its form and checksum: bank accounts, wallets, hashes, transactions, vehicles. */
final class TokenScanner {
    private final Scan scan;
    private final NormalisedText text;
    private final Tokens tokens;

    private TokenScanner(Scan scan) {
        this.scan = scan;
        this.text = scan.text;
        this.tokens = scan.tokens;
    }

    static void scan(Scan scan) {
        TokenScanner scanner = new TokenScanner(scan);
        for (int token = 0; token < scan.tokens.count(); token++) scanner.token(token);
    }

    private void token(int token) {
        if (!tokens.is(token, Tokens.ASCII)) return;
        int start = tokens.start(token);
        int length = tokens.length(token);
        if (!scan.isFree(start, start + 1)) return;
        if (iban(token)) return;
        if (length >= 25 && length <= 128 && tokens.is(token, Tokens.HAS_DIGIT)) {
            strong(token, text.substring(start, tokens.end(token)));
        } else if (length == 8) {
            uuid(token);
        }
    }

    private void strong(int token, String word) {
        int start = tokens.start(token);
        int end = tokens.end(token);
        if (!scan.isFree(start, end)) return;
        Parsed wallet = wallet(token, word);
        if (wallet != null && scan.add(wallet, start, end)) return;
        Parsed digest = digest(token, word);
        if (digest != null) scan.add(digest, start, end);
    }

    private @Nullable Parsed wallet(int token, String word) {
        int length = word.length();
        char first = word.charAt(0);
        if (length == 42 && first == '0' && (word.charAt(1) == 'x' || word.charAt(1) == 'X'))
            return Wallets.ethereum(word);
        if (first == 'b' || first == 'B')
            return word.regionMatches(true, 0, "bc1", 0, 3) ? Wallets.bitcoin(word) : null;
        if (first == 'l') return word.startsWith("ltc1") ? Wallets.litecoin(word) : null;
        if (length == 95 || length == 106) return first == '4' || first == '8' ? Wallets.monero(word) : null;
        if (length > 35) return word.startsWith("LTC1") ? Wallets.litecoin(word) : null;
        return switch (first) {
            case '1' -> Wallets.bitcoin(word);
            case '3' -> isLitecoin(token) ? Wallets.litecoin(word) : Wallets.bitcoin(word);
            case 'L', 'M' -> Wallets.litecoin(word);
            case 'T' -> length == 34 ? Wallets.tron(word) : null;
            default -> null;
        };
    }

    private boolean isLitecoin(int token) {
        return ((tokens.contextBefore(token, 5) | tokens.contextBehind(token, 2)) & ContextWords.LITECOIN) != 0;
    }

    /**
     * 64 hex digits are a transaction of Bitcoin, Ethereum or Tron as well as a SHA-256: with 0x before them or a word for a transaction nearby they
     * are a transaction, unless a word for a file stands nearer; without any they are a hash.
     */
    private @Nullable Parsed digest(int token, String word) {
        int length = word.length();
        if (length == 66 && (word.startsWith("0x") || word.startsWith("0X"))) return Transactions.chain(word);
        if (!Digests.isLength(length) || !Digests.isHex(word)) return null;
        if (length == 64) {
            int near = tokens.contextBefore(token, 2);
            int far = tokens.contextBefore(token, 5) | tokens.contextBehind(token, 2);
            boolean file = (near & ContextWords.HASH) != 0 && (near & ContextWords.TRANSACTION) == 0;
            if (!file && (far & ContextWords.TRANSACTION) != 0) return Transactions.chain(word);
        }
        return Digests.isMixed(word) ? Digests.parse(word) : null;
    }

    /** The reference that travels with a payment between banks is a UUID, version 4 (ISO 20022 UETR); only beside a word for payments. */
    private void uuid(int token) {
        int start = tokens.start(token);
        int end = start + 36;
        if (text.charAt(start + 8) != '-' || text.charAt(start + 23) != '-' || end > text.length()) return;
        if (Character.isLetterOrDigit(text.charAt(end)) || !scan.isFree(start, end)) return;
        int context = tokens.contextBefore(token, 5);
        if ((context & (ContextWords.PAYMENT | ContextWords.REFERENCE | ContextWords.TRANSACTION)) == 0) return;
        scan.add(Transactions.uetr(text.substring(start, end)), start, end);
    }

    private boolean iban(int token) {
        int at = tokens.start(token);
        int length = tokens.length(token);
        if (length >= 8 && startsWithIban(at)) {
            at += 4;
            length -= 4;
        }
        if (length == 2) {
            if (text.charAt(at + 2) != ' ' || !isDigit(text.charAt(at + 3))) return false;
        } else if (length < 4 || !isDigit(text.charAt(at + 2)) || !isDigit(text.charAt(at + 3))) {
            return false;
        }
        char first = capital(text.charAt(at));
        char second = capital(text.charAt(at + 1));
        if (first == 0 || second == 0) return false;
        int size = BankAccounts.ibanLength(first, second);
        if (size == 0) return false;
        int end = compactEnd(at, size);
        if (end < 0 || !scan.isFree(at, end)) return false;
        return scan.add(BankAccounts.parseIban(text.substring(at, end)), at, end);
    }

    private boolean startsWithIban(int at) {
        return capital(text.charAt(at)) == 'I'
                && capital(text.charAt(at + 1)) == 'B'
                && capital(text.charAt(at + 2)) == 'A'
                && capital(text.charAt(at + 3)) == 'N';
    }

    /** Where so many letters and digits, with up to two separators between them, end; -1 when they do not or go on. */
    private int compactEnd(int from, int size) {
        int count = 0;
        int separators = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80 && Character.isLetterOrDigit(c)) {
                separators = 0;
                if (++count == size) return Character.isLetterOrDigit(text.charAt(i + 1)) ? -1 : i + 1;
            } else if (" -.\n\r\t".indexOf(c) < 0 || ++separators > 2) {
                return -1;
            }
        }
        return -1;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static char capital(char c) {
        if (c >= 'A' && c <= 'Z') return c;
        return c >= 'a' && c <= 'z' ? (char) (c - 32) : 0;
    }
}
