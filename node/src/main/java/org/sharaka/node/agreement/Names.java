package org.sharaka.node.agreement;

import java.util.Locale;
import java.util.stream.Stream;

/** A name or text in the four languages of the console. */
public record Names(String ar, String en, String es, String fr) {
    public static final Names NONE = new Names("", "", "", "");

    public String in(String language) {
        return switch (language) {
            case "ar" -> ar;
            case "es" -> es;
            case "fr" -> fr;
            default -> en;
        };
    }

    public String in(Locale locale) {
        return in(locale.getLanguage());
    }

    boolean complete(int longest) {
        return Stream.of(ar, en, es, fr).allMatch(text -> !text.isBlank() && text.length() <= longest);
    }

    boolean completeOrNone(int longest) {
        return equals(NONE) || complete(longest);
    }
}
