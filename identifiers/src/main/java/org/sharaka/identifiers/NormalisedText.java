package org.sharaka.identifiers;

import com.ibm.icu.text.Normalizer2;

/**
 * A text as the recognisers read it: digits of every script, full-width and mathematical letters in ASCII, invisible
 * characters gone, defanged dots and at-signs restored. Every unit remembers which units of the original it stands for.
 */
final class NormalisedText {
    private static final char KEEP = 0;
    private static final char DROP = '\uFFFF';
    private static final Normalizer2 NFKC = Normalizer2.getNFKCInstance();
    private static final char[] REPLACEMENTS = replacements();

    private final char[] chars;
    private final int[] starts;
    private final int[] ends;
    private int length;

    private NormalisedText(int capacity) {
        chars = new char[capacity];
        starts = new int[capacity];
        ends = new int[capacity];
    }

    static NormalisedText of(CharSequence text, int lengthMax) {
        int size = Math.min(text.length(), lengthMax);
        NormalisedText result = new NormalisedText(size);
        int i = 0;
        while (i < size) i = result.take(text, i, size);
        return result;
    }

    int length() {
        return length;
    }

    char charAt(int i) {
        return i >= 0 && i < length ? chars[i] : '\n';
    }

    /** The units themselves, only the first {@link #length()} of them; not to be changed. */
    char[] units() {
        return chars;
    }

    String substring(int from, int to) {
        return new String(chars, from, to - from);
    }

    int originalStart(int from) {
        return starts[from];
    }

    int originalEnd(int to) {
        return ends[to - 1];
    }

    /** A single value, without offsets: what {@link Identifiers#parse} starts from. */
    static String plain(String raw) {
        boolean ascii = true;
        for (int i = 0; i < raw.length() && ascii; i++) {
            char c = raw.charAt(i);
            ascii = c < 0x80 && c != '[' && c != '(' && c != '{' && c != '<';
        }
        if (ascii) return raw.strip();
        NormalisedText text = of(raw, raw.length());
        return text.substring(0, text.length).strip();
    }

    private int take(CharSequence text, int i, int size) {
        char c = text.charAt(i);
        if (c < 0x80) {
            switch (c) {
                case '[', '(', '{', '<' -> {
                    int behind = restoreBracketed(text, i, size);
                    if (behind > 0) return behind;
                }
                case ' ' -> {
                    int behind = restoreSpoken(text, i, size);
                    if (behind > 0) return behind;
                }
                default -> {}
            }
            append(c, i, i + 1);
            return i + 1;
        }
        if (Character.isHighSurrogate(c) && i + 1 < size && Character.isLowSurrogate(text.charAt(i + 1))) {
            int replaced = supplementary(Character.toCodePoint(c, text.charAt(i + 1)));
            if (replaced == KEEP) {
                append(c, i, i + 2);
                append(text.charAt(i + 1), i, i + 2);
            } else if (replaced != DROP) {
                append((char) replaced, i, i + 2);
            }
            return i + 2;
        }
        if (c == '\u00AB') {
            int behind = restoreBracketed(text, i, size);
            if (behind > 0) return behind;
        }
        char replaced = REPLACEMENTS[c];
        if (replaced != DROP) append(replaced == KEEP ? c : replaced, i, i + 1);
        return i + 1;
    }

    private void append(char c, int start, int end) {
        chars[length] = c;
        starts[length] = start;
        ends[length] = end;
        length++;
    }

    /** {@code [.] (dot) [at] « point »}: analysts and careful citizens write addresses so that nobody clicks on them. */
    private int restoreBracketed(CharSequence text, int open, int size) {
        char close =
                switch (text.charAt(open)) {
                    case '[' -> ']';
                    case '(' -> ')';
                    case '{' -> '}';
                    case '<' -> '>';
                    default -> '\u00BB';
                };
        int end = open + 1;
        int limit = Math.min(size, open + 14);
        while (end < limit && text.charAt(end) != close) end++;
        if (end >= limit || end == open + 1) return -1;
        String restored = Defanged.bracketed(text.subSequence(open + 1, end).toString());
        if (restored.isEmpty()) return -1;
        // "a [.] b": the blanks were put there with the brackets.
        if (length > 1 && chars[length - 1] == ' ' && Character.isLetterOrDigit(chars[length - 2])) length--;
        for (int k = 0; k < restored.length(); k++) append(restored.charAt(k), open, end + 1);
        int next = end + 1;
        if (next + 1 < size && text.charAt(next) == ' ' && Character.isLetterOrDigit(text.charAt(next + 1))) next++;
        return next;
    }

    /** {@code example dot com}, {@code nom arobase exemple.com}: only where nothing else can be meant. */
    private int restoreSpoken(CharSequence text, int blank, int size) {
        if (length == 0 || !Character.isLetterOrDigit(chars[length - 1]) || blank + 4 >= size) return -1;
        if (Defanged.isSpacedDot(text, blank + 1, size)) {
            append('.', blank, blank + 3);
            return blank + 3;
        }
        int end = blank + 1;
        int limit = Math.min(size, blank + 10);
        while (end < limit && text.charAt(end) != ' ') end++;
        if (end >= limit || end < blank + 3 || !Defanged.mayBeSpoken(text.charAt(blank + 1))) return -1;
        char restored = Defanged.spoken(text, blank + 1, end, size);
        if (restored == KEEP) return -1;
        append(restored, blank, end + 1);
        return end + 1;
    }

    private static int supplementary(int codePoint) {
        if ((codePoint >= 0x1D400 && codePoint <= 0x1D7FF) || (codePoint >= 0x1F100 && codePoint <= 0x1F14F)) {
            String decomposed = NFKC.getDecomposition(codePoint);
            return decomposed != null && decomposed.length() == 1 && decomposed.charAt(0) < 0x80
                    ? decomposed.charAt(0)
                    : KEEP;
        }
        if (codePoint >= 0xE0000 && codePoint <= 0xE0FFF) return DROP;
        int digit = Character.digit(codePoint, 10);
        return digit >= 0 ? '0' + digit : KEEP;
    }

    private static char[] replacements() {
        char[] table = new char[0x10000];
        for (int c = 0x80; c < 0x10000; c++) table[c] = replacement((char) c);
        return table;
    }

    private static char replacement(char c) {
        int type = Character.getType(c);
        // Superscripts are foot-notes and units, not digits of a number.
        if (c == '\u00B2' || c == '\u00B3' || c == '\u00B9' || Character.isSurrogate(c)) return KEEP;
        if (type == Character.FORMAT || isInvisible(c)) return DROP;
        if (type == Character.DECIMAL_DIGIT_NUMBER) return (char) ('0' + Character.digit(c, 10));
        if (type == Character.SPACE_SEPARATOR) return ' ';
        if (type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR || c == '\u0085') return '\n';
        if (type == Character.DASH_PUNCTUATION || c == '\u2212' || c == '\uFE63') return '-';
        return switch (c) {
            case '\u3002', '\uFF61', '\u2024', '\u066B' -> '.';
            case '\u066C' -> ',';
            case '\u2018', '\u2019', '\u02BC' -> '\'';
            default -> {
                String decomposed = NFKC.getDecomposition(c);
                yield decomposed != null && decomposed.length() == 1 && isAsciiGraph(decomposed.charAt(0))
                        ? decomposed.charAt(0)
                        : KEEP;
            }
        };
    }

    private static boolean isAsciiGraph(char c) {
        return c > ' ' && c < 0x7F;
    }

    /** Joiners, selectors, key-cap frames, tatweel and Arabic vowel signs: they change nothing about what is named. */
    private static boolean isInvisible(char c) {
        return (c >= '\u064B' && c <= '\u0652')
                || (c >= '\uFE00' && c <= '\uFE0F')
                || c == '\u0640'
                || c == '\u0670'
                || c == '\u20E3'
                || c == '\u034F'
                || c == '\u115F'
                || c == '\u1160'
                || c == '\u17B4'
                || c == '\u17B5'
                || c == '\u3164'
                || c == '\uFFA0';
    }
}
