package org.sharaka.node.platform;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The one directory in which a node keeps everything: settings, secrets, database, sealed files, logs.
 *
 * <p>Others may pass through it but not list it, because the database server runs under an account of its own when the
 * node is started by root; everything in it that is not for that account is closed.
 */
public record Home(Path directory) {
    private static final Set<PosixFilePermission> PASSAGE = PosixFilePermissions.fromString("rwx--x--x");
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");

    public Home {
        directory = directory.toAbsolutePath().normalize();
    }

    /** Creates what is missing of the directory tree. */
    public Home create() {
        try {
            createDirectory(directory, PASSAGE);
            createDirectory(database(), PASSAGE);
            createDirectory(secrets(), PRIVATE);
            createDirectory(logs(), PRIVATE);
            createDirectory(evidence(), PRIVATE);
            return this;
        } catch (IOException e) {
            throw new OperatorException("platform.home-unusable", e, directory, OperatorException.reason(e));
        }
    }

    private static void createDirectory(Path directory, Set<PosixFilePermission> permissions) throws IOException {
        if (Files.isDirectory(directory)) return;
        if (directory.getParent() != null) Files.createDirectories(directory.getParent());
        try {
            Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(permissions));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) throw e;
        }
        Files.setPosixFilePermissions(directory, permissions); // Whatever the umask took away.
    }

    /** The settings file, see docs/administration.md. */
    public Path settings() {
        return directory.resolve("sharaka.properties");
    }

    /** What only the account that runs the node may read. */
    public Path secrets() {
        return directory.resolve("secrets");
    }

    /** The key under which all others lie, wrapped under the passphrase. */
    public Path nodeKey() {
        return secrets().resolve("node-key");
    }

    public Path logs() {
        return directory.resolve("logs");
    }

    /** Sealed files. */
    public Path evidence() {
        return directory.resolve("evidence");
    }

    /** The embedded database: its binaries, its data, its port. */
    Path database() {
        return directory.resolve("postgres");
    }

    /** There while a backup is being restored into this home, and after a restore that broke off. */
    Path unfinishedRestore() {
        return directory.resolve("restore-unfinished");
    }

    Path lockFile() {
        return directory.resolve("node.lock");
    }
}
