package org.sharaka.linking;

import java.util.ArrayList;
import java.util.List;

/** A growing column of small numbers in chunks: grows without copying, at most one chunk unused. */
final class IntColumn {
    private static final int CHUNK_BITS = 19;
    private static final int CHUNK = 1 << CHUNK_BITS;

    private final List<int[]> chunks = new ArrayList<>();
    private int size;

    int size() {
        return size;
    }

    void add(int value) {
        if (size == chunks.size() << CHUNK_BITS) chunks.add(new int[CHUNK]);
        if (size == Integer.MAX_VALUE) throw new IllegalStateException("more than 2 billion rows");
        chunks.get(size >> CHUNK_BITS)[size & CHUNK - 1] = value;
        size++;
    }

    int at(int index) {
        return chunks.get(index >> CHUNK_BITS)[index & CHUNK - 1];
    }

    void set(int index, int value) {
        chunks.get(index >> CHUNK_BITS)[index & CHUNK - 1] = value;
    }

    void increment(int index) {
        chunks.get(index >> CHUNK_BITS)[index & CHUNK - 1]++;
    }
}
