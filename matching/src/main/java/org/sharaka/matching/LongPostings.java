package org.sharaka.matching;

import java.util.Arrays;

/** From 64-bit keys to lists of numbers, in three arrays. Immutable. */
final class LongPostings {
    private final long[] keys;
    private final int[] starts;
    private final int[] values;
    /** How far a key of so many that lie evenly stands from where it is sought, as often as not. */
    private final int spread;

    private LongPostings(long[] keys, int[] starts, int[] values) {
        this.keys = keys;
        this.starts = starts;
        this.values = values;
        spread = 8 + (int) (Math.sqrt(keys.length) / 2);
    }

    /**
     * Position of the key's list, -1 when there is none. Keys are hashes, so they lie evenly, and a key tells where it stands but for some
     * places: the search widens from there, and looks at memory that lies together.
     */
    int find(long key) {
        int size = keys.length;
        if (size == 0) return -1;
        int guess = (int) Math.multiplyHigh((key ^ Long.MIN_VALUE) >>> 1, 2L * size);
        int low = guess;
        int high = guess;
        for (int step = spread; low > 0 && keys[low] > key; step *= 2) low = Math.max(0, low - step);
        for (int step = spread; high < size - 1 && keys[high] < key; step *= 2) high = Math.min(size - 1, high + step);
        int at = Arrays.binarySearch(keys, low, high + 1, key);
        return at < 0 ? -1 : at;
    }

    int from(int list) {
        return starts[list];
    }

    int to(int list) {
        return starts[list + 1];
    }

    int value(int at) {
        return values[at];
    }

    long sizeBytes() {
        return 8L * keys.length + 4L * starts.length + 4L * values.length;
    }

    /** Collects pairs; the values of a key keep the order in which they came. */
    static final class Builder {
        private long[] keys = new long[1024];
        private int[] values = new int[1024];
        private int size;

        void add(long key, int value) {
            if (size == keys.length) {
                keys = Arrays.copyOf(keys, size + (size >> 1));
                values = Arrays.copyOf(values, keys.length);
            }
            keys[size] = key;
            values[size++] = value;
        }

        LongPostings build() {
            keys = Arrays.copyOf(keys, size);
            values = Arrays.copyOf(values, size);
            sort();
            int distinct = 0;
            for (int i = 0; i < size; i++) if (i == 0 || keys[i] != keys[i - 1]) distinct++;
            long[] unique = new long[distinct];
            int[] starts = new int[distinct + 1];
            int[] list = new int[size];
            int at = 0;
            int kept = 0;
            for (int i = 0; i < size; i++) {
                if (i == 0 || keys[i] != keys[i - 1]) {
                    unique[at] = keys[i];
                    starts[at++] = kept;
                } else if (values[i] == values[i - 1]) {
                    continue;
                }
                list[kept++] = values[i];
            }
            starts[distinct] = kept;
            return new LongPostings(unique, starts, kept == size ? list : Arrays.copyOf(list, kept));
        }

        /** Least significant digit first, sixteen bits at a time: stable, and quick at tens of millions. */
        private void sort() {
            long[] otherKeys = new long[size];
            int[] otherValues = new int[size];
            for (int shift = 0; shift < 64; shift += 16) {
                int[] counts = new int[(1 << 16) + 1];
                for (int i = 0; i < size; i++) counts[digit(keys[i], shift) + 1]++;
                for (int i = 0; i < 1 << 16; i++) counts[i + 1] += counts[i];
                for (int i = 0; i < size; i++) {
                    int to = counts[digit(keys[i], shift)]++;
                    otherKeys[to] = keys[i];
                    otherValues[to] = values[i];
                }
                long[] keysBefore = keys;
                int[] valuesBefore = values;
                keys = otherKeys;
                values = otherValues;
                otherKeys = keysBefore;
                otherValues = valuesBefore;
            }
        }

        /** The last digit with its sign turned, so that the order is that of signed numbers. */
        private static int digit(long key, int shift) {
            int digit = (int) (key >>> shift) & 0xFFFF;
            return shift == 48 ? digit ^ 0x8000 : digit;
        }
    }
}
