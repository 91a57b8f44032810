package org.sharaka.identifiers;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Web addresses as browsers read them (WHATWG URL standard), then made one: user-info and fragment gone, default port gone,
 * needless percent-encoding undone (RFC 3986 section 6.2.2). Nothing is ever resolved or fetched.
 */
final class WebAddresses {
    /** The schemes that we read, with their default ports; the crossed-out ones are how they are pasted. */
    private static final Map<String, String> SCHEMES = Map.ofEntries(
            Map.entry("http", "http"),
            Map.entry("https", "https"),
            Map.entry("ftp", "ftp"),
            Map.entry("hxxp", "http"),
            Map.entry("hxxps", "https"),
            Map.entry("h**p", "http"),
            Map.entry("h**ps", "https"),
            Map.entry("hxtp", "http"),
            Map.entry("hxtps", "https"),
            Map.entry("htxp", "http"),
            Map.entry("htxps", "https"),
            Map.entry("htp", "http"),
            Map.entry("htps", "https"),
            Map.entry("htttp", "http"),
            Map.entry("htttps", "https"),
            Map.entry("fxp", "ftp"));

    private static final String HEX = "0123456789ABCDEF";

    private WebAddresses() {}

    /** The parts of an address that name something. */
    record WebAddress(String scheme, String host, boolean ip, String port, String path, String query) {
        String canonical() {
            return scheme + "://" + host + port + path + query;
        }

        String display() {
            String shown = ip ? host : Hosts.display(host);
            return scheme.replace("tt", "xx") + "://" + shown + port + path + query;
        }
    }

    static @Nullable String scheme(String written) {
        return SCHEMES.get(written.toLowerCase(Locale.ROOT));
    }

    static Parsed parse(String raw) {
        if (raw.isEmpty()) return InvalidReason.EMPTY.parsed();
        if (raw.length() > 4 * Identifier.CANONICAL_LENGTH_MAX) return InvalidReason.TOO_LONG.parsed();
        int colon = raw.indexOf(':');
        boolean hasScheme = colon > 0 && colon + 2 < raw.length() && isSlash(raw.charAt(colon + 1));
        if (hasScheme && scheme(raw.substring(0, colon)) == null) return InvalidReason.UNKNOWN_SCHEME.parsed();
        WebAddress address = read(raw);
        if (address == null) return InvalidReason.WRONG_HOST.parsed();
        return parsed(address);
    }

    static Parsed parsed(WebAddress address) {
        return Parsed.valid(IdentifierKind.URL, address.canonical(), address.display());
    }

    /** Without a scheme, https is meant: it is what browsers try. Null when there is no valid host. */
    static @Nullable WebAddress read(String raw) {
        String scheme = "https";
        int at = 0;
        int colon = raw.indexOf(':');
        if (colon > 0 && colon + 2 < raw.length() && isSlash(raw.charAt(colon + 1))) {
            String known = scheme(raw.substring(0, colon));
            if (known == null) return null;
            scheme = known;
            at = colon + 1;
            while (at < raw.length() && isSlash(raw.charAt(at))) at++;
        }
        int end = at;
        while (end < raw.length() && !isAuthorityEnd(raw.charAt(end))) end++;
        // Everything before the last @ is user-info: a favourite place for another company's name.
        int user = raw.lastIndexOf('@', end - 1);
        String authority = raw.substring(user >= at ? user + 1 : at, end);
        return withAuthority(scheme, authority, raw.substring(end));
    }

    private static @Nullable WebAddress withAuthority(String scheme, String authority, String rest) {
        String hostPart = authority;
        String port = "";
        int bracket = authority.lastIndexOf(']');
        int colon = authority.lastIndexOf(':');
        if (colon > bracket) {
            hostPart = authority.substring(0, colon);
            String canonicalPort = port(authority.substring(colon + 1), scheme);
            if (canonicalPort == null) return null;
            port = canonicalPort;
        }
        String host;
        boolean ip = true;
        if (hostPart.startsWith("[") && hostPart.endsWith("]") && hostPart.length() > 2) {
            String v6 = IpAddresses.canonicalV6(hostPart.substring(1, hostPart.length() - 1));
            if (v6 == null) return null;
            host = "[" + v6 + "]";
        } else {
            String decoded = decodedHost(hostPart);
            if (decoded == null || decoded.isEmpty()) return null;
            if (IpAddresses.endsInNumber(decoded)) {
                host = IpAddresses.browserV4(decoded);
            } else {
                host = Hosts.canonical(decoded);
                ip = false;
                if (host != null && IpAddresses.endsInNumber(host)) {
                    host = IpAddresses.browserV4(host);
                    ip = true;
                }
            }
            if (host == null) return null;
        }
        int fragment = rest.indexOf('#');
        String withoutFragment = fragment < 0 ? rest : rest.substring(0, fragment);
        int question = withoutFragment.indexOf('?');
        String path = question < 0 ? withoutFragment : withoutFragment.substring(0, question);
        String query = question < 0 ? "" : withoutFragment.substring(question);
        if (query.length() == 1) query = "";
        return new WebAddress(scheme, host, ip, port, path(path), Cards.masked(encoded(query)));
    }

    private static @Nullable String port(String written, String scheme) {
        if (written.isEmpty()) return "";
        int value = 0;
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            if (c < '0' || c > '9') return null;
            value = value * 10 + (c - '0');
            if (value > 65_535) return null;
        }
        int usual =
                switch (scheme) {
                    case "http" -> 80;
                    case "https" -> 443;
                    default -> 21;
                };
        return value == usual ? "" : ":" + value;
    }

    private static @Nullable String decodedHost(String host) {
        if (host.indexOf('%') < 0) return host;
        byte[] bytes = new byte[host.length() * 3];
        int length = 0;
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c == '%') {
                int value = hexPair(host, i);
                if (value < 0) return null;
                bytes[length++] = (byte) value;
                i += 2;
            } else if (c < 0x80) {
                bytes[length++] = (byte) c;
            } else {
                return null;
            }
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private static String path(String raw) {
        String path = encoded(raw.replace('\\', '/'));
        if (path.isEmpty()) return "/";
        if (path.contains("/.")) path = withoutDotSegments(path);
        return Cards.masked(path);
    }

    private static String withoutDotSegments(String path) {
        List<String> kept = new ArrayList<>();
        String[] segments = path.split("/", -1);
        for (int i = 1; i < segments.length; i++) {
            boolean last = i == segments.length - 1;
            switch (segments[i]) {
                case "." -> {
                    if (last) kept.add("");
                }
                case ".." -> {
                    if (!kept.isEmpty()) kept.remove(kept.size() - 1);
                    if (last) kept.add("");
                }
                default -> kept.add(segments[i]);
            }
        }
        return "/" + String.join("/", kept);
    }

    /** Letters, digits, hyphen, dot, underscore and tilde stand for themselves; other percent-encoding is kept in capitals. */
    private static String encoded(String raw) {
        StringBuilder out = null;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            int value = c == '%' ? hexPair(raw, i) : -1;
            boolean plain = c > ' ' && c < 0x7F && c != '"' && c != '<' && c != '>' && c != '`' && c != '{' && c != '}'
                    && c != '|' && c != '\\' && c != '^' && c != '[' && c != ']' && value < 0;
            if (plain && out == null) continue;
            if (out == null) out = new StringBuilder(raw.length() + 32).append(raw, 0, i);
            if (plain) {
                out.append(c);
            } else if (value >= 0) {
                if (isUnreserved((char) value)) out.append((char) value);
                else percent(out, (byte) value);
                i += 2;
            } else {
                int codePoint = Character.codePointAt(raw, i);
                for (byte b : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) percent(out, b);
                i += Character.charCount(codePoint) - 1;
            }
        }
        return out == null ? raw : out.toString();
    }

    private static void percent(StringBuilder out, byte b) {
        out.append('%').append(HEX.charAt(b >> 4 & 15)).append(HEX.charAt(b & 15));
    }

    private static boolean isUnreserved(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~';
    }

    private static int hexPair(String text, int percent) {
        if (percent + 2 >= text.length()) return -1;
        int high = hexDigit(text.charAt(percent + 1));
        int low = hexDigit(text.charAt(percent + 2));
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }

    private static int hexDigit(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    static boolean isSlash(char c) {
        return c == '/' || c == '\\';
    }

    private static boolean isAuthorityEnd(char c) {
        return c == '/' || c == '\\' || c == '?' || c == '#';
    }
}
