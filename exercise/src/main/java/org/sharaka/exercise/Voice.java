package org.sharaka.exercise;

/** How a reporter writes. */
public enum Voice {
    ARABIC("ar"),
    MOROCCAN("ary"),
    FRENCH("fr"),
    ENGLISH("en"),
    SPANISH("es");

    /** ISO 639 code; names the file of phrases. */
    final String code;

    Voice(String code) {
        this.code = code;
    }

    boolean isArabic() {
        return this == ARABIC || this == MOROCCAN;
    }
}
