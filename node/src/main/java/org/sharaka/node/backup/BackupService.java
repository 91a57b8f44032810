package org.sharaka.node.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.sharaka.node.access.Actor;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.evidence.StoredFile;
import org.sharaka.node.platform.Home;
import org.sharaka.node.platform.KeptFile;
import org.sharaka.node.platform.OperatorException;
import org.sharaka.node.platform.SealedColumn;
import org.sharaka.node.platform.Vault;

/**
 * Makes backups of a node while it runs: one snapshot of its database, the sealed files that the snapshot names, and, apart, the
 * keys without which neither can be read.
 */
public final class BackupService {
    /** Tables copied at once: pressing and encrypting takes a processor each, and the node needs one too. */
    private static final int AT_ONCE = 2;

    private final DataSource database;
    private final Home home;
    private final Vault vault;
    private final List<SealedColumn> sealed;
    private final List<KeptFile> files;
    private final BackupSettings settings;
    private final AuditTrail audit;
    private final SqlBackups made;
    private final SecureRandom random;
    private final Clock clock;

    BackupService(
            DataSource database,
            Home home,
            Vault vault,
            List<SealedColumn> sealed,
            List<KeptFile> files,
            BackupSettings settings,
            AuditTrail audit,
            SqlBackups made,
            SecureRandom random,
            Clock clock) {
        this.database = database;
        this.home = home;
        this.vault = vault;
        this.sealed = List.copyOf(sealed);
        this.files = List.copyOf(files);
        this.settings = settings;
        this.audit = audit;
        this.made = made;
        this.random = random;
        this.clock = clock;
    }

    /**
     * What a backup came to.
     *
     * @param at the recovery point: what was committed before is in it
     * @param sizeBytes of tables and keys, encrypted
     * @param copied sealed files that were new
     * @param removed older backups, and files that no backup needs any more
     * @param damaged sealed files of the node that are missing or altered, and so not in the backup
     */
    public record Made(
            String name,
            Instant at,
            long rows,
            long sizeBytes,
            long evidenceItems,
            long copied,
            long removed,
            List<String> damaged) {}

    /**
     * Makes one backup and removes those that are too old. One that breaks off leaves nothing that could pass for a backup.
     *
     * @throws OperatorException if a directory holds something else, cannot be written or is full
     */
    Made make(Actor actor, BackupStore store) {
        Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        BackupName name = BackupName.at(at, random);
        String subject = "backup/" + name;
        Made result;
        try {
            store.prepare(vault);
            FileChannel lock = store.lock();
            try {
                store.sweep();
                result = new Run(store, name, at).make();
            } finally {
                lock.close();
            }
        } catch (IOException e) {
            return audit.act(actor, "backup.make", subject, () -> {
                throw OperatorException.ofStorage(e, store.data());
            });
        } catch (SQLException e) {
            return audit.act(actor, "backup.make", subject, () -> {
                throw new OperatorException("backup.database-failed", e, OperatorException.reason(e));
            });
        }
        return audit.act(actor, "backup.make", subject, entry -> {
            made.add(result, clock.instant(), entry.value());
            return result;
        });
    }

    /** One backup on its way. */
    private final class Run {
        private final BackupStore store;
        private final BackupName name;
        private final Instant at;
        private final List<String> damaged = new ArrayList<>();
        private long held;
        private long copied;

        Run(BackupStore store, BackupName name, Instant at) {
            this.store = store;
            this.name = name;
            this.at = at;
        }

        Made make() throws IOException, SQLException {
            Manifest manifest;
            KeyManifest keyManifest;
            try (Snapshot snapshot = Snapshot.take(database)) {
                byte[] key = Parts.newKey(random);
                Parts parts = new Parts(store.begin(store.data(name)), name, key);
                byte[] keysKey = Parts.newKey(random);
                Parts keyParts = new Parts(store.begin(store.keys(name)), name, keysKey);
                manifest = manifest(snapshot, parts, key);
                keyManifest = keys(snapshot, keyParts, keysKey);
            }
            Files.copy(home.nodeKey(), copyOfNodeKey(), StandardCopyOption.REPLACE_EXISTING);
            Files.move(copyOfNodeKey(), store.nodeKey(), StandardCopyOption.ATOMIC_MOVE);
            store.finish(store.keys(name), vault, name, keyManifest);
            store.finish(store.data(name), vault, name, manifest);
            long removed = prune();
            return new Made(
                    name.text(),
                    at,
                    manifest.rows(),
                    manifest.sizeBytes() + keyManifest.sizeBytes(),
                    held,
                    copied,
                    removed,
                    damaged);
        }

        private Path copyOfNodeKey() {
            return store.nodeKey().resolveSibling("node-key.copying");
        }

        private Manifest manifest(Snapshot snapshot, Parts parts, byte[] key) throws IOException, SQLException {
            Map<String, String> versions = new LinkedHashMap<>();
            List<String> histories = new ArrayList<>();
            for (String module : snapshot.modules()) {
                List<String[]> history = Snapshot.history(snapshot.connection(), module);
                Snapshot.version(history).ifPresent(version -> versions.put(module, version));
                history.forEach(each -> histories.add(module + " " + each[0] + " " + each[1]));
            }
            List<Manifest.Table> tables = tables(snapshot, parts);
            Manifest.Part evidence = parts.write("evidence", out -> copyEvidence(snapshot, out));
            return new Manifest(
                    Manifest.FORMAT,
                    at,
                    versions,
                    histories,
                    tables,
                    snapshot.sequences(),
                    evidence,
                    held,
                    Base64.getEncoder().encodeToString(key));
        }

        private List<Manifest.Table> tables(Snapshot snapshot, Parts parts) throws IOException, SQLException {
            List<Snapshot.Table> shapes = snapshot.tables();
            List<Callable<Manifest.Table>> copies = new ArrayList<>();
            for (int i = 0; i < shapes.size(); i++) {
                Snapshot.Table shape = shapes.get(i);
                String file = String.format(Locale.ROOT, "table-%03d", i);
                copies.add(() -> table(snapshot, parts, shape, file));
            }
            ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE);
            try {
                List<Manifest.Table> tables = new ArrayList<>();
                for (Future<Manifest.Table> copy : workers.invokeAll(copies)) tables.add(copy.get());
                return tables;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof IOException cause) throw cause;
                if (e.getCause() instanceof SQLException cause) throw cause;
                throw new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            } finally {
                workers.shutdownNow();
            }
        }

        private Manifest.Table table(Snapshot snapshot, Parts parts, Snapshot.Table shape, String file)
                throws IOException, SQLException {
            Connection connection = snapshot.join();
            try {
                long[] rows = new long[1];
                Manifest.Part part = parts.write(file, out -> rows[0] = copied(connection, shape, out));
                return new Manifest.Table(shape.name(), shape.columns(), rows[0], part);
            } finally {
                Snapshot.end(connection);
            }
        }

        private long copied(Connection connection, Snapshot.Table shape, OutputStream out) throws IOException {
            try {
                return Snapshot.copy(connection, shape, sealed, out);
            } catch (SQLException e) {
                throw new IOException(e);
            }
        }

        private KeyManifest keys(Snapshot snapshot, Parts parts, byte[] key) throws IOException {
            List<KeyManifest.Column> columns = new ArrayList<>();
            for (SealedColumn column : sealed) {
                long[] rows = new long[1];
                Manifest.Part part = parts.write("column-" + columns.size(), out -> {
                    try {
                        rows[0] = Snapshot.copyKeys(snapshot.connection(), column, out);
                    } catch (SQLException e) {
                        throw new IOException(e);
                    }
                });
                columns.add(new KeyManifest.Column(
                        column.table(), column.key(), column.column(), column.whenGone(), rows[0], part));
            }
            List<KeyManifest.File> kept = new ArrayList<>();
            for (KeptFile file : files) {
                Path path = home.directory().resolve(file.path());
                if (!Files.exists(path)) continue;
                Manifest.Part part = parts.write("file-" + kept.size(), out -> Files.copy(path, out));
                kept.add(new KeyManifest.File(file.path().toString(), part));
            }
            return new KeyManifest(
                    Manifest.FORMAT, at, columns, kept, Base64.getEncoder().encodeToString(key));
        }

        /** Copies what no earlier backup has; sealed files never change. */
        private void copyEvidence(Snapshot snapshot, OutputStream out) throws IOException {
            try {
                StoredFile.each(snapshot.connection(), file -> {
                    if (!copy(file)) return;
                    out.write((file.line() + "\n").getBytes(StandardCharsets.US_ASCII));
                    held++;
                });
            } catch (SQLException e) {
                throw new IOException(e);
            }
        }

        private boolean copy(StoredFile file) throws IOException {
            Path source = home.evidence().resolve(file.path());
            Path target = store.evidence().resolve(file.path());
            if (Files.exists(target) && Files.exists(source) && Files.size(target) == Files.size(source)) return true;
            if (file.copy(home.evidence(), store.evidence())) {
                copied++;
                return true;
            }
            // Destroyed since the snapshot, or else lost.
            if (isHeld(file)) damaged.add(file.address());
            return false;
        }

        private boolean isHeld(StoredFile file) throws IOException {
            try (Connection now = database.getConnection()) {
                return file.isHeld(now);
            } catch (SQLException e) {
                throw new IOException(e);
            }
        }

        private long prune() throws IOException {
            long removed = 0;
            for (BackupName backup : store.backups())
                if (isOver(backup, settings.keep())) {
                    BackupStore.delete(store.data(backup));
                    removed++;
                }
            for (BackupName backup : store.withKeys())
                if (isOver(backup, settings.keepKeys()) || !Files.exists(store.data(backup)))
                    BackupStore.delete(store.keys(backup));
            return removed + pruneEvidence();
        }

        private boolean isOver(BackupName backup, Duration keep) {
            return !backup.equals(name) && backup.time().isBefore(at.minus(keep));
        }

        /** A sealed file goes when the last keys are gone that could have opened it. */
        private long pruneEvidence() throws IOException {
            Set<String> needed = new HashSet<>();
            for (BackupName backup : store.withKeys()) {
                try {
                    Manifest manifest = store.manifest(vault, backup);
                    Parts parts = new Parts(
                            store.data(backup), backup, Base64.getDecoder().decode(manifest.key()));
                    parts.read(manifest.evidence(), in -> {
                        StoredFile.readAll(in, file -> needed.add(file.path().toString()));
                        return needed;
                    });
                } catch (DamagedException e) {
                    // What it needs is not known: nothing goes until it is over.
                    damaged.add(e.what().toString());
                    return 0;
                }
            }
            long removed = 0;
            try (Stream<Path> tree = Files.walk(store.evidence())) {
                for (Path file : (Iterable<Path>) tree.filter(Files::isRegularFile)::iterator)
                    if (!needed.contains(store.evidence().relativize(file).toString())) {
                        Files.delete(file);
                        removed++;
                    }
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
            return removed;
        }
    }
}
