package org.sharaka.identifiers;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The words by which people disarm an address, and what they stand for. */
final class Defanged {
    private static final Map<String, String> BRACKETED = Map.ofEntries(
            Map.entry(".", "."),
            Map.entry("dot", "."),
            Map.entry("point", "."),
            Map.entry("punto", "."),
            Map.entry("ponto", "."),
            Map.entry("نقطة", "."),
            Map.entry("نقطه", "."),
            Map.entry("@", "@"),
            Map.entry("at", "@"),
            Map.entry("arobase", "@"),
            Map.entry("arobas", "@"),
            Map.entry("arroba", "@"),
            Map.entry("آت", "@"),
            Map.entry("ات", "@"),
            Map.entry(":", ":"),
            Map.entry("/", "/"),
            Map.entry("//", "//"),
            Map.entry("://", "://"));

    /** Behind a spoken "dot" only these, or "à ce point de" would become an address. */
    private static final Set<String> SPOKEN_SUFFIXES =
            Set.of("com", "net", "org", "info", "xyz", "top", "online", "site", "shop", "club", "app", "vip", "icu");

    /** Behind a full stop between two blanks: those of the spoken ones that are no words, and the name kept for examples (RFC 2606). */
    private static final Set<String> SPACED_SUFFIXES = Set.of("com", "net", "org", "xyz", "icu", "example");

    private Defanged() {}

    /** What stands between two brackets, restored; empty when it is ordinary text. */
    static String bracketed(String inside) {
        return BRACKETED.getOrDefault(inside.strip().toLowerCase(Locale.ROOT), "");
    }

    /** Whether a word with this first letter is worth a closer look. */
    static boolean mayBeSpoken(char first) {
        return switch (first) {
            case 'd', 'D', 'p', 'P', 'a', 'A', 'ن' -> true;
            default -> false;
        };
    }

    /** The character that a word between two blanks stands for, or NUL. */
    static char spoken(CharSequence text, int from, int to, int size) {
        String word = text.subSequence(from, to).toString().toLowerCase(Locale.ROOT);
        return switch (word) {
            case "dot", "point", "punto", "نقطة" -> SPOKEN_SUFFIXES.contains(wordAt(text, to + 1, size)) ? '.' : 0;
            case "arobase", "arroba" -> wordAt(text, to + 1, size).isEmpty() ? 0 : '@';
            case "at" -> looksLikeHost(text, to + 1, size) ? '@' : 0;
            default -> 0;
        };
    }

    /** Whether the full stop at {@code dot}, a blank on either side, stands in an address: {@code name . com}. */
    static boolean isSpacedDot(CharSequence text, int dot, int size) {
        if (dot + 4 >= size || text.charAt(dot) != '.' || text.charAt(dot + 1) != ' ') return false;
        return SPACED_SUFFIXES.contains(wordAt(text, dot + 2, size));
    }

    private static String wordAt(CharSequence text, int from, int size) {
        int end = from;
        int limit = Math.min(size, from + 20);
        while (end < limit && Character.isLetterOrDigit(text.charAt(end))) end++;
        return text.subSequence(from, end).toString().toLowerCase(Locale.ROOT);
    }

    /** {@code example dot com} or {@code example [.] com}; "at example.com" alone is English for a place. */
    private static boolean looksLikeHost(CharSequence text, int from, int size) {
        String label = wordAt(text, from, size);
        int behind = from + label.length();
        if (label.isEmpty() || behind + 6 > size || text.charAt(behind) != ' ') return false;
        String next = text.subSequence(behind + 1, Math.min(size, behind + 6))
                .toString()
                .toLowerCase(Locale.ROOT);
        return next.startsWith("dot ") || next.startsWith("[.]") || next.startsWith("(.)") || next.startsWith("[dot]");
    }
}
