package org.sharaka.node.backup;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.sharaka.node.platform.OperatorException;
import org.sharaka.node.platform.PrivateFiles;
import org.sharaka.node.platform.RestoredHome;
import org.sharaka.node.platform.Restores;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The way home from a backup: into an empty home and an empty database, verified first, all or nothing. */
final class Restoration {
    private static final String SETTINGS = "sharaka.properties";
    private static final String OWN_DATABASE = "database.";

    private final StoredBackup backup;
    private final Clock clock;
    private final Map<String, String> settings;

    /** @param settings as flags give them; where the database is, only they say */
    Restoration(StoredBackup backup, Clock clock, Map<String, String> settings) {
        this.backup = backup;
        this.clock = clock;
        this.settings = Map.copyOf(settings);
    }

    /**
     * What came back.
     *
     * @param gone rows whose keys exist no more: what was deleted since the backup stays deleted
     * @param files sealed files
     */
    record Restored(long rows, long gone, long files) {}

    /**
     * Restores and lets a node start on the home.
     *
     * @throws DamagedException if any of the backup is not as it was written; then no node starts on the home
     * @throws OperatorException if the home or the database is not empty, or the backup is of a newer release
     */
    Restored into(Path directory) throws IOException, SQLException, DamagedException {
        backup.verifyParts();
        try (RestoredHome home = RestoredHome.begin(directory, settings)) {
            long files = copyFiles(home);
            home.migrate(backup.manifest().versions());
            requireSameTables(home);
            Restored restored = load(home, files);
            keptFiles(home);
            home.complete();
            return restored;
        }
    }

    private long copyFiles(RestoredHome home) throws DamagedException {
        long[] copied = new long[1];
        List<Path> damaged = backup.each((file, copy) -> {
            if (backup.endedSince(copy)) return true;
            copied[0]++;
            return file.copy(backup.store().evidence(), home.home().evidence());
        });
        if (!damaged.isEmpty()) throw new DamagedException(damaged.get(0), null);
        return copied[0];
    }

    /** The same migrations made these tables as made those. */
    private void requireSameTables(RestoredHome home) throws SQLException {
        List<String> histories = new ArrayList<>();
        try (Connection connection = home.database().getConnection()) {
            for (String module : backup.manifest().versions().keySet())
                for (String[] each : Snapshot.history(connection, module))
                    histories.add(module + " " + each[0] + " " + each[1]);
        }
        if (!histories.equals(backup.manifest().histories()))
            throw new OperatorException("backup.other-migrations", backup.name());
    }

    private Restored load(RestoredHome home, long files) throws SQLException, DamagedException {
        try (Connection connection = home.database().getConnection()) {
            connection.setAutoCommit(false);
            Manifest manifest = backup.manifest();
            TableLoader loader = new TableLoader(
                    connection,
                    manifest.tables().stream().map(Manifest.Table::table).toList());
            loader.begin();
            for (Manifest.Table table : manifest.tables()) {
                long rows = backup.read(table.part(), in -> unchecked(() -> loader.load(table, in)));
                if (rows != table.rows())
                    throw new DamagedException(Path.of(table.part().file()), null);
            }
            long gone = 0;
            for (KeyManifest.Column column : backup.keys().columns())
                gone += backup.readKeys(column.part(), in -> unchecked(() -> loader.loadKeys(column, in)));
            loader.end(manifest.sequences());
            new Restores(JdbcClient.create(new SingleConnectionDataSource(connection, true)))
                    .note(backup.name().text(), manifest.at(), clock.instant().truncatedTo(ChronoUnit.MILLIS));
            connection.commit();
            connection.setAutoCommit(true);
            try (Statement statement = connection.createStatement()) {
                statement.execute("analyze");
            }
            return new Restored(manifest.rows(), gone, files);
        }
    }

    private interface Loading {
        long run() throws SQLException, IOException;
    }

    /** What the database refuses is not the backup's damage. */
    private static long unchecked(Loading loading) throws IOException {
        try {
            return loading.run();
        } catch (SQLException e) {
            throw new OperatorException("backup.database-failed", e, OperatorException.reason(e));
        }
    }

    private void keptFiles(RestoredHome home) throws IOException, DamagedException {
        PrivateFiles.write(
                home.home().nodeKey(), Files.readString(backup.store().nodeKey()));
        for (KeyManifest.File file : backup.keys().files()) {
            Path target = home.home().directory().resolve(file.path()).normalize();
            if (!target.startsWith(home.home().directory())) throw new DamagedException(target, null);
            String text = backup.readKeys(file.part(), in -> new String(in.readAllBytes(), StandardCharsets.UTF_8));
            Path parent = target.getParent();
            if (parent != null && !Files.isDirectory(parent)) PrivateFiles.directory(parent);
            PrivateFiles.write(target, file.path().equals(SETTINGS) ? ownDatabase(text) : text);
        }
    }

    /** The settings as they were, except for where the database is: the node must never come back onto the old one unasked. */
    private String ownDatabase(String text) {
        StringBuilder lines = new StringBuilder();
        text.lines()
                .map(line -> isOfDatabase(line) ? "# before the restore: " + line : line)
                .forEach(line -> lines.append(line).append('\n'));
        Map<String, String> own = new TreeMap<>();
        settings.forEach((key, value) -> {
            String name = key.startsWith("sharaka.") ? key.substring("sharaka.".length()) : key;
            if (name.startsWith(OWN_DATABASE)) own.put(name, value);
        });
        own.forEach((key, value) -> lines.append(key)
                .append('=')
                .append(value.replace("\\", "\\\\"))
                .append('\n'));
        return lines.toString();
    }

    private static boolean isOfDatabase(String line) {
        Properties one = new Properties();
        try {
            one.load(new StringReader(line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return one.stringPropertyNames().stream()
                .anyMatch(key -> List.of("database.url", "database.user", "database.password-file", "database.binaries")
                        .contains(key));
    }
}
