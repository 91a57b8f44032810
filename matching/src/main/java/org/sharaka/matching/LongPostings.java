package org.sharaka.matching;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.IntUnaryOperator;

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

    /** How many keys there are. */
    int size() {
        return keys.length;
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

    /** Collects pairs, in parts that are given back one by one; the values of a key ascend, each once. */
    static final class Builder {
        private static final int PART = 1 << 15;

        private final Deque<long[]> keyParts = new ArrayDeque<>();
        private final Deque<int[]> valueParts = new ArrayDeque<>();
        private long[] keys = {};
        private int[] values = {};
        private int used;
        private int size;

        void add(long key, int value) {
            if (used == keys.length) {
                int length = size == 0 ? 64 : Math.min(PART, size);
                keys = new long[length];
                values = new int[length];
                keyParts.add(keys);
                valueParts.add(values);
                used = 0;
            }
            keys[used] = key;
            values[used++] = value;
            size++;
        }

        LongPostings build() {
            return build(value -> value);
        }

        /** @param meaning what each value stands for: it was ordered by the one and is kept as the other */
        LongPostings build(IntUnaryOperator meaning) {
            long[] all = new long[size];
            int[] list = new int[size];
            int copied = 0;
            while (!keyParts.isEmpty()) {
                long[] part = keyParts.remove();
                int length = Math.min(part.length, size - copied);
                System.arraycopy(part, 0, all, copied, length);
                System.arraycopy(valueParts.remove(), 0, list, copied, length);
                copied += length;
            }
            keys = new long[0];
            values = new int[0];
            PairSort.sort(all, list, size);
            int distinct = 0;
            for (int i = 0; i < size; i++) if (i == 0 || all[i] != all[i - 1]) distinct++;
            int[] starts = new int[distinct + 1];
            int at = 0;
            int kept = 0;
            for (int i = 0; i < size; i++) {
                boolean first = i == 0 || all[i] != all[at - 1];
                if (!first && list[i] == list[kept - 1]) continue;
                if (first) {
                    all[at] = all[i];
                    starts[at++] = kept;
                }
                list[kept++] = list[i];
            }
            starts[distinct] = kept;
            for (int i = 0; i < kept; i++) list[i] = meaning.applyAsInt(list[i]);
            return new LongPostings(
                    distinct == size ? all : Arrays.copyOf(all, distinct),
                    starts,
                    kept == size ? list : Arrays.copyOf(list, kept));
        }
    }
}
