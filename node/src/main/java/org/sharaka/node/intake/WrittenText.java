package org.sharaka.node.intake;

import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Optional;

/**
 * Text as people paste it, made storable without losing what they said. What PostgreSQL or UTF-8 cannot hold (U+0000 and
 * lone surrogates) becomes U+FFFD; all else, direction overrides too, is kept as evidence and made visible on the screen.
 */
final class WrittenText {
    private static final char REPLACEMENT = '\uFFFD';

    private WrittenText() {}

    static String repaired(String text) {
        int first = firstUnstorable(text);
        if (first < 0) return text;
        var repaired = new StringBuilder(text.length()).append(text, 0, first);
        int i = first;
        while (i < text.length()) {
            int point = text.codePointAt(i);
            boolean lone = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
            repaired.appendCodePoint(point == 0 || lone ? REPLACEMENT : point);
            i += Character.charCount(point);
        }
        return repaired.toString();
    }

    /**
     * Repairs a field of one line: controls become spaces, the ends are stripped.
     *
     * @return empty if nothing is left
     * @throws org.sharaka.node.platform.ProblemException {@link IntakeProblem#FIELD_TOO_LONG}
     */
    static Optional<String> line(String field, String text, int lengthMax) {
        if (text.length() > lengthMax)
            throw IntakeProblem.FIELD_TOO_LONG.because(field + " is longer than " + lengthMax + " characters");
        String line = repaired(text).replaceAll("[\\p{Cc}\\u2028\\u2029]+", " ").strip();
        return line.isEmpty() ? Optional.empty() : Optional.of(line);
    }

    /**
     * Reads a BCP 47 language tag.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link IntakeProblem#BAD_LANGUAGE}
     */
    static Optional<String> language(String field, String tag) {
        if (tag.isBlank()) return Optional.empty();
        if (tag.length() > 35) throw IntakeProblem.BAD_LANGUAGE.because(field + " is longer than 35 characters");
        try {
            String canonical =
                    new Locale.Builder().setLanguageTag(tag.strip()).build().toLanguageTag();
            return Optional.of(canonical);
        } catch (IllformedLocaleException e) {
            throw IntakeProblem.BAD_LANGUAGE.because(field + " is not a BCP 47 language tag");
        }
    }

    private static int firstUnstorable(String text) {
        int i = 0;
        while (i < text.length()) {
            int point = text.codePointAt(i);
            if (point == 0 || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)) return i;
            i += Character.charCount(point);
        }
        return -1;
    }
}
