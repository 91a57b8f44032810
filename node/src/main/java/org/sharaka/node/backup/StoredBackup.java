package org.sharaka.node.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.sharaka.node.evidence.StoredFile;
import org.sharaka.node.platform.OperatorException;
import org.sharaka.node.platform.Vault;

/** A whole backup with the keys that go with it, opened and not yet believed. */
final class StoredBackup {
    private final BackupStore store;
    private final BackupName name;
    private final Manifest manifest;
    private final Parts parts;
    private final BackupName keysName;
    private final KeyManifest keys;
    private final Parts keyParts;

    private StoredBackup(BackupStore store, BackupName name, Manifest manifest, BackupName keysName, KeyManifest keys) {
        this.store = store;
        this.name = name;
        this.manifest = manifest;
        this.parts = new Parts(store.data(name), name, Base64.getDecoder().decode(manifest.key()));
        this.keysName = keysName;
        this.keys = keys;
        this.keyParts =
                new Parts(store.keys(keysName), keysName, Base64.getDecoder().decode(keys.key()));
    }

    /**
     * Opens the wanted backup, or the newest. An older one whose own keys are over is opened with the newest keys: what was deleted
     * meanwhile stays deleted.
     *
     * @throws OperatorException if there is none, or no keys fit
     * @throws DamagedException if what says what is in it is missing or altered
     */
    static StoredBackup open(BackupStore store, Vault vault, Optional<String> wanted)
            throws IOException, DamagedException {
        store.requireOf(vault);
        List<BackupName> all = store.backups();
        BackupName name = all.stream()
                .filter(each -> wanted.isEmpty() || wanted.get().equals(each.text()))
                .findFirst()
                .orElseThrow(() -> new OperatorException("backup.none", store.data()));
        List<BackupName> withKeys = store.withKeys();
        BackupName keys = withKeys.contains(name)
                ? name
                : withKeys.stream()
                        .findFirst()
                        .filter(newest -> newest.compareTo(name) > 0)
                        .orElseThrow(() -> new OperatorException("backup.no-keys", name));
        Manifest manifest = store.manifest(vault, name);
        KeyManifest keyManifest = store.keyManifest(vault, keys);
        if (manifest.format() != Manifest.FORMAT || keyManifest.format() != Manifest.FORMAT)
            throw new OperatorException("platform.backup-of-newer-release", name);
        return new StoredBackup(store, name, manifest, keys, keyManifest);
    }

    BackupName name() {
        return name;
    }

    BackupName keysName() {
        return keysName;
    }

    Manifest manifest() {
        return manifest;
    }

    KeyManifest keys() {
        return keys;
    }

    BackupStore store() {
        return store;
    }

    <T> T read(Manifest.Part part, Parts.Reader<T> reader) throws DamagedException {
        return parts.read(part, reader);
    }

    <T> T readKeys(Manifest.Part part, Parts.Reader<T> reader) throws DamagedException {
        return keyParts.read(part, reader);
    }

    /**
     * Reads all of it but the sealed files to the end.
     *
     * @throws DamagedException naming the first part that is not as it was written
     */
    void verifyParts() throws DamagedException {
        for (Manifest.Table table : manifest.tables())
            if (read(table.part(), StoredBackup::rows) != table.rows())
                throw new DamagedException(Path.of(table.part().file()), null);
        for (KeyManifest.Column column : keys.columns())
            if (readKeys(column.part(), StoredBackup::rows) != column.rows())
                throw new DamagedException(Path.of(column.part().file()), null);
        for (KeyManifest.File file : keys.files())
            readKeys(file.part(), in -> in.transferTo(OutputStream.nullOutputStream()));
        read(manifest.evidence(), in -> in.transferTo(OutputStream.nullOutputStream()));
    }

    /** Rows end with a line feed, and one within a row is written otherwise. */
    private static long rows(InputStream in) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long rows = 0;
        for (int read; (read = in.read(buffer)) >= 0; ) for (int i = 0; i < read; i++) if (buffer[i] == '\n') rows++;
        return rows;
    }

    /** What is done with one sealed file. @return false if it is missing or altered */
    interface FileCheck {
        boolean check(StoredFile file, Path copy) throws IOException;
    }

    /** Does something with every sealed file of the backup. @return those that are missing or altered */
    List<Path> each(FileCheck check) throws DamagedException {
        List<Path> damaged = new ArrayList<>();
        read(manifest.evidence(), in -> {
            StoredFile.readAll(in, file -> {
                Path copy = store.evidence().resolve(file.path());
                if (!check.check(file, copy)) damaged.add(copy);
            });
            return damaged;
        });
        return damaged;
    }

    /** Whether a sealed file is missing only because its item was destroyed since: then its keys are not here either. */
    boolean endedSince(Path copy) {
        return !keysName.equals(name) && !Files.exists(copy);
    }
}
