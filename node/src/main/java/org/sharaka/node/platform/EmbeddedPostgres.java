package org.sharaka.node.platform;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real, durable PostgreSQL server inside a node's home. Started with the node and stopped with it; if it dies by
 * itself it is started again, and the connection pool finds it at the same port.
 *
 * <p>Whoever starts it holds the {@link HomeLock}. That the server never runs twice on one data directory is guarded
 * three times: by that lock, by the search for a server that outlived a killed node, and by PostgreSQL's own
 * {@code postmaster.pid}.
 */
final class EmbeddedPostgres implements AutoCloseable {
    static final String USER = "sharaka";

    /** Guards against loss; given on the command line, where no configuration file and no ALTER SYSTEM overrides it. */
    private static final Map<String, String> DURABILITY =
            Map.of("fsync", "on", "full_page_writes", "on", "synchronous_commit", "on");

    /** Loopback only; the log tells of the server, never of statements or their values, which are personal data. */
    private static final Map<String, String> FIXED = Map.ofEntries(
            Map.entry("listen_addresses", "127.0.0.1"),
            Map.entry("unix_socket_directories", ""),
            Map.entry("password_encryption", "scram-sha-256"),
            Map.entry("timezone", "UTC"),
            Map.entry("log_timezone", "UTC"),
            Map.entry("log_min_messages", "log"),
            Map.entry("log_min_error_statement", "panic"),
            Map.entry("log_error_verbosity", "terse"),
            Map.entry("log_statement", "none"),
            Map.entry("log_checkpoints", "off"),
            Map.entry("log_autovacuum_min_duration", "-1"),
            Map.entry("restart_after_crash", "on"),
            Map.entry("jit", "off"));

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration PATIENCE_AT_START = Duration.ofSeconds(30);
    private static final long LOG_LIMIT_BYTES = 10_000_000;
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final Path directory;
    private final Path data;
    private final Path log;
    private final PostgresBinaries binaries;
    private final ServerAccount account;
    private final Map<String, String> parameters;
    private final Secret<String> password;
    private final Object monitor = new Object();

    private volatile int port;
    private volatile @Nullable Process process;
    private volatile boolean stopping;
    private @Nullable Thread supervisor;

    private EmbeddedPostgres(
            Home home, PostgresBinaries binaries, ServerAccount account, Map<String, String> parameters) {
        this.directory = home.database();
        this.data = directory.resolve("data");
        this.log = home.logs().resolve("postgres.log");
        this.binaries = binaries;
        this.account = account;
        this.parameters = Map.copyOf(parameters);
        this.password = password(home, new SecureRandom());
    }

    /**
     * Starts the server, after creating its data directory if there is none, and returns when it answers.
     *
     * @param home whose {@link HomeLock} the caller holds
     * @param settings tuning; what concerns durability is not among it
     * @throws OperatorException if it cannot start, saying why
     */
    static EmbeddedPostgres start(Home home, DatabaseSettings settings) {
        Path binaryDirectory =
                settings.binaries().isBlank() ? home.database().resolve("binaries") : Path.of(settings.binaries());
        ServerAccount account = ServerAccount.choose(home.database().resolve("data"), settings.account());
        account.requireTools();
        try {
            account.obstacle(home.database()).ifPresent(obstacle -> {
                throw new OperatorException("platform.home-closed-to-account", home.directory(), obstacle);
            });
            EmbeddedPostgres server = new EmbeddedPostgres(
                    home, PostgresBinaries.unpack(binaryDirectory), account, settings.parameters());
            server.prepare();
            server.run();
            return server;
        } catch (IOException e) {
            throw OperatorException.ofStorage(e, home.directory());
        }
    }

    /** The address of the server that another process runs on this home; empty parts never occur while it runs. */
    static DatabaseAddress runningOn(Home home) {
        try {
            int port = Integer.parseInt(
                    Files.readString(home.database().resolve("port")).strip());
            Secret<String> password =
                    new Secret<>(Files.readString(passwordFile(home)).strip());
            return new DatabaseAddress(url(port), USER, password);
        } catch (IOException | NumberFormatException e) {
            throw new OperatorException(
                    "platform.running-node-unreachable", e, home.directory(), OperatorException.reason(e));
        }
    }

    DatabaseAddress address() {
        return new DatabaseAddress(url(port), USER, password);
    }

    /** The operating system's number of the server's first process; -1 while it is down. */
    long processId() {
        Process current = process;
        return current != null && current.isAlive() ? current.pid() : -1;
    }

    private static String url(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    private static Path passwordFile(Home home) {
        return home.secrets().resolve("database-password");
    }

    private static Secret<String> password(Home home, SecureRandom random) {
        Path file = passwordFile(home);
        try {
            if (Files.exists(file)) return new Secret<>(Files.readString(file).strip());
            byte[] bytes = new byte[24];
            random.nextBytes(bytes);
            String fresh = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            PrivateFiles.write(file, fresh + "\n");
            return new Secret<>(fresh);
        } catch (IOException e) {
            throw OperatorException.ofStorage(e, file);
        }
    }

    private void prepare() throws IOException {
        Path version = data.resolve("PG_VERSION");
        if (Files.exists(version)) {
            String found = Files.readString(version).strip();
            if (!found.equals(PostgresBinaries.MAJOR_VERSION))
                throw new OperatorException(
                        "platform.data-of-other-version", data, found, PostgresBinaries.MAJOR_VERSION);
            if (!account.owns(data)) throw new OperatorException("platform.data-of-other-account", data);
            return;
        }
        if (Files.exists(data)) throw new OperatorException("platform.data-incomplete", data);
        initialize();
    }

    /** Creates the data beside its place and moves it there, so that an interrupted first start leaves no half of one. */
    private void initialize() throws IOException {
        Path fresh = directory.resolve("data.new");
        Directories.delete(fresh);
        account.createPrivate(fresh);
        Path passwordFile = directory.resolve("password.new");
        try {
            PrivateFiles.write(passwordFile, password.reveal());
            account.give(passwordFile);
            ServerAccount.Output output = ServerAccount.Output.of(account.command(List.of(
                    binaries.program("initdb").toString(),
                    "--pgdata=" + fresh,
                    "--username=" + USER,
                    "--auth=scram-sha-256",
                    "--pwfile=" + passwordFile,
                    "--encoding=UTF8",
                    "--locale-provider=icu",
                    "--icu-locale=und",
                    "--locale=C",
                    "--data-checksums")));
            if (output.exit() != 0) throw failure(output.text());
        } finally {
            Files.deleteIfExists(passwordFile);
        }
        Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private OperatorException failure(String output) {
        return output.contains("No space left on device")
                ? new OperatorException("platform.disk-full", directory)
                : new OperatorException("platform.database-failed", output);
    }

    private void run() throws IOException {
        long logStart = startLog();
        stopOrphan();
        port = choosePort();
        Thread thread = new Thread(this::supervise, "postgres-supervisor");
        thread.setDaemon(true);
        supervisor = thread;
        thread.start();
        try {
            awaitReady(logStart);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private long startLog() throws IOException {
        if (Files.exists(log) && Files.size(log) > LOG_LIMIT_BYTES)
            Files.move(log, log.resolveSibling("postgres.log.1"), StandardCopyOption.REPLACE_EXISTING);
        return Files.exists(log) ? Files.size(log) : 0;
    }

    /** The kept port if it is free, else any free one. */
    private int choosePort() throws IOException {
        Path file = directory.resolve("port");
        int kept = 0;
        try {
            kept = Integer.parseInt(Files.readString(file).strip());
        } catch (NoSuchFileException | NumberFormatException e) {
            LOG.debug("no port kept yet");
        }
        int chosen = kept > 0 && isFree(kept) ? kept : anyFree();
        if (chosen != kept) PrivateFiles.write(file, chosen + "\n");
        return chosen;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int anyFree() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(LOOPBACK))) {
            return socket.getLocalPort();
        }
    }

    /**
     * Runs the server until the node stops. The parent-death signal belongs to the thread that started the process, so
     * one thread starts it and waits for it.
     */
    private void supervise() {
        Duration pause = FIRST_PAUSE;
        while (!stopping) {
            long started = System.nanoTime();
            try {
                stopOrphan();
                Process server = launch();
                process = server;
                if (stopping) signal(server.pid(), "INT");
                int exit = server.waitFor();
                if (stopping) return;
                LOG.atWarn().addKeyValue("exit", exit).log("database server stopped by itself and is started again");
            } catch (IOException | OperatorException e) {
                if (!stopping) LOG.error("database server cannot be started, trying again", e);
            } catch (InterruptedException e) {
                return;
            }
            boolean lasted = System.nanoTime() - started > TimeUnit.MINUTES.toNanos(1);
            pause = lasted ? FIRST_PAUSE : min(pause.multipliedBy(2), LONGEST_PAUSE);
            if (!rest(pause)) return;
        }
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    /** @return false if the node stops meanwhile */
    private boolean rest(Duration pause) {
        long end = System.nanoTime() + pause.toNanos();
        synchronized (monitor) {
            try {
                for (long left; !stopping && (left = end - System.nanoTime()) > 0; )
                    TimeUnit.NANOSECONDS.timedWait(monitor, left);
            } catch (InterruptedException e) {
                return false;
            }
            return !stopping;
        }
    }

    private Process launch() throws IOException {
        List<String> line = new ArrayList<>(
                List.of(binaries.program("postgres").toString(), "-D", data.toString(), "-p", Integer.toString(port)));
        Map<String, String> all = new TreeMap<>(FIXED);
        all.putAll(parameters);
        all.putAll(DURABILITY);
        all.forEach((name, value) -> line.addAll(List.of("-c", name + "=" + value)));
        return new ProcessBuilder(account.serverCommand(line))
                .directory(Path.of("/").toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private void awaitReady(long logStart) throws IOException {
        long patienceEnds = System.nanoTime() + PATIENCE_AT_START.toNanos();
        Process seen = null;
        int exits = 0;
        while (true) {
            try {
                connect().close();
                return;
            } catch (SQLException e) {
                Process current = process;
                if (current != null && current != seen && !current.isAlive()) {
                    seen = current;
                    exits++;
                }
                boolean running = current != null && current.isAlive();
                // Recovery after a crash may take minutes; a server that keeps ending will not get better.
                if (exits >= 3 || (!running && System.nanoTime() > patienceEnds)) throw failure(newLines(logStart));
                if (running
                        && exits == 0
                        && e.getSQLState() != null
                        && e.getSQLState().startsWith("28"))
                    throw new OperatorException("platform.database-password-refused", e, directory);
            }
            if (!rest(Duration.ofMillis(30)))
                throw new OperatorException("platform.database-failed", newLines(logStart));
        }
    }

    private Connection connect() throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", USER);
        login.setProperty("password", password.reveal());
        login.setProperty("connectTimeout", "5");
        login.setProperty("socketTimeout", "10");
        return DriverManager.getConnection(url(port), login);
    }

    /** What the server wrote since it was started: the reason why it did not. */
    private String newLines(long from) throws IOException {
        if (!Files.exists(log)) return "";
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(Math.max(from, file.length() - 4000));
            byte[] bytes = new byte[(int) Math.min(4000, file.length() - file.getFilePointer())];
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8).strip();
        }
    }

    /**
     * Stops a server that outlived a killed node, and removes the mark of one that is dead. A killed server that nobody
     * reaps stays visible as a zombie, and another process may have got its number: PostgreSQL would take either for a
     * running server, so what the process really is gets looked at.
     */
    private void stopOrphan() throws IOException {
        Path mark = data.resolve("postmaster.pid");
        long end = System.nanoTime() + PATIENCE_AT_START.toNanos();
        boolean asked = false;
        for (String text; (text = firstLine(mark)) != null; ) {
            long pid = text.isBlank() ? -1 : Long.parseLong(text.strip());
            if (!isServerOn(pid)) {
                Files.deleteIfExists(mark);
                return;
            }
            Process own = process;
            if (own != null && own.isAlive() && own.pid() == pid) return;
            if (!asked) {
                LOG.atWarn().addKeyValue("pid", pid).log("stopping a database server that outlived its node");
                signal(pid, "INT");
                asked = true;
            }
            if (System.nanoTime() > end) throw new OperatorException("platform.database-still-running", pid, data);
            if (!rest(Duration.ofMillis(50))) return;
        }
    }

    private static @Nullable String firstLine(Path file) throws IOException {
        try {
            return Files.readString(file, StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** PostgreSQL works inside its data directory; a zombie works nowhere. */
    private boolean isServerOn(long pid) {
        try {
            return Files.isSameFile(Path.of("/proc/" + pid + "/cwd"), data);
        } catch (IOException e) {
            return false;
        }
    }

    private static void signal(long pid, String name) throws IOException {
        ServerAccount.Output.of(List.of("sh", "-c", "kill -" + name + " " + pid));
    }

    /**
     * Stops the server: sessions end, what is committed is on disk. Asks first, then insists (SIGQUIT: the next start
     * recovers from the log, nothing committed is lost). Idempotent.
     */
    @Override
    public void close() {
        synchronized (monitor) {
            stopping = true;
            monitor.notifyAll();
        }
        boolean interrupted = false;
        try {
            Process current = process;
            if (current != null && current.isAlive()) {
                signal(current.pid(), "INT");
                if (!current.waitFor(20, TimeUnit.SECONDS)) signal(current.pid(), "QUIT");
                if (!current.waitFor(5, TimeUnit.SECONDS)) current.destroyForcibly();
            }
            if (supervisor != null) supervisor.join(5_000);
        } catch (IOException e) {
            LOG.error("database server could not be asked to stop", e);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
