package org.sharaka.identifiers;

import java.util.Locale;

/**
 * E-mail addresses. The local part is read without regard to case: RFC 5321 would let a server tell them apart, none of any
 * size does. At Google's mail dots and a {@code +tag} change nothing, and googlemail.com is gmail.com, as Google documents.
 */
final class MailAddresses {
    static final int LOCAL_LENGTH_MAX = 64;

    private MailAddresses() {}

    static Parsed parse(String raw) {
        if (raw.isEmpty()) return InvalidReason.EMPTY.parsed();
        String text = raw.regionMatches(true, 0, "mailto:", 0, 7) ? raw.substring(7) : raw;
        int question = text.indexOf('?');
        if (question > 0 && !text.equals(raw)) text = text.substring(0, question);
        int at = text.lastIndexOf('@');
        if (at <= 0) return InvalidReason.WRONG_STRUCTURE.parsed();
        if (at > LOCAL_LENGTH_MAX) return InvalidReason.TOO_LONG.parsed();
        String local = text.substring(0, at).toLowerCase(Locale.ROOT);
        for (int i = 0; i < local.length(); i++) {
            if (!isLocal(local.charAt(i))) return InvalidReason.WRONG_CHARACTER.parsed();
        }
        if (local.startsWith(".") || local.endsWith(".") || local.contains("..")) {
            return InvalidReason.WRONG_STRUCTURE.parsed();
        }
        String host = Hosts.canonical(text.substring(at + 1));
        if (host == null || IpAddresses.endsInNumber(host)) return InvalidReason.WRONG_HOST.parsed();
        String display = local + "@" + Hosts.display(host);
        if (host.equals("gmail.com") || host.equals("googlemail.com")) {
            host = "gmail.com";
            int plus = local.indexOf('+');
            local = (plus > 0 ? local.substring(0, plus) : local).replace(".", "");
            if (local.isEmpty()) return InvalidReason.WRONG_STRUCTURE.parsed();
        }
        return Parsed.valid(IdentifierKind.EMAIL, local + "@" + host, display);
    }

    /** The atext of RFC 5322 section 3.2.3 and the dot. */
    static boolean isLocal(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "!#$%&'*+/=?^_`{|}~-.".indexOf(c) >= 0;
    }
}
