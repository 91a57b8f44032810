package org.sharaka.node.backup;

import java.io.IOException;
import java.io.StringReader;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.platform.OperatorException;
import org.sharaka.node.platform.PrivateFiles;
import org.sharaka.node.platform.Vault;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Two directories of one node's backups. {@code data}: a directory for each backup, and one for all sealed files. {@code keys}: a
 * directory for each backup with what opens it, and the node key, wrapped under the passphrase.
 *
 * <p>A backup is written beside its place and moved there when it is whole.
 */
final class BackupStore {
    private static final String MARK = "sharaka-backup";
    private static final String MANIFEST = "manifest";
    private static final String UNFINISHED = ".new";
    private static final JsonMapper JSON = new JsonMapper();

    private final Path data;
    private final Path keys;

    /** @param keys where keys are kept; within the data if nobody says otherwise */
    BackupStore(Path data, Optional<Path> keys) {
        this.data = data.toAbsolutePath().normalize();
        this.keys = keys.map(path -> path.toAbsolutePath().normalize()).orElse(this.data.resolve("keys"));
    }

    Path data() {
        return data;
    }

    Path evidence() {
        return data.resolve("evidence");
    }

    Path nodeKey() {
        return keys.resolve("node-key");
    }

    Path data(BackupName backup) {
        return data.resolve(backup.text());
    }

    Path keys(BackupName backup) {
        return keys.resolve(backup.text());
    }

    // --- Writing -----------------------------------------------------------------------------------------------------

    /**
     * Makes the directories, or sees that they are this node's.
     *
     * @throws OperatorException if they hold something else, or another node's backups
     */
    void prepare(Vault vault) throws IOException {
        for (Path directory : List.of(data, keys)) {
            Files.createDirectories(directory);
            Path mark = directory.resolve(MARK);
            if (Files.exists(mark)) {
                requireOf(vault, directory);
                continue;
            }
            try (Stream<Path> content = Files.list(directory)) {
                if (content.anyMatch(each -> !each.equals(keys)))
                    throw new OperatorException("backup.not-a-backup", directory);
            }
            PrivateFiles.write(
                    mark,
                    "# Backups of one Sharaka node; see docs/administration.md.\nformat=1\nnode=" + node(vault) + "\n");
        }
        PrivateFiles.directory(evidence());
    }

    /** @throws OperatorException if the directories are of another node, or of no backup */
    void requireOf(Vault vault) {
        for (Path directory : List.of(data, keys)) requireOf(vault, directory);
    }

    /** @throws OperatorException if there is no node key among the keys: without it nothing here opens */
    void requireBackups() {
        for (Path directory : List.of(data, keys))
            if (!Files.exists(directory.resolve(MARK))) throw new OperatorException("backup.not-a-backup", directory);
        if (!Files.exists(nodeKey())) throw new OperatorException("backup.no-node-key", nodeKey());
    }

    private static void requireOf(Vault vault, Path directory) {
        Properties fields = new Properties();
        try {
            fields.load(new StringReader(Files.readString(directory.resolve(MARK))));
        } catch (IOException | IllegalArgumentException e) {
            throw new OperatorException("backup.not-a-backup", e, directory);
        }
        if (!"1".equals(fields.getProperty("format"))) throw new OperatorException("backup.not-a-backup", directory);
        if (!node(vault).equals(fields.getProperty("node")))
            throw new OperatorException("backup.of-another-node", directory);
    }

    private static String node(Vault vault) {
        return HexFormat.of().formatHex(vault.mac("backup.node", new byte[0]));
    }

    /** @throws OperatorException if another backup is being written */
    FileChannel lock() throws IOException {
        FileChannel channel =
                FileChannel.open(data.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null; // Another node in this JVM.
        }
        if (lock != null) return channel;
        channel.close();
        throw new OperatorException("backup.running", data);
    }

    Path begin(Path directory) throws IOException {
        Path fresh = directory.resolveSibling(directory.getFileName() + UNFINISHED);
        delete(fresh);
        return PrivateFiles.directory(fresh);
    }

    /** Writes the manifest, waits for the disk and puts the directory in its place. */
    void finish(Path directory, Vault vault, BackupName backup, Object manifest) throws IOException {
        Path fresh = directory.resolveSibling(directory.getFileName() + UNFINISHED);
        Path file = fresh.resolve(MANIFEST);
        Files.write(
                file,
                vault.seal(context(directory, backup), JSON.writeValueAsBytes(manifest)),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.SYNC);
        force(fresh);
        Files.move(fresh, directory, StandardCopyOption.ATOMIC_MOVE);
        force(directory.getParent());
    }

    private String context(Path directory, BackupName backup) {
        return (directory.equals(keys(backup)) ? "backup.keys/" : "backup.data/") + backup;
    }

    static void force(@Nullable Path directory) throws IOException {
        if (directory == null) return;
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Removes what backups left that were broken off. */
    void sweep() throws IOException {
        for (Path directory : List.of(data, keys))
            for (Path each : list(directory)) if (nameOf(each).endsWith(UNFINISHED)) delete(each);
    }

    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) return;
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path each, @Nullable IOException e) throws IOException {
                if (e != null) throw e;
                Files.delete(each);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    // --- Reading -----------------------------------------------------------------------------------------------------

    /** The whole backups, the newest first. */
    List<BackupName> backups() throws IOException {
        return names(data);
    }

    /** Those of which the keys are still there, the newest first. */
    List<BackupName> withKeys() throws IOException {
        return names(keys);
    }

    private static List<BackupName> names(Path directory) throws IOException {
        return list(directory).stream()
                .flatMap(path -> BackupName.parse(nameOf(path)).stream())
                .sorted((one, other) -> other.compareTo(one))
                .toList();
    }

    private static String nameOf(Path path) {
        Path name = path.getFileName();
        return name == null ? "" : name.toString();
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> content = Files.list(directory)) {
            return content.toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    Manifest manifest(Vault vault, BackupName backup) throws DamagedException {
        return read(vault, backup, data(backup), Manifest.class);
    }

    KeyManifest keyManifest(Vault vault, BackupName backup) throws DamagedException {
        return read(vault, backup, keys(backup), KeyManifest.class);
    }

    private <T> T read(Vault vault, BackupName backup, Path directory, Class<T> type) throws DamagedException {
        Path file = directory.resolve(MANIFEST);
        try {
            return JSON.readValue(vault.open(context(directory, backup), Files.readAllBytes(file)), type);
        } catch (IOException | IllegalStateException | JacksonException e) {
            throw new DamagedException(file, e);
        }
    }
}
