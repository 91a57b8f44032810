package org.sharaka.identifiers;

import com.ibm.icu.text.IDNA;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Host names and domains in the one form under which they are the same: lower-case ASCII after UTS #46, non-transitional. */
final class Hosts {
    static final int LENGTH_MAX = 253;

    private static final IDNA UTS46 = IDNA.getUTS46Instance(
            IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.NONTRANSITIONAL_TO_UNICODE | IDNA.CHECK_BIDI | IDNA.CHECK_CONTEXTJ);

    /** Browsers resolve names with such hyphens, so criminals use them (WHATWG URL: CheckHyphens is false). */
    private static final Set<IDNA.Error> TOLERATED =
            EnumSet.of(IDNA.Error.HYPHEN_3_4, IDNA.Error.LEADING_HYPHEN, IDNA.Error.TRAILING_HYPHEN);

    private Hosts() {}

    /** Null when no name server could hold such a name, or when it has no dot. */
    static @Nullable String canonical(String raw) {
        String host = raw.endsWith(".") ? raw.substring(0, raw.length() - 1) : raw;
        if (host.isEmpty() || host.length() > 4 * LENGTH_MAX) return null;
        if (isPlainAscii(host)) {
            host = host.toLowerCase(Locale.ROOT);
        } else {
            StringBuilder ascii = new StringBuilder(host.length() + 16);
            IDNA.Info info = new IDNA.Info();
            UTS46.nameToASCII(host, ascii, info);
            if (!TOLERATED.containsAll(info.getErrors())) return null;
            host = ascii.toString();
            if (host.endsWith(".")) host = host.substring(0, host.length() - 1);
        }
        return isWellFormed(host) ? host : null;
    }

    /** For people: the Unicode form of a punycode host; the host itself when there is none. */
    static String unicode(String host) {
        if (!host.contains("xn--")) return host;
        StringBuilder unicode = new StringBuilder();
        IDNA.Info info = new IDNA.Info();
        UTS46.nameToUnicode(host, unicode, info);
        return TOLERATED.containsAll(info.getErrors()) ? unicode.toString() : host;
    }

    static Parsed parseHost(String raw) {
        if (raw.isEmpty()) return InvalidReason.EMPTY.parsed();
        String host = canonical(raw);
        if (host == null || IpAddresses.endsInNumber(host)) return InvalidReason.WRONG_HOST.parsed();
        return Parsed.valid(IdentifierKind.HOST, host, display(host));
    }

    /** A host below the registrable domain is not taken: {@link Identifiers#expand} leads from one to the other. */
    static Parsed parseDomain(String raw) {
        if (raw.isEmpty()) return InvalidReason.EMPTY.parsed();
        String host = canonical(raw);
        if (host == null || IpAddresses.endsInNumber(host)) return InvalidReason.WRONG_HOST.parsed();
        String domain = SharedInfrastructure.bundled().registrable(host);
        if (domain == null) return InvalidReason.PUBLIC_SUFFIX.parsed();
        if (!domain.equals(host)) return InvalidReason.WRONG_STRUCTURE.parsed();
        return Parsed.valid(IdentifierKind.DOMAIN, domain, display(domain));
    }

    /** Nobody can click on it by mistake. */
    static String display(String host) {
        int dot = host.lastIndexOf('.');
        return dot < 0 ? host : host.substring(0, dot) + "[.]" + host.substring(dot + 1);
    }

    private static boolean isPlainAscii(String host) {
        for (int i = 0; i < host.length(); i++) {
            if (host.charAt(i) >= 0x80) return false;
        }
        return !host.regionMatches(true, 0, "xn--", 0, 4)
                && !host.toLowerCase(Locale.ROOT).contains(".xn--");
    }

    /** Letters, digits, hyphens and, seen in the wild, underscores; labels of 1 to 63, 253 in all, one dot at least. */
    private static boolean isWellFormed(String host) {
        if (host.length() > LENGTH_MAX) return false;
        int labels = 1;
        int labelStart = 0;
        for (int i = 0; i <= host.length(); i++) {
            char c = i < host.length() ? host.charAt(i) : '.';
            if (c == '.') {
                int size = i - labelStart;
                if (size == 0 || size > 63) return false;
                labelStart = i + 1;
                if (i < host.length()) labels++;
            } else if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_')) {
                return false;
            }
        }
        return labels > 1;
    }
}
