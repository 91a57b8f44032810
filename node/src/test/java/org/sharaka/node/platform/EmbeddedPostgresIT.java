package org.sharaka.node.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the embedded database survives. SIGKILL proves process crashes, not power cuts. */
class EmbeddedPostgresIT {
    private Path directory;
    private Home home;

    @BeforeEach
    void createHome() {
        directory = TestServer.temporaryDirectory();
        home = new Home(directory.resolve("home")).create();
    }

    @AfterEach
    void deleteHome() {
        TestServer.delete(directory);
    }

    @Test
    void itIsStartedAgainWhenItsProcessIsKilledAndThePoolRecovers() throws Exception {
        Witness witness = new Witness();
        try (EmbeddedPostgres server = EmbeddedPostgres.start(home, settings());
                HikariDataSource pool = new HikariDataSource(PlatformConfiguration.pool(server.address(), 4))) {
            witness.createTable(server.address());
            for (int round = 0; round < 2; round++) {
                witness.write(server.address(), 50, 64);
                long before = server.processId();

                kill(before);

                assertThat(witness.lost(server.address())).isEmpty();
                assertThat(server.processId()).isNotEqualTo(before).isPositive();
                assertThat(firstGoodConnection(pool)).isTrue();
            }
        }
    }

    @Test
    void nothingConfirmedIsLostWhenNodeOrDatabaseOrBothAreKilledWhileWriting() throws Exception {
        Witness witness = new Witness();
        Path output = directory.resolve("keeper.log");
        for (int round = 0; round < 4; round++) {
            try (JavaProcess keeper = keeper(output)) {
                DatabaseAddress address = awaitAddress(keeper, output);
                if (round == 0) witness.createTable(address);
                else assertThat(witness.lost(address)).isEmpty();
                CompletableFuture<Void> writing =
                        CompletableFuture.runAsync(() -> writeUntilItBreaks(witness, address));
                Thread.sleep(300);

                long postmaster = postmaster();
                if (round != 1) keeper.kill();
                if (round != 0) kill(postmaster);

                if (round == 1) assertThat(witness.lost(address)).isEmpty();
                writing.get(60, TimeUnit.SECONDS);
            }
        }
        try (EmbeddedPostgres server = EmbeddedPostgres.start(home, settings())) {
            assertThat(witness.confirmed()).isPositive();
            assertThat(witness.lost(server.address())).isEmpty();
        }
    }

    @Test
    void aSecondNodeOnTheHomeIsRefused() {
        try (HomeLock ignored = HomeLock.acquire(home)) {
            assertThat(ignored).isNotNull();
            assertRefused("platform.home-taken", () -> HomeLock.acquire(home));
            assertRefused("platform.home-taken", () -> Database.forNode(home, settings()));
        }
    }

    @Test
    void aMarkLeftBehindDoesNotKeepItFromStarting() throws Exception {
        EmbeddedPostgres.start(home, settings()).close();
        Path mark = home.database().resolve("data/postmaster.pid");
        // The number of a process that lives and is something else.
        Files.writeString(
                mark, ProcessHandle.current().pid() + "\n" + home.database().resolve("data") + "\n");

        try (EmbeddedPostgres server = EmbeddedPostgres.start(home, settings())) {
            assertThat(server.processId()).isPositive();
        }
    }

    @Test
    void itIsDurableWhateverSomebodySetInside() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start(home, settings())) {
            execute(server.address(), "ALTER SYSTEM SET fsync = off");
            execute(server.address(), "ALTER SYSTEM SET full_page_writes = off");
        }
        try (EmbeddedPostgres server = EmbeddedPostgres.start(home, settings());
                HikariDataSource pool = new HikariDataSource(PlatformConfiguration.pool(server.address(), 2))) {
            Durability.require(pool);
            execute(server.address(), "ALTER ROLE sharaka SET synchronous_commit = off");
            pool.getHikariPoolMXBean().softEvictConnections();

            assertRefused("platform.database-not-durable", () -> Durability.require(pool));
        }
    }

    @Test
    void aServerWithoutFsyncIsRefused() throws Exception {
        DatabaseAddress address;
        try (EmbeddedPostgres server = EmbeddedPostgres.start(home, settings())) {
            address = server.address();
        }
        Process careless = startByHand(address, "fsync=off");
        try (Connection ready = Witness.await(address);
                HikariDataSource pool = new HikariDataSource(PlatformConfiguration.pool(address, 2))) {
            assertThat(ready.isValid(5)).isTrue();
            assertRefused("platform.database-not-durable", () -> Durability.require(pool));
        } finally {
            careless.destroyForcibly().waitFor();
        }
    }

    @Test
    void dataOfAnotherVersionIsRefused() throws Exception {
        EmbeddedPostgres.start(home, settings()).close();
        Files.writeString(home.database().resolve("data/PG_VERSION"), "17\n");

        assertRefused("platform.data-of-other-version", () -> EmbeddedPostgres.start(home, settings()));
    }

    @Test
    void anInterruptedFirstStartLeavesNoHalfDatabase() throws Exception {
        Files.createDirectories(home.database().resolve("data.new/base"));

        try (EmbeddedPostgres server = EmbeddedPostgres.start(home, settings())) {
            assertThat(server.processId()).isPositive();
            assertThat(home.database().resolve("data.new")).doesNotExist();
        }
    }

    @Test
    void aHomeThatTheServersAccountCannotReachIsToldWithTheDirectoryInTheWay() throws Exception {
        assumeThat(System.getProperty("user.name"))
                .as("only root gives the server another account")
                .isEqualTo("root");
        Path closed = Files.createDirectory(
                directory.resolve("closed"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Home inside = new Home(closed.resolve("home")).create();

        assertThatThrownBy(() -> EmbeddedPostgres.start(inside, settings()))
                .isInstanceOf(OperatorException.class)
                .hasMessageContaining("chmod o+x " + closed);
    }

    @Test
    void aFullDiskIsToldAndNothingConfirmedIsLost() throws Exception {
        assumeThat(System.getProperty("user.name"))
                .as("only root may mount a small disk")
                .isEqualTo("root");
        Path disk = Files.createDirectory(directory.resolve("disk"));
        assumeThat(ServerAccount.Output.of(
                                List.of("mount", "-t", "tmpfs", "-o", "size=192m,mode=711", "tmpfs", disk.toString()))
                        .exit())
                .as("this system does not let us mount a small disk")
                .isZero();
        try {
            fillAndFree(disk);
        } finally {
            ServerAccount.Output.of(List.of("umount", "-l", disk.toString()));
        }
    }

    private static void fillAndFree(Path disk) throws Exception {
        Home small = new Home(disk.resolve("home")).create();
        Path filler = disk.resolve("filler");
        fill(filler, 0);
        assertRefused("platform.disk-full", () -> EmbeddedPostgres.start(small, settings()));
        Files.delete(filler);

        Witness witness = new Witness();
        try (EmbeddedPostgres server = EmbeddedPostgres.start(small, settings())) {
            witness.createTable(server.address());
            fill(filler, 12_000_000);
            assertThatThrownBy(() -> witness.write(server.address(), 10_000, 64_000))
                    .isInstanceOf(SQLException.class);

            Files.delete(filler);

            assertThat(witness.lost(server.address())).isEmpty();
            int before = witness.confirmed();
            assertThat(before).isPositive();
            witness.write(server.address(), 5, 64);
            assertThat(witness.confirmed()).isEqualTo(before + 5);
        }
    }

    /** Takes all space but the given rest. */
    private static void fill(Path filler, long restBytes) throws IOException {
        long bytes = Files.getFileStore(filler.getParent()).getUsableSpace() - restBytes;
        ServerAccount.Output.of(List.of("fallocate", "-l", Long.toString(bytes), filler.toString()));
    }

    private static DatabaseSettings settings() {
        return new DatabaseSettings("", "", "", 8, "", TestServer.binaries(), 32);
    }

    private JavaProcess keeper(Path output) throws IOException {
        return JavaProcess.start(
                output, Map.of(), ServerKeeper.class, home.directory().toString(), TestServer.binaries());
    }

    private DatabaseAddress awaitAddress(JavaProcess keeper, Path output) throws Exception {
        long end = System.nanoTime() + 60_000_000_000L;
        while (System.nanoTime() < end) {
            if (!keeper.isAlive()) throw new AssertionError("keeper ended: " + Files.readString(output));
            try {
                DatabaseAddress address = EmbeddedPostgres.runningOn(home);
                Witness.connect(address).close();
                return address;
            } catch (OperatorException | SQLException e) {
                Thread.sleep(50);
            }
        }
        throw new AssertionError("keeper did not start: " + Files.readString(output));
    }

    private static void writeUntilItBreaks(Witness witness, DatabaseAddress address) {
        try {
            witness.write(address, Integer.MAX_VALUE, 64);
        } catch (SQLException e) {
            // It was to break.
        }
    }

    private static boolean firstGoodConnection(HikariDataSource pool) throws InterruptedException {
        for (int attempt = 0; attempt < 100; attempt++) {
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement()) {
                return statement.execute("SELECT 1");
            } catch (SQLException e) {
                Thread.sleep(100);
            }
        }
        return false;
    }

    private Process startByHand(DatabaseAddress address, String parameter) throws IOException {
        Path data = home.database().resolve("data");
        String port = address.url().replaceAll(".*:(\\d+)/.*", "$1");
        ServerAccount account = ServerAccount.choose(data, "");
        return new ProcessBuilder(account.serverCommand(List.of(
                        PostgresBinaries.unpack(Path.of(binaryDirectory()))
                                .program("postgres")
                                .toString(),
                        "-D",
                        data.toString(),
                        "-p",
                        port,
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=",
                        "-c",
                        parameter)))
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private String binaryDirectory() {
        String shared = TestServer.binaries();
        return shared.isEmpty() ? home.database().resolve("binaries").toString() : shared;
    }

    private long postmaster() throws IOException {
        return Long.parseLong(Files.readAllLines(home.database().resolve("data/postmaster.pid"))
                .get(0)
                .strip());
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }

    private static void execute(DatabaseAddress address, String sql) throws SQLException {
        try (Connection connection = Witness.connect(address);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void assertRefused(String key, org.assertj.core.api.ThrowableAssert.ThrowingCallable start) {
        assertThatThrownBy(start).isInstanceOfSatisfying(OperatorException.class, e -> assertThat(e.key())
                .isEqualTo(key));
    }
}
