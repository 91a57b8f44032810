package org.sharaka.identifiers;

import java.lang.Character.UnicodeScript;

/** Groups of scripts that stand side by side in one word, and those that do not: pasted text often lacks the blank between them. */
final class Scripts {
    static final int NONE = 0;
    static final int DIGIT = 1;
    /** Latin and what imitates it: Greek, Cyrillic, Armenian and all the rest. */
    static final int ALPHABETIC = 2;

    static final int ARABIC = 3;
    /** Scripts written without blanks. */
    static final int UNSPACED = 4;

    private static final byte[] GROUPS = groups();

    private Scripts() {}

    static int of(char c) {
        return GROUPS[c];
    }

    /** Whether a character of the second group goes on a word of the first. Digits go with Latin only. */
    static boolean together(int group, int next) {
        if (group == NONE || group == next) return true;
        return (group == DIGIT && next == ALPHABETIC) || (group == ALPHABETIC && next == DIGIT);
    }

    private static byte[] groups() {
        byte[] groups = new byte[0x10000];
        for (int c = 0; c < 0x10000; c++) groups[c] = (byte) group(c);
        return groups;
    }

    private static int group(int c) {
        if (c >= '0' && c <= '9') return DIGIT;
        int type = Character.getType(c);
        boolean mark = type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
        if (!Character.isLetter(c) && !mark) return NONE;
        UnicodeScript script = UnicodeScript.of(c);
        return switch (script) {
            case ARABIC, HEBREW, SYRIAC, THAANA, NKO -> ARABIC;
            case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO, THAI, LAO, KHMER, MYANMAR -> UNSPACED;
            default -> ALPHABETIC;
        };
    }
}
