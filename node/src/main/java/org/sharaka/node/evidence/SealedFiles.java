package org.sharaka.node.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.sharaka.node.platform.PrivateFiles;

/** Where sealed files lie: at random addresses, so that neither name, content nor equality shows in a directory. */
final class SealedFiles {
    private static final int ADDRESS_BYTES = 16;

    private final Path directory;
    private final long reserveBytes;
    private final SecureRandom random;

    /** @param reserveBytes what files leave to the database and the logs */
    SealedFiles(Path directory, long reserveBytes, SecureRandom random) {
        this.directory = directory;
        this.reserveBytes = reserveBytes;
        this.random = random;
    }

    String newAddress() {
        byte[] bytes = new byte[ADDRESS_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** For instance {@code ab/cd/ef…}: two levels keep directories short at millions of items. */
    static Path within(String address) {
        return Path.of(address.substring(0, 2), address.substring(2, 4), address.substring(4));
    }

    Path path(String address) {
        return directory.resolve(within(address));
    }

    /** Makes the directories that are missing and opens the file for writing. */
    SealedFile write(String address) throws IOException {
        prepare(directory, address);
        return SealedFile.write(path(address));
    }

    /** Makes the directories of an address that are missing, here or in a copy. */
    static void prepare(Path directory, String address) throws IOException {
        PrivateFiles.directory(directory);
        Path way = directory.resolve(address.substring(0, 2));
        PrivateFiles.directory(way);
        PrivateFiles.directory(way.resolve(address.substring(2, 4)));
    }

    SealedFile read(String address) throws IOException {
        return SealedFile.read(path(address));
    }

    boolean has(String address) {
        return Files.isRegularFile(path(address));
    }

    /** Returns once the file's name, too, is on the disk. */
    void settle(String address) throws IOException {
        for (Path each = path(address).getParent(); each != null && each.startsWith(directory); each = each.getParent())
            try (FileChannel channel = FileChannel.open(each, StandardOpenOption.READ)) {
                channel.force(true);
            }
    }

    void delete(String address) {
        try {
            Files.deleteIfExists(path(address));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** When the file was last written to; empty if it is not there. */
    Optional<Instant> touched(String address) {
        try {
            return Optional.of(Files.getLastModifiedTime(path(address)).toInstant());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws org.sharaka.node.platform.ProblemException {@link EvidenceProblem#DISK_FULL} */
    void requireSpace(long bytes) {
        try {
            Files.createDirectories(directory);
            if (Files.getFileStore(directory).getUsableSpace() - bytes < reserveBytes)
                throw EvidenceProblem.DISK_FULL.because("less than the reserve is left");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a failed write means to whoever waits for it. */
    static RuntimeException failure(IOException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("No space left on device") || message.contains("Disk quota exceeded")
                ? EvidenceProblem.DISK_FULL.because("the disk is full")
                : new UncheckedIOException(e);
    }
}
