package org.sharaka.linking;

import java.util.Arrays;

/**
 * Which report holds which key, as columns of equal length: row i says that {@code reports[i]} holds {@code keys[i]}.
 * Columns and not objects, because a family may have millions of rows.
 */
@SuppressWarnings("ArrayRecordComponent")
public record Edges(long[] reports, long[] keys) {
    public static final Edges NONE = new Edges(new long[0], new long[0]);

    public Edges {
        if (reports.length != keys.length) throw new IllegalArgumentException("columns differ in length");
    }

    public int size() {
        return reports.length;
    }

    /**
     * Where an edge stands in its key's sample: the smaller, the earlier. Depends on nothing but the two numbers, so that
     * the sample is the same in whatever order reports came. Never negative.
     */
    public static int rank(long report, long key) {
        long x = report * 0x9E3779B97F4A7C15L ^ key;
        x = (x ^ x >>> 30) * 0xBF58476D1CE4E5B9L;
        x = (x ^ x >>> 27) * 0x94D049BB133111EBL;
        return (int) ((x ^ x >>> 31) >>> 33);
    }

    public int rank(int row) {
        return rank(reports[row], keys[row]);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Edges that && Arrays.equals(reports, that.reports) && Arrays.equals(keys, that.keys);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(reports) + Arrays.hashCode(keys);
    }

    @Override
    public String toString() {
        return "Edges[" + reports.length + "]";
    }
}
