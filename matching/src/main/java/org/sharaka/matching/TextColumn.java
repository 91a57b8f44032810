package org.sharaka.matching;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Many short texts in one array of bytes. */
final class TextColumn {
    private byte[] bytes = new byte[4096];
    private int[] ends = new int[256];
    private int size;

    void add(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        int start = size == 0 ? 0 : ends[size - 1];
        if (start + encoded.length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(start + encoded.length, bytes.length + (bytes.length >> 1)));
        }
        System.arraycopy(encoded, 0, bytes, start, encoded.length);
        if (size == ends.length) ends = Arrays.copyOf(ends, size + (size >> 1));
        ends[size++] = start + encoded.length;
    }

    /** Gives back what growing took too much. */
    void trim() {
        bytes = Arrays.copyOf(bytes, size == 0 ? 0 : ends[size - 1]);
        ends = Arrays.copyOf(ends, size);
    }

    int size() {
        return size;
    }

    String get(int at) {
        int start = at == 0 ? 0 : ends[at - 1];
        return new String(bytes, start, ends[at] - start, StandardCharsets.UTF_8);
    }

    /** Whether that text stands there. */
    boolean is(int at, String text) {
        int start = at == 0 ? 0 : ends[at - 1];
        int length = ends[at] - start;
        // A letter takes three bytes at most, and none less than one.
        if (length < text.length() || length > 3 * text.length()) return false;
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        return Arrays.equals(bytes, start, start + length, encoded, 0, encoded.length);
    }

    long sizeBytes() {
        return bytes.length + 4L * ends.length;
    }
}
