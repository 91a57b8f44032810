package org.sharaka.node.platform;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A language of the console, in the order in which the switch offers them. */
public enum WebLanguage {
    /** Written from right to left, with the Latin digits that Morocco uses. */
    ARABIC("ar", "ar-MA-u-nu-latn", "العربية", true),
    FRENCH("fr", "fr", "Français", false),
    ENGLISH("en", "en-GB", "English", false),
    SPANISH("es", "es", "Español", false);

    private final String code;
    private final Locale locale;
    private final String ownName;
    private final boolean rightToLeft;

    WebLanguage(String code, String locale, String ownName, boolean rightToLeft) {
        this.code = code;
        this.locale = Locale.forLanguageTag(locale);
        this.ownName = ownName;
        this.rightToLeft = rightToLeft;
    }

    /** ISO 639-1 code, as in file names, cookies and the HTML {@code lang} attribute. */
    public String code() {
        return code;
    }

    /** By which dates, numbers and names of countries are written. */
    public Locale locale() {
        return locale;
    }

    /** The language's name in itself. */
    public String ownName() {
        return ownName;
    }

    /** Value of the HTML {@code dir} attribute. */
    public String direction() {
        return rightToLeft ? "rtl" : "ltr";
    }

    static Optional<WebLanguage> of(String code) {
        return Arrays.stream(values())
                .filter(language -> language.code.equals(code))
                .findFirst();
    }

    /** The language of a locale that this console speaks, else English. */
    static WebLanguage of(Locale locale) {
        return of(locale.getLanguage()).orElse(ENGLISH);
    }

    /** The first language that the reader asks for and that this console speaks, else English. */
    static WebLanguage preferred(List<Locale> asked) {
        return asked.stream()
                .flatMap(locale -> of(locale.getLanguage()).stream())
                .findFirst()
                .orElse(ENGLISH);
    }
}
