package org.sharaka.node.platform;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * A home into which a backup is being restored, with its database running. Until it is completed no node starts on it, so that a
 * restore which broke off cannot pass for a node.
 */
public final class RestoredHome implements AutoCloseable {
    private final Home home;
    private final Database database;
    private final HikariDataSource pool;

    private RestoredHome(Home home, Database database, HikariDataSource pool) {
        this.home = home;
        this.database = database;
        this.pool = pool;
    }

    /**
     * Makes the home and starts its database, or connects to the external one that the settings name.
     *
     * @param settings {@code key=value} as flags give them, with or without {@code sharaka.}
     * @throws OperatorException if the directory has anything in it, or the database has tables of a node
     */
    public static RestoredHome begin(Path directory, Map<String, String> settings) {
        requireEmpty(directory);
        Home home = new Home(directory).create();
        try {
            PrivateFiles.write(home.unfinishedRestore(), "");
        } catch (IOException e) {
            throw OperatorException.ofStorage(e, directory);
        }
        DatabaseSettings databaseSettings = bind(settings).bindOrCreate("sharaka.database", DatabaseSettings.class);
        Database database = Database.forRestore(home, databaseSettings);
        HikariDataSource pool = null;
        try {
            pool = new HikariDataSource(PlatformConfiguration.pool(database.address(), 4));
            Durability.require(pool);
            Migrations.requireNone(pool);
            return new RestoredHome(home, database, pool);
        } catch (RuntimeException e) {
            if (pool != null) pool.close();
            database.close();
            throw e;
        }
    }

    private static void requireEmpty(Path directory) {
        if (!Files.exists(directory)) return;
        try (Stream<Path> content = Files.list(directory)) {
            if (content.findAny().isPresent()) throw new OperatorException("platform.restore-not-empty", directory);
        } catch (IOException e) {
            throw OperatorException.ofStorage(e, directory);
        }
    }

    static Binder bind(Map<String, String> settings) {
        Map<String, String> full = new HashMap<>();
        settings.forEach(
                (key, value) -> full.put(key.startsWith(HomeSettings.PREFIX) ? key : HomeSettings.PREFIX + key, value));
        return new Binder(new MapConfigurationPropertySource(full));
    }

    public Home home() {
        return home;
    }

    public DataSource database() {
        return pool;
    }

    /**
     * Makes the tables as they were: each module's up to the given version, in the modules' order.
     *
     * @throws OperatorException if this release does not know a module or version: the backup is of a newer one
     */
    public void migrate(Map<String, String> versions) {
        Migrations.run(pool, versions);
    }

    /** From now on a node may start on it. */
    public void complete() {
        try {
            Files.delete(home.unfinishedRestore());
        } catch (IOException e) {
            throw OperatorException.ofStorage(e, home.directory());
        }
    }

    @Override
    public void close() {
        pool.close();
        database.close();
    }
}
