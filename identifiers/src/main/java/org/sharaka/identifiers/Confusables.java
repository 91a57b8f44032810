package org.sharaka.identifiers;

import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.SpoofChecker;
import java.util.Locale;

/**
 * One form for all that looks alike: the skeleton of UTS #39 for what is not ASCII, then lower case, digits as the letters that they
 * imitate, {@code rn} as {@code m} and {@code vv} as {@code w}. For comparison only, never for display.
 */
final class Confusables {
    private static final String LOOKS_LIKE = "oleeasgtbg";
    private static final Normalizer2 NFD = Normalizer2.getNFDInstance();

    private Confusables() {}

    /** Of one label in Unicode; other characters than ASCII letters, digits and hyphens stay as they are. */
    static String folded(String label) {
        for (int i = 0; i < label.length(); i++) {
            if (label.charAt(i) >= 0x80) return asciiFolded(skeleton(label));
        }
        return asciiFolded(label);
    }

    /** Accents go before the skeleton is taken and behind it: they are what the eye overlooks first. */
    private static String skeleton(String label) {
        SpoofChecker checker = new SpoofChecker.Builder().build();
        return bare(checker.getSkeleton(bare(label))).toLowerCase(Locale.ROOT);
    }

    private static String bare(String text) {
        String decomposed = NFD.normalize(text);
        StringBuilder out = new StringBuilder(decomposed.length());
        for (int i = 0; i < decomposed.length(); i++) {
            if (Character.getType(decomposed.charAt(i)) != Character.NON_SPACING_MARK) out.append(decomposed.charAt(i));
        }
        return out.toString();
    }

    private static String asciiFolded(String label) {
        char[] out = new char[label.length()];
        int length = 0;
        for (int i = 0; i < label.length(); i++) {
            char c = label.charAt(i);
            char next = i + 1 < label.length() ? label.charAt(i + 1) : 0;
            if (c == 'r' && next == 'n') {
                out[length++] = 'm';
                i++;
            } else if (c == 'v' && next == 'v') {
                out[length++] = 'w';
                i++;
            } else {
                out[length++] = letter(c);
            }
        }
        return new String(out, 0, length);
    }

    private static char letter(char c) {
        if (c >= '0' && c <= '9') return LOOKS_LIKE.charAt(c - '0');
        return c == 'i' || c == '|' || c == '!' ? 'l' : c;
    }
}
