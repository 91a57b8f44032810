package org.sharaka.node.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The database server that this process uses: its own, that of the node running on the home, or an external one. */
final class Database implements AutoCloseable {
    private final DatabaseAddress address;
    private final @Nullable HomeLock lock;
    private final @Nullable EmbeddedPostgres embedded;
    private final boolean borrowed;

    private Database(
            DatabaseAddress address, @Nullable HomeLock lock, @Nullable EmbeddedPostgres embedded, boolean borrowed) {
        this.address = address;
        this.lock = lock;
        this.embedded = embedded;
        this.borrowed = borrowed;
    }

    /** For a node: it alone may use the home. */
    static Database forNode(Home home, DatabaseSettings settings) {
        requireWhole(home);
        return open(home, settings, HomeLock.acquire(home));
    }

    /** For a command: beside the node if one runs, else as if it were the node. */
    static Database forCommand(Home home, DatabaseSettings settings) {
        requireWhole(home);
        Optional<HomeLock> lock = HomeLock.tryAcquire(home);
        if (lock.isPresent()) return open(home, settings, lock.get());
        DatabaseAddress address = settings.external() ? external(settings) : EmbeddedPostgres.runningOn(home);
        return new Database(address, null, null, true);
    }

    /** For a restore: as for a node, on a home that is not whole yet. */
    static Database forRestore(Home home, DatabaseSettings settings) {
        return open(home, settings, HomeLock.acquire(home));
    }

    private static void requireWhole(Home home) {
        if (Files.exists(home.unfinishedRestore()))
            throw new OperatorException("platform.restore-unfinished", home.directory());
    }

    private static Database open(Home home, DatabaseSettings settings, HomeLock lock) {
        try {
            if (settings.external()) return new Database(external(settings), lock, null, false);
            EmbeddedPostgres server = EmbeddedPostgres.start(home, settings);
            return new Database(server.address(), lock, server, false);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static DatabaseAddress external(DatabaseSettings settings) {
        Path file = Path.of(settings.passwordFile());
        try {
            return new DatabaseAddress(
                    settings.url(),
                    settings.user(),
                    new Secret<>(Files.readString(file).strip()));
        } catch (IOException e) {
            throw new OperatorException("platform.password-file-unreadable", e, file, OperatorException.reason(e));
        }
    }

    DatabaseAddress address() {
        return address;
    }

    /** Whether another process is responsible for the schema. */
    boolean borrowed() {
        return borrowed;
    }

    Optional<EmbeddedPostgres> embedded() {
        return Optional.ofNullable(embedded);
    }

    /** Stops an embedded server, then lets go of the home: never the other way round. */
    @Override
    public void close() {
        if (embedded != null) embedded.close();
        if (lock != null) lock.close();
    }
}
