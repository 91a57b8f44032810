package org.sharaka.linking;

import java.util.ArrayList;
import java.util.List;

/** A growing column of numbers in chunks: grows without copying, at most one chunk unused. */
final class LongColumn {
    private static final int CHUNK_BITS = 18;
    private static final int CHUNK = 1 << CHUNK_BITS;

    private final List<long[]> chunks = new ArrayList<>();
    private int size;

    int size() {
        return size;
    }

    void add(long value) {
        if (size == chunks.size() << CHUNK_BITS) chunks.add(new long[CHUNK]);
        chunks.get(size >> CHUNK_BITS)[size & CHUNK - 1] = value;
        size++;
    }

    long at(int index) {
        return chunks.get(index >> CHUNK_BITS)[index & CHUNK - 1];
    }
}
