package org.sharaka.matching;

import java.util.Arrays;

/** A growing array of numbers. */
final class IntColumn {
    private int[] values = new int[256];
    private int size;

    void add(int value) {
        if (size == values.length) values = Arrays.copyOf(values, size + (size >> 1));
        values[size++] = value;
    }

    int size() {
        return size;
    }

    int get(int at) {
        return values[at];
    }

    /** Whether the value stands at a place or behind it. */
    boolean has(int value, int from) {
        for (int at = from; at < size; at++) if (values[at] == value) return true;
        return false;
    }

    void trim() {
        values = Arrays.copyOf(values, size);
    }

    long sizeBytes() {
        return 4L * values.length;
    }
}
