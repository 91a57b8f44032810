package org.sharaka.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** How long the disk takes until what was written is safe: no answer that waits for its audit entry can be faster. */
final class DiskSync {
    private static final int WRITES = 300;
    private static final int BYTES = 8_192;

    private DiskSync() {}

    /** Appends a block and waits for the disk, again and again. */
    static void measure(Path directory, Figures figures) throws IOException {
        Path file = Files.createTempFile(directory, "sync", ".tmp");
        Latencies times = new Latencies();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer block = ByteBuffer.allocate(BYTES);
            for (int i = 0; i < WRITES; i++) {
                block.clear();
                while (block.hasRemaining()) channel.write(block);
                long begun = System.nanoTime();
                channel.force(false);
                times.add(System.nanoTime() - begun);
            }
        } finally {
            Files.delete(file);
        }
        times.putInto(figures, "disk_fsync");
    }
}
