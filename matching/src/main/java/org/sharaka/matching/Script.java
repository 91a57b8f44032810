package org.sharaka.matching;

import java.util.Arrays;
import java.util.List;

/** The scripts that names are compared in. Others are read through ICU's transliteration to Latin. */
final class Script {
    static final Script LATIN = new Script("LATIN", 0, "");
    /** Folded to ya, which it often stands for; at the end of a word it may be spoken a as well. */
    static final char ALEF_MAKSURA = 'ى';

    /** With the letters of Persian, Urdu and Pashto folded onto the nearest of these; alef maksura in no text. */
    static final Script ARABIC = new Script("ARABIC", 1, "ابتثجحخدذرزسشصضطظعغفقكلمنهويپچژگ" + ALEF_MAKSURA);

    static final Script HEBREW = new Script("HEBREW", 2, "אבגדהוזחטיכלמנסעפצקרשת");
    static final Script CYRILLIC = new Script("CYRILLIC", 3, "абвгдежзиклмнопрстуфхцчшщъыьэюяієґјљњћђџғқңһәў");
    /** Everything else; its words are compared as written, and through Latin. */
    static final Script OTHER = new Script("OTHER", 4, "");

    private static final List<Script> ALL = List.of(LATIN, ARABIC, HEBREW, CYRILLIC, OTHER);

    private final String name;
    private final int index;
    private final String alphabet;
    private final byte[] codes;
    private final int first;

    private Script(String name, int index, String alphabet) {
        this.name = name;
        this.index = index;
        this.alphabet = alphabet;
        first = alphabet.chars().min().orElse(0);
        codes = new byte[alphabet.chars().max().orElse(-1) - first + 1];
        Arrays.fill(codes, (byte) -1);
        for (int i = 0; i < alphabet.length(); i++) codes[alphabet.charAt(i) - first] = (byte) i;
    }

    static List<Script> all() {
        return ALL;
    }

    static Script named(String name) {
        for (Script script : ALL) if (script.name.equals(name)) return script;
        throw new IllegalArgumentException("no script " + name);
    }

    String name() {
        return name;
    }

    /** From 0, for tables. */
    int index() {
        return index;
    }

    /** Number of letters. */
    int letters() {
        return alphabet.length();
    }

    char letter(int code) {
        return alphabet.charAt(code);
    }

    /** The letter's number, -1 for what is no letter of the folded alphabet. */
    int code(char c) {
        int at = c - first;
        return at >= 0 && at < codes.length ? codes[at] : -1;
    }

    /** Whether variants of its letters in Latin were learned. */
    boolean learned() {
        return this == ARABIC || this == HEBREW || this == CYRILLIC;
    }

    static Script of(int codePoint) {
        if (codePoint < 0x0250) return LATIN;
        return switch (Character.UnicodeScript.of(codePoint)) {
            case LATIN -> LATIN;
            case ARABIC -> ARABIC;
            case HEBREW -> HEBREW;
            case CYRILLIC -> CYRILLIC;
            default -> OTHER;
        };
    }

    @Override
    public String toString() {
        return name;
    }
}
