package org.sharaka.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A node in a process of its own, as `./sharaka node` runs it, so that it can be killed and weighed. */
final class NodeProcess implements AutoCloseable {
    private static final long START_PATIENCE_SECONDS = 120;

    private final Path home;
    private final Path passphrase;
    private final int port;
    private volatile Process process;

    private NodeProcess(Path home, Path passphrase, int port) throws IOException {
        this.home = home;
        this.passphrase = passphrase;
        this.port = port;
        this.process = launch();
    }

    /** Starts it and returns when it listens; always at the same port, so that clients find it again. */
    static NodeProcess start(Path home, Path passphrase) throws IOException, InterruptedException {
        NodeProcess node = new NodeProcess(home, passphrase, FreePort.find());
        node.awaitReady();
        return node;
    }

    private Process launch() throws IOException {
        Files.deleteIfExists(listeners());
        List<String> command = new ArrayList<>(javaCommand());
        command.addAll(List.of(
                "org.sharaka.node.Main",
                "node",
                "--home",
                home.toString(),
                "--set",
                "console.port=" + port,
                "--set",
                "management.port=0",
                "--set",
                "demo=true",
                "--set",
                "vault.passphrase-file=" + passphrase));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        home.resolveSibling("node.out").toFile()))
                .start();
    }

    /** With the launcher's options, and those that the administrator of this machine gives it. */
    static List<String> javaCommand() {
        return javaCommand("1g");
    }

    /** @param heap at most, as {@code -Xmx} takes it */
    static List<String> javaCommand(String heap) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+UseG1GC",
                "-XX:G1PeriodicGCInterval=60000",
                "-XX:+ExplicitGCInvokesConcurrent",
                "-XX:MinHeapFreeRatio=20",
                "-XX:MaxHeapFreeRatio=40",
                "-XX:GCTimeRatio=49",
                "-XX:G1HeapRegionSize=4m",
                "-XX:+ExitOnOutOfMemoryError"));
        String more = System.getenv().getOrDefault("SHARAKA_JAVA_OPTIONS", "");
        if (!more.isBlank()) command.addAll(List.of(more.strip().split("\\s+", -1)));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        return command;
    }

    private Path listeners() {
        return home.resolve("listeners.properties");
    }

    void awaitReady() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_PATIENCE_SECONDS);
        while (!Files.exists(listeners())) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IOException("the node did not start: "
                        + Files.readString(home.resolveSibling("node.out"), StandardCharsets.UTF_8));
            }
            Thread.sleep(50);
        }
    }

    URI console() {
        return URI.create("http://127.0.0.1:" + port);
    }

    URI management() throws IOException {
        Properties properties = new Properties();
        try (var in = Files.newBufferedReader(listeners())) {
            properties.load(in);
        }
        return URI.create(properties.getProperty("management"));
    }

    /** kill -9 of the JVM. The database server is left alone, as in life. */
    void killJvm() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** kill -9 of the database server's first process. */
    void killDatabase() throws IOException {
        ProcessHandle.of(databasePid()).ifPresent(ProcessHandle::destroyForcibly);
    }

    void restart() throws IOException {
        process = launch();
    }

    private long databasePid() throws IOException {
        return databasePid(home);
    }

    /** Of the database server's first process. */
    static long databasePid(Path home) throws IOException {
        Path mark = home.resolve("postgres").resolve("data").resolve("postmaster.pid");
        return Long.parseLong(Files.readAllLines(mark).get(0).strip());
    }

    /** The proportional share of memory of the JVM and of all processes of its database server, in bytes. */
    long proportionalBytes() throws IOException {
        return serverBytes() + databaseBytes();
    }

    /** Of the JVM alone. */
    long serverBytes() {
        return proportionalKilobytes(process.pid()) * 1024;
    }

    /** Of all processes of the database server. */
    long databaseBytes() throws IOException {
        ProcessHandle database = ProcessHandle.of(databasePid()).orElseThrow();
        long kilobytes = proportionalKilobytes(database.pid());
        for (ProcessHandle child : database.descendants().toList()) kilobytes += proportionalKilobytes(child.pid());
        return kilobytes * 1024;
    }

    /** Processor time that the JVM has used, in seconds. */
    double serverSeconds() {
        return ProcessorTime.of(process.pid());
    }

    /** Processor time of all processes of the database server, those that have ended among them, in seconds. */
    double databaseSeconds() throws IOException {
        return ProcessorTime.ofServer(databasePid());
    }

    /** Of {@link #serverSeconds}, what the JVM's compilers used: until they have done, a server is slower than it will be. */
    double compilerSeconds() throws IOException {
        return ProcessorTime.ofThreads(
                process.pid(), name -> name.startsWith("C1 Compiler") || name.startsWith("C2 Compiler"));
    }

    /** Of {@link #serverSeconds}, what collecting garbage used. */
    double collectorSeconds() throws IOException {
        return ProcessorTime.ofThreads(process.pid(), name -> name.startsWith("G1 ") || name.startsWith("GC Thread"));
    }

    /** Shared buffers are counted once, whoever looks at them (proc(5), smaps_rollup). */
    private static long proportionalKilobytes(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
            return lines.filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (IOException | UncheckedIOException e) {
            return 0; // A backend that ended meanwhile weighs nothing.
        }
    }

    /** Into the database itself, past the node. */
    Connection connect() throws IOException, SQLException {
        String databasePort =
                Files.readString(home.resolve("postgres").resolve("port")).strip();
        String password = Files.readString(home.resolve("secrets").resolve("database-password"))
                .strip();
        String url = "jdbc:postgresql://127.0.0.1:" + databasePort + "/postgres";
        return DriverManager.getConnection(url, "sharaka", password);
    }

    /** Asks the database itself: what the node says of itself proves nothing. */
    long count(String sql) throws IOException, SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** SIGTERM, as a service manager stops it. */
    @Override
    public void close() {
        process.destroy();
        awaitEnd(process);
    }

    /** Returns when it has ended; one that takes longer than a minute is killed. */
    static void awaitEnd(Process process) {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS))
                process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
