package org.sharaka.node.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that only the node's account may read, written whole or not at all. */
public final class PrivateFiles {
    private PrivateFiles() {}

    /** Makes a directory that only the node's account may enter; one that is there gets these permissions. */
    public static Path directory(Path directory) throws IOException {
        var closed = PosixFilePermissions.fromString("rwx------");
        if (!Files.isDirectory(directory))
            Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(closed));
        return Files.setPosixFilePermissions(directory, closed);
    }

    public static void write(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, text, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
