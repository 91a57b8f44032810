package org.sharaka.bench;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where a bench works; gone with all that lies in it once it is closed. */
record TemporaryDirectory(Path path) implements Closeable {
    static TemporaryDirectory create() throws IOException {
        Path path = Files.createTempDirectory("sharaka-bench-");
        letPass(path);
        return new TemporaryDirectory(path);
    }

    /** Where we are root, the database server has an account of its own, which has to get through to its home. */
    static void letPass(Path directory) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    }

    static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
        }
    }

    @Override
    public void close() throws IOException {
        delete(path);
    }
}
