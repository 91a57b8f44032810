package org.sharaka.matching;

import java.util.Arrays;

/**
 * Sorts keys, as signed numbers, and the values that go with them; values of one key ascend. In place: with tens of millions of pairs a second
 * copy is what a small machine has no room for. Keys are hashes, so each step halves the work eight times over.
 */
final class PairSort {
    private static final int BITS = 8;
    private static final int BUCKETS = 1 << BITS;
    private static final int FEW = 48;

    private final long[] keys;
    private final int[] values;

    private PairSort(long[] keys, int[] values) {
        this.keys = keys;
        this.values = values;
    }

    /** Sorts the first so many pairs. */
    static void sort(long[] keys, int[] values, int size) {
        new PairSort(keys, values).sort(0, size, Long.SIZE - BITS);
    }

    /** By one digit: counts, then puts each pair into its bucket, what lay there going on to its own (American flag sort). */
    private void sort(int from, int to, int shift) {
        if (to - from <= FEW) {
            sortFew(from, to);
            return;
        }
        if (shift < 0) {
            Arrays.sort(values, from, to);
            return;
        }
        int[] ends = new int[BUCKETS];
        for (int i = from; i < to; i++) ends[digit(keys[i], shift)]++;
        int[] next = new int[BUCKETS];
        int start = from;
        for (int digit = 0; digit < BUCKETS; digit++) {
            next[digit] = start;
            start += ends[digit];
            ends[digit] = start;
        }
        for (int digit = 0; digit < BUCKETS; digit++) {
            while (next[digit] < ends[digit]) {
                long key = keys[next[digit]];
                int value = values[next[digit]];
                for (int own = digit(key, shift); own != digit; own = digit(key, shift)) {
                    int place = next[own]++;
                    long keyThere = keys[place];
                    int valueThere = values[place];
                    keys[place] = key;
                    values[place] = value;
                    key = keyThere;
                    value = valueThere;
                }
                keys[next[digit]] = key;
                values[next[digit]++] = value;
            }
        }
        start = from;
        for (int digit = 0; digit < BUCKETS; digit++) {
            if (ends[digit] - start > 1) sort(start, ends[digit], shift - BITS);
            start = ends[digit];
        }
    }

    private void sortFew(int from, int to) {
        for (int i = from + 1; i < to; i++) {
            long key = keys[i];
            int value = values[i];
            int at = i;
            while (at > from && (keys[at - 1] > key || (keys[at - 1] == key && values[at - 1] > value))) {
                keys[at] = keys[at - 1];
                values[at] = values[at - 1];
                at--;
            }
            keys[at] = key;
            values[at] = value;
        }
    }

    /** The highest digit with its sign turned, so that the order is that of signed numbers. */
    private static int digit(long key, int shift) {
        int digit = (int) (key >>> shift) & (BUCKETS - 1);
        return shift == Long.SIZE - BITS ? digit ^ (BUCKETS / 2) : digit;
    }
}
