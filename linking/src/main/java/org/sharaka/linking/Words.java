package org.sharaka.linking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The words of a text with what {@link Cues} stand among them: runs of letters and digits, folded as {@link MaskedText} folds,
 * each with the sentence it is in and whether it stands in quotation marks. Read in one pass.
 */
final class Words {
    /** What lies behind is not read for cues. */
    private static final int LENGTH_MAX = 20_000;

    /** Quoted words fewer than these are a title, not the message of somebody else. */
    private static final int QUOTATION_MIN = 20;

    private final String text;
    private final List<String> folded = new ArrayList<>();
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private int[] sentences = new int[64];
    private final boolean[] quoted;
    private final int[] cues;

    private Words(String text) {
        this.text = text;
        split();
        quoted = quotations(text);
        cues = Cues.among(this);
    }

    static Words of(String text) {
        return new Words(text.length() <= LENGTH_MAX ? text : text.substring(0, LENGTH_MAX));
    }

    int count() {
        return folded.size();
    }

    /** Folded; digits of every script in ASCII. */
    String at(int word) {
        return folded.get(word);
    }

    String written(int word) {
        return text.substring(starts[word], ends[word]);
    }

    int start(int word) {
        return starts[word];
    }

    int end(int word) {
        return ends[word];
    }

    boolean sameSentence(int one, int other) {
        return sentences[one] == sentences[other];
    }

    /** What stands between a word and the next. */
    String gap(int word) {
        return text.substring(ends[word], word + 1 < count() ? starts[word + 1] : text.length());
    }

    /** The text without the sentences of these words. */
    String without(Set<Integer> sentencesOf) {
        if (sentencesOf.isEmpty()) return text;
        StringBuilder rest = new StringBuilder(text);
        for (int word : sentencesOf) {
            int first = word;
            int last = word;
            while (first > 0 && sameSentence(first - 1, word)) first--;
            while (last + 1 < count() && sameSentence(last + 1, word)) last++;
            for (int i = starts[first]; i < ends[last]; i++) rest.setCharAt(i, '\n');
        }
        return rest.toString();
    }

    boolean quoted(int word) {
        return quoted[starts[word]];
    }

    /** The bits of {@link Cues} whose phrase ends with this word. */
    int cues(int word) {
        return cues[word];
    }

    private void split() {
        int sentence = 0;
        int i = 0;
        int length = text.length();
        while (i < length) {
            char c = text.charAt(i);
            if (!isPart(c)) {
                if (endsSentence(i)) sentence++;
                i++;
                continue;
            }
            int start = i;
            boolean ascii = true;
            while (i < length && isPart(text.charAt(i))) ascii &= text.charAt(i++) < 0x80;
            add(start, i, sentence, ascii);
        }
    }

    private static boolean isPart(char c) {
        return Character.isLetterOrDigit(c)
                || Character.isSurrogate(c)
                || c == 'ـ'
                || Character.getType(c) == Character.NON_SPACING_MARK;
    }

    /** A line's end, or a full stop that neither an address nor an abbreviation has. */
    private boolean endsSentence(int i) {
        char c = text.charAt(i);
        if (c == '\n' || c == '!' || c == '?' || c == '؟' || c == ';' || c == '؛') return true;
        if (c != '.') return false;
        boolean open =
                i + 1 >= text.length() || Character.isWhitespace(text.charAt(i + 1)) || text.charAt(i + 1) == '"';
        int last = folded.size() - 1;
        boolean abbreviation = last >= 0
                && ends[last] == i
                && ends[last] - starts[last] <= 3
                && folded.get(last).chars().allMatch(Character::isLetter);
        return open && !abbreviation;
    }

    private void add(int start, int end, int sentence, boolean ascii) {
        int count = folded.size();
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
            sentences = Arrays.copyOf(sentences, 2 * count);
        }
        String word = text.substring(start, end);
        folded.add(ascii ? word.toLowerCase(Locale.ROOT) : withDigits(MaskedText.fold(word)));
        starts[count] = start;
        ends[count] = end;
        sentences[count] = sentence;
    }

    private static String withDigits(String word) {
        StringBuilder plain = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            int digit = c < 0x80 ? -1 : Character.digit(c, 10);
            plain.append(digit < 0 ? c : (char) ('0' + digit));
        }
        return plain.toString();
    }

    /** Which characters stand between two quotation marks that belong together. */
    private static boolean[] quotations(String text) {
        boolean[] inside = new boolean[text.length()];
        int open = -1;
        char closing = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (open < 0) {
                closing = c == '"' ? '"' : c == '«' ? '»' : c == '“' || c == '„' ? '”' : 0;
                if (closing != 0) open = i;
            } else if (c == closing) {
                if (i - open >= QUOTATION_MIN) Arrays.fill(inside, open, i, true);
                open = -1;
            }
        }
        return inside;
    }
}
