package org.sharaka.matching;

import java.util.Arrays;

/** Some keys, in order. */
final class Keys {
    private long[] values = new long[16];
    private int size;

    void add(long key) {
        if (size == values.length) values = Arrays.copyOf(values, 2 * size);
        values[size++] = key;
    }

    long[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
