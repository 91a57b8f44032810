package org.sharaka.node.platform;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The PostgreSQL programs that come with the node, unpacked once per version. */
final class PostgresBinaries {
    /** The only major version whose data these binaries read. */
    static final String MAJOR_VERSION = "18";

    private final Path directory;

    private PostgresBinaries(Path directory) {
        this.directory = directory;
    }

    Path program(String name) {
        return directory.resolve("bin").resolve(name);
    }

    /**
     * Unpacks unless it is done. Safe when several processes do it at once: each unpacks beside the target and the first
     * rename wins, so that a half unpacked directory is never used.
     */
    static PostgresBinaries unpack(Path parent) {
        String resource = resource(System.getProperty("os.name"), System.getProperty("os.arch"));
        URL archive = PostgresBinaries.class.getResource(resource);
        if (archive == null) throw new OperatorException("platform.no-database-for-machine", resource, "");
        requireGlibc();
        try {
            Path target = parent.resolve("postgresql-" + MAJOR_VERSION + "-" + fingerprint(archive));
            if (!Files.isDirectory(target)) unpack(archive, parent, target);
            return new PostgresBinaries(target);
        } catch (IOException e) {
            throw OperatorException.ofStorage(e, parent);
        }
    }

    static String resource(String os, String architecture) {
        if (os.toLowerCase(Locale.ROOT).equals("linux")) {
            if (architecture.equals("amd64") || architecture.equals("x86_64")) return "/postgres-linux-x86_64.txz";
            if (architecture.equals("aarch64")) return "/postgres-linux-arm_64.txz";
        }
        throw new OperatorException("platform.no-database-for-machine", os, architecture);
    }

    private static void requireGlibc() {
        boolean glibc = Stream.of(
                        "/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1", "/lib64/ld-linux-aarch64.so.1")
                .anyMatch(loader -> Files.exists(Path.of(loader)));
        if (!glibc) throw new OperatorException("platform.no-glibc");
    }

    /** Length and head of the archive tell versions apart without reading 15 MB at each start. */
    private static String fingerprint(URL archive) throws IOException {
        var connection = archive.openConnection();
        connection.setUseCaches(false);
        try (InputStream in = connection.getInputStream();
                DigestInputStream digest = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            digest.getMessageDigest()
                    .update(Long.toString(connection.getContentLengthLong()).getBytes(StandardCharsets.US_ASCII));
            digest.readNBytes(256 * 1024);
            return HexFormat.of().formatHex(digest.getMessageDigest().digest(), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void unpack(URL archive, Path parent, Path target) throws IOException {
        Files.createDirectories(parent);
        Path fresh = Files.createTempDirectory(parent, "unpacking-");
        try {
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
            try (InputStream in = archive.openStream();
                    TarArchiveInputStream tar =
                            new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(in)))) {
                for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; )
                    if (neededToRun(entry.getName())) unpack(tar, entry, fresh);
            }
            // After a power cut the rename must not be there without the files.
            ServerAccount.Output.of(List.of("sync", "-f", fresh.toString()));
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) { // An atomic move onto what another process made has no exception of its own.
            if (!Files.isDirectory(target)) throw e;
        } finally {
            Directories.delete(fresh);
        }
    }

    private static boolean neededToRun(String name) {
        return !name.endsWith(".a") && !name.startsWith("include/") && !name.startsWith("./include/");
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path root) throws IOException {
        Path path = root.resolve(entry.getName()).normalize();
        if (!path.startsWith(root)) throw new IOException("the archive leaves its directory: " + entry.getName());
        if (entry.isDirectory()) {
            createDirectories(root, path);
            return;
        }
        createDirectories(root, path.getParent() == null ? root : path.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, path);
        Files.setPosixFilePermissions(
                path, PosixFilePermissions.fromString((entry.getMode() & 0100) != 0 ? "rwxr-xr-x" : "rw-r--r--"));
    }

    /** Directories that the database's own account can read, whatever the umask. */
    private static void createDirectories(Path root, Path directory) throws IOException {
        if (Files.isDirectory(directory)) return;
        if (!directory.equals(root) && directory.getParent() != null) createDirectories(root, directory.getParent());
        Files.createDirectory(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
