package org.sharaka.node.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The right to run a node, and its database, on a home. The operating system releases it with the process, however that
 * ends, so a lock is never stale.
 */
final class HomeLock implements AutoCloseable {
    private final FileChannel channel;

    private HomeLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Empty if another process, or another node in this one, holds the home. */
    static Optional<HomeLock> tryAcquire(Home home) {
        try {
            FileChannel channel = FileChannel.open(
                    home.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = lock(channel);
            if (lock == null) {
                channel.close();
                return Optional.empty();
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
            return Optional.of(new HomeLock(channel));
        } catch (IOException e) {
            throw new OperatorException("platform.home-unusable", e, home.directory(), OperatorException.reason(e));
        }
    }

    /** @throws OperatorException naming the process that holds the home */
    static HomeLock acquire(Home home) {
        return tryAcquire(home)
                .orElseThrow(() -> new OperatorException("platform.home-taken", home.directory(), holder(home)));
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // Another node in this JVM.
        }
    }

    /** The process id that the holder wrote, for people only. */
    private static String holder(Home home) {
        Path file = home.lockFile();
        try {
            String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
            return text.isEmpty() ? "?" : text;
        } catch (IOException e) {
            return "?";
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
