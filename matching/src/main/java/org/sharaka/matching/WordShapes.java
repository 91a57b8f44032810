package org.sharaka.matching;

import java.util.Arrays;

/**
 * Which letters the words of a vocabulary have and how many, in arrays: thousands of words are passed over for each one that is compared, and a
 * look at the words themselves would fetch each of them from memory. Immutable.
 */
final class WordShapes {
    /** Stands for a word in another script than Latin. */
    private static final byte OTHER = -1;

    private final int[] masks;
    private final byte[] lengths;

    private WordShapes(Builder builder) {
        masks = Arrays.copyOf(builder.masks, builder.size);
        lengths = Arrays.copyOf(builder.lengths, builder.size);
    }

    /** A look at which letters occur, before they are aligned. */
    boolean plausible(Token asked, int word) {
        if (asked.script != Script.LATIN || lengths[word] == OTHER) return true;
        return Math.abs(asked.latin.length - lengths[word]) <= 4
                && Integer.bitCount(asked.mask ^ masks[word]) <= 2 + asked.latin.length / 2;
    }

    /** Whether the word may differ by one letter; words that are cut to the letters that are compared may differ by three. */
    boolean nearlyTheSame(Token asked, int word) {
        if (asked.script != Script.LATIN || lengths[word] == OTHER) return true;
        return Integer.bitCount(asked.mask ^ masks[word]) <= 3;
    }

    long sizeBytes() {
        return 5L * lengths.length;
    }

    /** Takes words one by one. */
    static final class Builder {
        private int[] masks = new int[256];
        private byte[] lengths = new byte[256];
        private int size;

        void add(Token word) {
            if (size == masks.length) {
                masks = Arrays.copyOf(masks, size + (size >> 1));
                lengths = Arrays.copyOf(lengths, masks.length);
            }
            masks[size] = word.mask;
            lengths[size++] = word.script == Script.LATIN ? (byte) word.latin.length : OTHER;
        }

        WordShapes build() {
            return new WordShapes(this);
        }
    }
}
