package org.sharaka.bench;

import java.util.Arrays;

/** Times of many equal things, from several threads. */
final class Latencies {
    private long[] nanos = new long[1 << 16];
    private int size;

    synchronized void add(long time) {
        if (size == nanos.length) nanos = Arrays.copyOf(nanos, 2 * size);
        nanos[size++] = time;
    }

    synchronized int count() {
        return size;
    }

    /** @param part 0 to 1; the time that this part of all stayed within, in milliseconds (nearest rank) */
    synchronized double millis(double part) {
        if (size == 0) return Double.NaN;
        long[] sorted = Arrays.copyOf(nanos, size);
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(part * size);
        return sorted[Math.max(0, Math.min(size - 1, rank - 1))] / 1e6;
    }

    void putInto(Figures figures, String key) {
        figures.put(key + "_p50", millis(0.5), "ms");
        figures.put(key + "_p95", millis(0.95), "ms");
        figures.put(key + "_p99", millis(0.99), "ms");
    }
}
