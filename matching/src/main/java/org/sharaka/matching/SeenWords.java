package org.sharaka.matching;

import java.util.Arrays;

/** What was found out about words of a vocabulary while one word is looked for. A small table, emptied by what was put into it. */
final class SeenWords {
    /** Nothing was found out yet. */
    static final byte UNSEEN = 0;

    /** Written just as the word looked for. */
    static final byte SAME = 1;

    static final byte FOUND = 2;
    static final byte REJECTED = 3;

    /** More than a search for one word ever compares: see {@link CandidateFinder}. */
    private static final int SEEN_MAX = 4_096;

    private static final int TABLE = 2 * SEEN_MAX;

    private final int[] words = new int[TABLE];
    private final byte[] states = new byte[TABLE];
    private final int[] places = new int[SEEN_MAX];
    private int size;

    SeenWords() {
        Arrays.fill(words, -1);
    }

    void clear() {
        for (int i = 0; i < size; i++) words[places[i]] = -1;
        size = 0;
    }

    byte of(int word) {
        int at = place(word);
        return words[at] == word ? states[at] : UNSEEN;
    }

    void put(int word, byte state) {
        int at = place(word);
        if (words[at] == -1) {
            words[at] = word;
            places[size++] = at;
        }
        states[at] = state;
    }

    private int place(int word) {
        int at = (int) Hashes.mixed(word) & (TABLE - 1);
        while (words[at] != -1 && words[at] != word) at = (at + 1) & (TABLE - 1);
        return at;
    }
}
