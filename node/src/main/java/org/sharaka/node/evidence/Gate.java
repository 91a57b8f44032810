package org.sharaka.node.evidence;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Lets few chunks be sealed or opened at once: each needs several times its size in memory, for a moment. */
final class Gate {
    private final Semaphore places;

    Gate(int places) {
        this.places = new Semaphore(places, true);
    }

    <T> T within(Supplier<T> work) {
        places.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            places.release();
        }
    }

    /** A stream for somebody within: while it waits for its source, others may pass. */
    InputStream outsideWhileReading(InputStream source) {
        return new FilterInputStream(source) {
            @Override
            public byte[] readNBytes(int length) throws IOException {
                places.release();
                try {
                    return in.readNBytes(length);
                } finally {
                    places.acquireUninterruptibly();
                }
            }
        };
    }
}
