package org.sharaka.node.platform;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** One database server for all tests of this JVM, with a template that every migration has run on. */
final class TestServer {
    private final Path directory;
    private final EmbeddedPostgres server;
    private final AtomicInteger count = new AtomicInteger();

    private TestServer() {
        directory = temporaryDirectory();
        Home home = new Home(directory).create();
        HomeLock lock = HomeLock.acquire(home);
        server = EmbeddedPostgres.start(home, settings());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.close();
            lock.close();
            delete(directory);
        }));
        execute("CREATE DATABASE template");
        try (HikariDataSource pool = new HikariDataSource(PlatformConfiguration.pool(address("template"), 2))) {
            Migrations.run(pool);
        }
    }

    static TestServer shared() {
        return Shared.SERVER;
    }

    /** Started by the first who needs it. */
    private static final class Shared {
        private static final TestServer SERVER = new TestServer();
    }

    /** Little memory: several JVMs test at once. */
    private static DatabaseSettings settings() {
        return new DatabaseSettings("", "", "", 60, "", binaries(), 64);
    }

    /** Shared by all tests of a build if the server's account can reach it, else unpacked anew. */
    static String binaries() {
        Path target = Path.of("target").toAbsolutePath();
        try {
            boolean reachable = Files.isDirectory(target)
                    && ServerAccount.choose(target.resolve("nothing"), "")
                            .obstacle(target)
                            .isEmpty();
            return reachable ? target.resolve("postgres-binaries").toString() : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory(
                    "sharaka-test-",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path directory) {
        try {
            Directories.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new database with every table and no row. */
    String createDatabase() {
        String name = "test_" + count.incrementAndGet();
        execute("CREATE DATABASE " + name + " TEMPLATE template");
        return name;
    }

    String createEmptyDatabase() {
        String name = "test_" + count.incrementAndGet();
        execute("CREATE DATABASE " + name + " TEMPLATE template0");
        return name;
    }

    /** Roles belong to the whole server: each node's portal has one of its own. */
    static String portalRole(String database) {
        return "portal_" + database;
    }

    void drop(String name) {
        execute("DROP DATABASE " + name + " WITH (FORCE)");
        execute("DROP ROLE IF EXISTS " + portalRole(name));
    }

    DatabaseAddress address(String database) {
        DatabaseAddress address = server.address();
        return new DatabaseAddress(
                address.url().replaceAll("/postgres$", "/" + database), address.user(), address.password());
    }

    private synchronized void execute(String sql) {
        DatabaseAddress address = server.address();
        try (Connection connection = DriverManager.getConnection(
                        address.url(), address.user(), address.password().reveal());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
