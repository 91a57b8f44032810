package org.sharaka.node.platform;

import jakarta.servlet.http.HttpServletRequest;
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

    private static final String REQUEST_ATTRIBUTE = WebLanguage.class.getName();

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

    public static Optional<WebLanguage> of(String code) {
        return Arrays.stream(values())
                .filter(language -> language.code.equals(code))
                .findFirst();
    }

    /** Fixes the language of a request, whatever browser and cookie say: for listeners whose addresses name it. */
    public void useFor(HttpServletRequest request) {
        request.setAttribute(REQUEST_ATTRIBUTE, this);
    }

    static Optional<WebLanguage> fixedFor(HttpServletRequest request) {
        return request.getAttribute(REQUEST_ATTRIBUTE) instanceof WebLanguage fixed
                ? Optional.of(fixed)
                : Optional.empty();
    }

    /** The language of a locale that this console speaks, else English. */
    static WebLanguage of(Locale locale) {
        return of(locale.getLanguage()).orElse(ENGLISH);
    }

    /** The first language that the reader asks for and that this console speaks, else English. */
    public static WebLanguage preferred(List<Locale> asked) {
        return asked.stream()
                .flatMap(locale -> of(locale.getLanguage()).stream())
                .findFirst()
                .orElse(ENGLISH);
    }
}
