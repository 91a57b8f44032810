package org.sharaka.identifiers;

import java.util.Arrays;

/** The words of a text: runs of letters and digits, cut where Arabic or Asian script meets Latin, with the context each gives. */
final class Tokens {
    /** A token is only digits. */
    static final int DIGITS = 1;
    /** A token is only ASCII letters and digits. */
    static final int ASCII = 2;
    /** A token has a digit. */
    static final int HAS_DIGIT = 4;

    private int[] starts;
    private int[] ends;
    private byte[] shapes;
    private int[] contexts;
    private int count;

    Tokens(NormalisedText text) {
        int guess = Math.max(16, text.length() / 5);
        starts = new int[guess];
        ends = new int[guess];
        shapes = new byte[guess];
        contexts = new int[guess];
        split(text);
    }

    int count() {
        return count;
    }

    int start(int token) {
        return starts[token];
    }

    int end(int token) {
        return ends[token];
    }

    int length(int token) {
        return ends[token] - starts[token];
    }

    boolean is(int token, int shape) {
        return (shapes[token] & shape) == shape;
    }

    /** The context bits of {@link ContextWords} that this word gives. */
    int context(int token) {
        return contexts[token];
    }

    /** What the words just before a token say, nearest {@code words} of them, no further than 60 characters away. */
    int contextBefore(int token, int words) {
        int all = 0;
        for (int i = token - 1; i >= 0 && i >= token - words && starts[token] - ends[i] <= 60; i--) all |= contexts[i];
        return all;
    }

    /** What the words just behind a token say. */
    int contextBehind(int token, int words) {
        int all = 0;
        for (int i = token + 1; i < count && i <= token + words && starts[i] - ends[token] <= 30; i++)
            all |= contexts[i];
        return all;
    }

    /** The first token that begins at or behind a position; {@link #count()} when there is none. */
    int at(int position) {
        int found = Arrays.binarySearch(starts, 0, count, position);
        return found >= 0 ? found : -found - 1;
    }

    private void split(NormalisedText text) {
        char[] chars = text.units();
        int length = text.length();
        int i = 0;
        while (i < length) {
            int script = Scripts.of(chars[i]);
            if (script == Scripts.NONE) {
                i++;
                continue;
            }
            int start = i;
            int shape = DIGITS | ASCII;
            int group = Scripts.NONE;
            while (i < length) {
                char c = chars[i];
                script = Scripts.of(c);
                if (script == Scripts.NONE || !Scripts.together(group, script)) break;
                if (script != Scripts.DIGIT) {
                    shape &= ~DIGITS;
                    group = script;
                } else {
                    shape |= HAS_DIGIT;
                    if (group == Scripts.NONE) group = Scripts.DIGIT;
                }
                if (c >= 0x80) shape &= ~ASCII;
                i++;
            }
            add(start, i, shape, ContextWords.of(chars, start, i));
        }
    }

    private void add(int start, int end, int shape, int context) {
        if (count == starts.length) {
            int larger = count * 2;
            starts = Arrays.copyOf(starts, larger);
            ends = Arrays.copyOf(ends, larger);
            shapes = Arrays.copyOf(shapes, larger);
            contexts = Arrays.copyOf(contexts, larger);
        }
        starts[count] = start;
        ends[count] = end;
        shapes[count] = (byte) shape;
        contexts[count] = context;
        count++;
    }
}
