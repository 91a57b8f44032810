package org.sharaka.node.evidence;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.sharaka.protocol.Limits;

/**
 * The sealed chunks of one item in one file: each in a slot of its own, its length in four bytes before it. So chunks may come
 * in any order, and each is found without looking at the others; the slack is a kilobyte in four megabytes.
 */
final class SealedFile implements Closeable {
    static final long SLOT_BYTES = Integer.BYTES + (long) Limits.SEALED_CHUNK_BYTES;

    /** Written at once: bounds the memory beside the heap that a channel needs for the bytes of a Java array. */
    private static final int PIECE_BYTES = 1 << 20;

    private final FileChannel channel;

    private SealedFile(FileChannel channel) {
        this.channel = channel;
    }

    /** For writing; made if it is not there. */
    static SealedFile write(Path file) throws IOException {
        return new SealedFile(FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))));
    }

    static SealedFile read(Path file) throws IOException {
        return new SealedFile(FileChannel.open(file, StandardOpenOption.READ));
    }

    void put(int index, byte[] sealed) throws IOException {
        if (sealed.length == 0 || sealed.length > Limits.SEALED_CHUNK_BYTES)
            throw new IllegalArgumentException("not the size of a sealed chunk");
        long at = index * SLOT_BYTES;
        write(ByteBuffer.allocate(Integer.BYTES).putInt(sealed.length).flip(), at);
        at += Integer.BYTES;
        for (int from = 0; from < sealed.length; from += PIECE_BYTES)
            write(ByteBuffer.wrap(sealed, from, Math.min(PIECE_BYTES, sealed.length - from)), at + from);
    }

    private void write(ByteBuffer bytes, long at) throws IOException {
        while (bytes.hasRemaining()) at += channel.write(bytes, at);
    }

    /** Empty if the file has no whole chunk there; that it is the right one the caller's hash says. */
    Optional<byte[]> get(int index) throws IOException {
        long at = index * SLOT_BYTES;
        ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
        if (!read(length, at)) return Optional.empty();
        int size = length.getInt(0);
        if (size <= 0 || size > Limits.SEALED_CHUNK_BYTES) return Optional.empty();
        byte[] sealed = new byte[size];
        at += Integer.BYTES;
        for (int from = 0; from < size; from += PIECE_BYTES)
            if (!read(ByteBuffer.wrap(sealed, from, Math.min(PIECE_BYTES, size - from)), at + from))
                return Optional.empty();
        return Optional.of(sealed);
    }

    private boolean read(ByteBuffer bytes, long at) throws IOException {
        while (bytes.hasRemaining()) {
            int read = channel.read(bytes, at);
            if (read < 0) return false;
            at += read;
        }
        return true;
    }

    /** Returns once all that was put is on the disk. */
    void force() throws IOException {
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
