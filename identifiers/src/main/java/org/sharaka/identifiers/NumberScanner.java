package org.sharaka.identifiers;

import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import org.jspecify.annotations.Nullable;

/** Accounts, cards and telephones among groups of digits with blanks, dots and hyphens between them. */
final class NumberScanner {
    private static final int GROUPS_MAX = 24;

    private final Scan scan;
    private final NormalisedText text;
    private final Tokens tokens;
    private final String prefix;
    private final String countryCode;

    private NumberScanner(Scan scan) {
        this.scan = scan;
        this.text = scan.text;
        this.tokens = scan.tokens;
        this.prefix = Phones.trunkPrefix(scan.region);
        this.countryCode = String.valueOf(Phones.countryCode(scan.region));
    }

    static void scan(Scan scan) {
        NumberScanner scanner = new NumberScanner(scan);
        int token = 0;
        while (token < scan.tokens.count()) token = scanner.number(token);
    }

    /** Reads at one token; the token to go on with. */
    private int number(int token) {
        if (!isDigits(token)) return token + 1;
        int last = account(token);
        if (last < 0) last = card(token);
        if (last < 0) last = phone(token);
        return (last < 0 ? token : last) + 1;
    }

    private boolean isDigits(int token) {
        return tokens.is(token, Tokens.DIGITS | Tokens.ASCII) && scan.isFree(tokens.start(token), tokens.end(token));
    }

    /** A group that goes on a number: near, with nothing but the usual signs between, on the same line unless told otherwise. */
    private boolean goesOn(int token, boolean newline) {
        if (token >= tokens.count() || !isDigits(token)) return false;
        int gap = tokens.start(token) - tokens.end(token - 1);
        if (gap > 3) return false;
        for (int i = tokens.end(token - 1); i < tokens.start(token); i++) {
            char c = text.charAt(i);
            boolean usual = c == ' '
                    || c == '-'
                    || c == '.'
                    || c == '('
                    || c == ')'
                    || (newline && (c == '\n' || c == '\r' || c == '_'));
            if (!usual) return false;
        }
        return true;
    }

    /** {@code 06/39/98/12/34}: pairs of digits from the first on, nothing but slashes between them. */
    private boolean isSlashed(int first, int token) {
        if (token >= tokens.count() || !isDigits(token) || tokens.length(first) != 2) return false;
        for (int at = first + 1; at <= token; at++) {
            int gap = tokens.start(at) - tokens.end(at - 1);
            if (gap != 1 || text.charAt(tokens.end(at - 1)) != '/' || tokens.length(at) != 2) return false;
        }
        return true;
    }

    private int account(int token) {
        int last = endOf(token, BankAccounts.RIB_LENGTH);
        if (last < 0) return -1;
        String digits = digits(token, last);
        if (!BankAccounts.isRib(digits)) return -1;
        return scan.add(BankAccounts.parseRib(digits), tokens.start(token), tokens.end(last)) ? last : -1;
    }

    /** The group where so many digits are complete; -1 when none ends there. */
    private int endOf(int token, int size) {
        int count = 0;
        for (int at = token; at < token + GROUPS_MAX; at++) {
            if (at > token && !goesOn(at, true)) return -1;
            count += tokens.length(at);
            if (count >= size) return count == size ? at : -1;
        }
        return -1;
    }

    private String digits(int from, int to) {
        if (from == to) return text.substring(tokens.start(from), tokens.end(from));
        StringBuilder digits = new StringBuilder(32);
        for (int at = from; at <= to; at++) digits.append(text.units(), tokens.start(at), tokens.length(at));
        return digits.toString();
    }

    private int card(int token) {
        if (hasPlus(token)) return -1;
        int count = 0;
        for (int at = token; at < token + 6; at++) {
            if (at > token && !goesOn(at, true)) return -1;
            count += tokens.length(at);
            if (count > Cards.LENGTH_MAX) return -1;
            if (count < Cards.LENGTH_MIN || !isCardGrouping(token, at)) continue;
            boolean told = ((tokens.contextBefore(token, 6) | tokens.contextBehind(at, 2)) & ContextWords.CARD) != 0;
            if (count < 15 && !told) continue;
            String digits = digits(token, at);
            if (!Cards.isCard(digits)) continue;
            Parsed parsed = Cards.parse(digits, scan.settings.cardHash());
            if (scan.add(parsed, tokens.start(token), tokens.end(at))) return at;
        }
        return -1;
    }

    /** One block, or blocks of four (the last may be shorter), or 4-6-5 and 4-6-4 as on cards of fifteen and fourteen digits. */
    private boolean isCardGrouping(int from, int to) {
        if (from == to) return true;
        if (to - from == 2 && tokens.length(from) == 4 && tokens.length(from + 1) == 6) return true;
        for (int at = from; at < to; at++) {
            if (tokens.length(at) != 4) return false;
        }
        return tokens.length(to) <= 4;
    }

    private boolean hasPlus(int token) {
        int before = tokens.start(token) - 1;
        char c = text.charAt(before);
        if (c == ' ' || c == '(') c = text.charAt(--before);
        return c == '+';
    }

    private int phone(int token) {
        int context = tokens.contextBefore(token, 5);
        boolean plus = hasPlus(token);
        boolean told = ((context | tokens.contextBehind(token, 2)) & (ContextWords.PHONE | ContextWords.WHATSAPP)) != 0;
        if (!plus && !mayBegin(token, told)) return -1;
        int last = token;
        int count = tokens.length(token);
        int[] ends = new int[GROUPS_MAX];
        int candidates = 0;
        if (count > Phones.DIGITS_MAX) return -1;
        while (true) {
            if (count >= Phones.DIGITS_MIN && candidates < ends.length) ends[candidates++] = last;
            if ((!goesOn(last + 1, false) && !isSlashed(token, last + 1)) || last - token >= GROUPS_MAX - 1) break;
            last++;
            count += tokens.length(last);
            if (count > Phones.DIGITS_MAX) break;
        }
        for (int i = candidates - 1; i >= 0; i--) {
            if (!scan.mayTryPhone()) return -1;
            if (!plus && (isDate(token, ends[i]) || isMoneySign(ends[i]))) continue;
            PhoneNumber number = read(token, ends[i], plus, told);
            if (number == null || (!plus && !told && isPartOfMore(token, ends[i]))) continue;
            addPhone(number, token, ends[i], plus, context);
            return ends[i];
        }
        return -1;
    }

    private void addPhone(PhoneNumber number, int token, int last, boolean plus, int context) {
        int start = tokens.start(token);
        if (plus) {
            while (text.charAt(start) != '+') start--;
        }
        // "(0522) 12 34 56": the bracket belongs to the number when it closes inside.
        if (text.charAt(start - 1) == '('
                && text.substring(start, tokens.end(last)).indexOf(')') > 0) start--;
        int near = context | tokens.contextBehind(last, 2);
        boolean whatsapp = (near & ContextWords.WHATSAPP) != 0;
        IdentifierKind kind = whatsapp ? IdentifierKind.WHATSAPP : IdentifierKind.PHONE;
        scan.add(Phones.parsed(kind, number), start, tokens.end(last));
    }

    /** Without a plus: 00, the national trunk prefix, the region's own country code, or a word that says so. */
    private boolean mayBegin(int token, boolean told) {
        if (told) return true;
        int start = tokens.start(token);
        if (text.charAt(start) == '0') return true;
        if (prefix.isEmpty()) return true;
        return tokens.length(token) >= 10 || countryCode.contentEquals(text.substring(start, tokens.end(token)));
    }

    private @Nullable PhoneNumber read(int token, int last, boolean plus, boolean told) {
        String digits = digits(token, last);
        int optionalZero = optionalZero(token, last);
        if (optionalZero > 0) digits = digits.substring(0, optionalZero) + digits.substring(optionalZero + 1);
        if (plus) return Phones.international("+" + digits);
        if (digits.startsWith("00"))
            return digits.length() < 10 ? null : Phones.international("+" + digits.substring(2));
        boolean trunk = prefix.isEmpty() || digits.startsWith(prefix);
        if (told || (trunk && isPhoneGrouping(token, last))) {
            PhoneNumber national = Phones.national(digits, scan.region);
            if (national != null) return national;
        }
        boolean own = digits.startsWith(countryCode) && digits.length() >= 10;
        return (own || (told && digits.length() >= 10)) && digits.charAt(0) != '0'
                ? Phones.international("+" + digits)
                : null;
    }

    /** The zero of {@code +212 (0) 6…}, which nobody dials from abroad: where it stands among the digits, or 0. */
    private int optionalZero(int token, int last) {
        int before = tokens.length(token);
        for (int at = token + 1; at <= last && at <= token + 2; at++) {
            boolean bracketed = text.charAt(tokens.start(at) - 1) == '(' && text.charAt(tokens.end(at)) == ')';
            if (bracketed && tokens.length(at) == 1 && text.charAt(tokens.start(at)) == '0') return before;
            before += tokens.length(at);
        }
        return 0;
    }

    /** One block of eight digits or more, or groups of two to four with at most one longer: not an amount with thousands. */
    private boolean isPhoneGrouping(int from, int to) {
        if (from == to) return tokens.length(from) >= 8 && !isMoney(to);
        int longer = 0;
        boolean thousands = tokens.length(from) <= 3 && text.charAt(tokens.start(from)) != '0';
        for (int at = from; at <= to; at++) {
            int size = tokens.length(at);
            if (size > 4) longer++;
            if (size < 2 && at > from) return false;
            if (at > from && size != 3) thousands = false;
        }
        return longer <= 1 && !(thousands && isMoney(to));
    }

    private boolean isMoney(int last) {
        return isMoneySign(last) || (tokens.contextBehind(last, 1) & ContextWords.MONEY) != 0;
    }

    private boolean isMoneySign(int last) {
        int at = tokens.end(last);
        if (text.charAt(at) == ' ') at++;
        return "\u20AC$\u00A3".indexOf(text.charAt(at)) >= 0;
    }

    /** {@code 05-12-2024 10} is a day and an hour. */
    private boolean isDate(int from, int to) {
        if (to - from < 2) return false;
        int first = tokens.length(from);
        int third = tokens.length(from + 2);
        if (tokens.length(from + 1) > 2) return false;
        boolean dayFirst = first <= 2 && third == 4 && isYear(from + 2);
        boolean yearFirst = first == 4 && third <= 2 && isYear(from);
        return (dayFirst || yearFirst)
                && text.charAt(tokens.end(from)) == text.charAt(tokens.end(from + 1))
                && text.charAt(tokens.end(from)) != ' ';
    }

    private boolean isYear(int token) {
        int start = tokens.start(token);
        char first = text.charAt(start);
        char second = text.charAt(start + 1);
        return (first == '1' && second == '9') || (first == '2' && second == '0');
    }

    /** Ten digits out of a longer row with the same separator are no telephone number. */
    private boolean isPartOfMore(int from, int to) {
        if (from == to || !goesOn(to + 1, false)) return false;
        char inside = text.charAt(tokens.end(from));
        char behind = text.charAt(tokens.end(to));
        char next = text.charAt(tokens.start(to + 1));
        return inside == behind && next != '0';
    }
}
