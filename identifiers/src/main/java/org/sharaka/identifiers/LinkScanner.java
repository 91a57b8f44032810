package org.sharaka.identifiers;

import java.util.Locale;
import org.sharaka.identifiers.WebAddresses.WebAddress;

/** Web addresses, links to accounts, e-mail addresses, hosts and IP addresses. */
final class LinkScanner {
    private static final int SCHEME_LENGTH_MAX = 8;

    private final Scan scan;
    private final NormalisedText text;
    private final Tokens tokens;

    private LinkScanner(Scan scan) {
        this.scan = scan;
        this.text = scan.text;
        this.tokens = scan.tokens;
    }

    static void scan(Scan scan) {
        LinkScanner scanner = new LinkScanner(scan);
        scanner.anchored();
        scanner.hosts();
    }

    /** Left to right: a run that was read is never read again, so time is linear. */
    private void anchored() {
        char[] chars = text.units();
        int length = text.length();
        int i = 0;
        while (i < length) {
            char c = chars[i];
            if (c == ':' && isSlash(i + 1) && isSlash(i + 2)) i = webAddress(i);
            else if (c == '@') i = mailAddress(i);
            else i++;
        }
    }

    private boolean isSlash(int i) {
        return WebAddresses.isSlash(text.charAt(i));
    }

    private int webAddress(int colon) {
        int start = schemeStart(colon);
        if (start < 0) return colon + 3;
        int end = runEnd(colon + 3, true);
        int trimmed = trimmed(start, end);
        if (trimmed <= colon + 3) return end;
        String raw = text.substring(start, trimmed);
        Parsed parsed = link(raw);
        scan.add(parsed, start, trimmed);
        // An address that cannot be read is not read as something else.
        scan.take(start, Math.max(trimmed, end));
        return Math.max(end, colon + 3);
    }

    private static Parsed link(String raw) {
        if (raw.length() > 4 * Identifier.CANONICAL_LENGTH_MAX) return InvalidReason.TOO_LONG.parsed();
        if (raw.charAt(0) == 't' || raw.charAt(0) == 'T' || raw.charAt(0) == 'w' || raw.charAt(0) == 'W') {
            Identifier account = Handles.ofLink(raw);
            return account == null ? InvalidReason.NOT_AN_ACCOUNT.parsed() : new Parsed.Valid(account);
        }
        WebAddress address = WebAddresses.read(raw);
        if (address == null) return InvalidReason.WRONG_HOST.parsed();
        return accountOrAddress(address);
    }

    /** A link to an account is the account; one to what the account posted stays an address. */
    private static Parsed accountOrAddress(WebAddress address) {
        if (Handles.isAccountPage(address)) {
            Identifier account = Handles.ofLink(address);
            if (account != null) return new Parsed.Valid(account);
        }
        return WebAddresses.parsed(address);
    }

    /** The longest scheme that ends before the colon, even where a word sticks to it. */
    private int schemeStart(int colon) {
        int from = colon;
        while (from > 0 && colon - from < SCHEME_LENGTH_MAX && isSchemeChar(text.charAt(from - 1))) from--;
        for (int start = from; start < colon - 1; start++) {
            if (!scan.isFree(start, colon)) continue;
            String scheme = text.substring(start, colon).toLowerCase(Locale.ROOT);
            if (WebAddresses.scheme(scheme) != null || scheme.equals("tg") || scheme.equals("whatsapp")) return start;
        }
        return -1;
    }

    private static boolean isSchemeChar(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '*';
    }

    /** Where an address must end at the latest: a blank, a quote, a symbol, or Arabic sticking to Latin. */
    private int runEnd(int from, boolean authority) {
        char[] chars = text.units();
        int length = text.length();
        boolean inAuthority = authority;
        int i = from;
        while (i < length) {
            char c = chars[i];
            if (c <= ' ' || c == '"' || c == '<' || c == '>' || c == '`' || c == 0x7F) break;
            if (c == '/' || c == '?' || c == '#') inAuthority = false;
            if (c >= 0x80) {
                int script = Scripts.of(c);
                if (script == Scripts.NONE && !(inAuthority && isFalseSlash(c))) break;
                int before = i > from ? Scripts.of(chars[i - 1]) : Scripts.NONE;
                boolean sticks = before == Scripts.ALPHABETIC || before == Scripts.DIGIT;
                if (script == Scripts.ARABIC && sticks) break;
                if (script == Scripts.UNSPACED && sticks && !inAuthority) break;
            } else if (inAuthority
                    && i > from
                    && Scripts.of(chars[i - 1]) == Scripts.ARABIC
                    && Scripts.of(c) > Scripts.DIGIT) {
                break;
            }
            i++;
        }
        return i;
    }

    /** Characters that look like a slash and hide where the host ends. */
    private static boolean isFalseSlash(char c) {
        return c == '\u2215' || c == '\u2044' || c == '\u29F8' || c == '\u2571';
    }

    /** Without the punctuation of the sentence, closing brackets that were opened outside, and a messenger's bold marks. */
    private int trimmed(int start, int end) {
        int round = 0;
        int square = 0;
        for (int i = start; i < end; i++) {
            switch (text.charAt(i)) {
                case '(' -> round++;
                case ')' -> round--;
                case '[' -> square++;
                case ']' -> square--;
                default -> {}
            }
        }
        int at = end;
        while (at > start) {
            char c = text.charAt(at - 1);
            if (c == ')' && round < 0) round++;
            else if (c == ']' && square < 0) square++;
            else if ((c == '_' || c == '~') && text.charAt(start - 1) == c) at += 0;
            else if (".,;:!?'*}{|^\\".indexOf(c) < 0 && !(c == '(' || c == '[')) break;
            at--;
        }
        return at;
    }

    private int mailAddress(int at) {
        int start = at;
        while (start > 0 && at - start < MailAddresses.LOCAL_LENGTH_MAX && isPastedLocal(text.charAt(start - 1)))
            start--;
        while (start < at && (text.charAt(start) == '.' || text.charAt(start) == '-')) start++;
        if (start == at || !scan.isFree(start, at)) return at + 1;
        int token = tokens.at(at + 1);
        if (token == tokens.count() || tokens.start(token) != at + 1) return at + 1;
        int runEnd = hostRunEnd(token);
        int end = hostEnd(at + 1, runEnd);
        if (end < 0) return at + 1;
        Parsed parsed = MailAddresses.parse(text.substring(start, end));
        return scan.add(parsed, start, end) ? end : at + 1;
    }

    /** Of the characters that RFC 5322 allows those that people use; the others are more often part of the sentence. */
    private static boolean isPastedLocal(char c) {
        return c < 0x80 && (Character.isLetterOrDigit(c) || c == '.' || c == '_' || c == '%' || c == '+' || c == '-');
    }

    private void hosts() {
        int token = 0;
        while (token < tokens.count()) {
            int start = tokens.start(token);
            char behind = text.charAt(tokens.end(token));
            int next = token + 1;
            if (behind == ':') {
                addressV6(token);
            } else if ((behind == '.' || behind == '-' || behind == '_') && scan.isFree(start, start + 1)) {
                int runEnd = hostRunEnd(token);
                if (runEnd > tokens.end(token)) {
                    next = Math.max(next, tokens.at(runEnd));
                    if (text.charAt(start - 1) != '@') host(start, runEnd);
                }
            }
            token = next;
        }
    }

    /** The end of the chain of words joined by single dots, hyphens and low lines that begins with this token. */
    private int hostRunEnd(int first) {
        int token = first;
        int end = tokens.end(token);
        while (true) {
            int at = end;
            if (text.charAt(at) == '.') {
                at++;
            } else {
                while (text.charAt(at) == '-' || text.charAt(at) == '_') at++;
                // "a-.b": a hyphen may end a label.
                if (at > end && text.charAt(at) == '.') at++;
            }
            if (at == end || token + 1 >= tokens.count() || tokens.start(token + 1) != at) return end;
            token++;
            end = tokens.end(token);
        }
    }

    private void host(int start, int runEnd) {
        if (!scan.isFree(start, runEnd) || text.charAt(runEnd) == '@') return;
        String run = text.substring(start, Math.min(runEnd, start + 4 * Hosts.LENGTH_MAX));
        if (run.indexOf('.') < 0) return;
        if (IpAddresses.isDottedQuad(run)) {
            addressV4(start, runEnd, run);
            return;
        }
        int end = hostEnd(start, runEnd);
        if (end < 0) return;
        int pathEnd = end == runEnd ? pathEnd(start, end) : end;
        if (pathEnd > end + 1) {
            WebAddress address = WebAddresses.read(text.substring(start, pathEnd));
            if (address != null && scan.add(accountOrAddress(address), start, pathEnd)) return;
        }
        String written = text.substring(start, end);
        String host = Hosts.canonical(written);
        if (host == null || isSentence(written)) return;
        String domain = SharedInfrastructure.bundled().registrable(host);
        boolean registrable = host.equals(domain);
        scan.add(registrable ? Hosts.parseDomain(host) : Hosts.parseHost(host), start, end);
    }

    private void addressV4(int start, int end, String address) {
        int pathEnd = pathEnd(start, end);
        boolean network =
                text.charAt(end) == '/' && pathEnd - end <= 3 && Compact.allDigits(text.substring(end + 1, pathEnd));
        if (pathEnd > end + 1 && !network) {
            WebAddress read = WebAddresses.read(text.substring(start, pathEnd));
            if (read != null && scan.add(WebAddresses.parsed(read), start, pathEnd)) return;
        }
        scan.add(IpAddresses.parseV4(address), start, end);
    }

    /** Where port, path and query behind a bare host end; the host's own end when there are none. */
    private int pathEnd(int start, int hostEnd) {
        int at = hostEnd;
        if (text.charAt(at) == ':' && Character.isDigit(text.charAt(at + 1))) {
            int port = at + 1;
            while (port - at < 7 && Character.isDigit(text.charAt(port))) port++;
            if (port - at < 7) at = port;
        }
        char c = text.charAt(at);
        if (c != '/' && c != '?' && c != '#') return at;
        return Math.max(trimmed(start, runEnd(at, false)), hostEnd);
    }

    /** The end of a host under a known top-level domain; a capitalised word that sticks behind a dot begins the next sentence. */
    private int hostEnd(int start, int runEnd) {
        int end = runEnd;
        for (int tries = 0; tries < 3; tries++) {
            int dot = end - 1;
            while (dot > start && text.charAt(dot) != '.') dot--;
            if (dot <= start) return -1;
            if (isTopLevel(dot + 1, end)) {
                return end - start <= 2 * Hosts.LENGTH_MAX && Hosts.canonical(text.substring(start, end)) != null
                        ? end
                        : -1;
            }
            char first = text.charAt(dot + 1);
            if (!Character.isUpperCase(first) && first < 0x80) return -1;
            end = dot;
        }
        return -1;
    }

    private boolean isTopLevel(int start, int end) {
        if (end - start > 24 || end - start < 2) return false;
        String label = text.substring(start, end).toLowerCase(Locale.ROOT);
        if (label.chars().allMatch(c -> c < 0x80)) return PublicSuffixes.isTopLevel(label);
        String host = Hosts.canonical("x." + label);
        return host != null && PublicSuffixes.hasKnownTopLevel(host);
    }

    /** "le paiement.Il", "merci.Et": a full stop without its blank, and endings of files that are also country codes. */
    private static boolean isSentence(String written) {
        int dot = written.lastIndexOf('.');
        String left = written.substring(0, dot);
        String top = written.substring(dot + 1);
        boolean capitalised =
                Character.isUpperCase(top.charAt(0)) && Character.isLowerCase(top.charAt(top.length() - 1));
        if (capitalised && (top.length() == 2 || Character.isLowerCase(left.charAt(0)))) return true;
        if (left.indexOf('.') >= 0) return false;
        if (left.length() == 1 && top.length() == 2) return !left.equals("t") && !left.equals("g") && !left.equals("x");
        return switch (top.toLowerCase(Locale.ROOT)) {
            case "zip", "mov", "py", "sh", "rs", "ps", "pl" -> true;
            case "md" -> left.equalsIgnoreCase("readme") || left.equalsIgnoreCase("changelog");
            default -> false;
        };
    }

    private void addressV6(int token) {
        int start = tokens.start(token);
        if (tokens.length(token) > 4 || !scan.isFree(start, start + 1)) return;
        while (start > 0 && text.charAt(start - 1) == ':' && tokens.start(token) - start < 2) start--;
        char before = text.charAt(start - 1);
        if (Character.isLetterOrDigit(before) || before == ':' || before == '.') return;
        int end = start;
        int colons = 0;
        boolean digit = false;
        while (end - start < 46) {
            char c = text.charAt(end);
            if (c == ':') colons++;
            else if (c >= '0' && c <= '9') digit = true;
            else if (c != '.' && (c >= 0x80 || Character.digit(c, 16) < 0)) break;
            end++;
        }
        if (Character.isLetterOrDigit(text.charAt(end))) return;
        while (end > start && (text.charAt(end - 1) == '.' || text.charAt(end - 1) == ':')) end--;
        if (colons < 2 || !digit || end - start < 6) return;
        scan.add(IpAddresses.parseV6(text.substring(start, end)), start, end);
    }
}
