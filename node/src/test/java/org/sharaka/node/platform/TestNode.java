package org.sharaka.node.platform;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.sharaka.node.SharakaApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine;

/**
 * The whole application on free ports with a home and a database of its own, inside the test's JVM. Closing leaves
 * nothing behind.
 */
public final class TestNode implements AutoCloseable {
    private static final Secret<String> PASSPHRASE = new Secret<>("a passphrase for tests only");

    private final ConfigurableApplicationContext context;
    private final Path directory;
    private final String database;

    private TestNode(ConfigurableApplicationContext context, Path directory, String database) {
        this.context = context;
        this.directory = directory;
        this.database = database;
    }

    /** @param settings {@code key=value} pairs that override the node's own */
    public static TestNode start(String... settings) {
        return start(WebApplicationType.SERVLET, settings);
    }

    /** As a command runs it: every service, no listener. */
    public static TestNode withoutWeb(String... settings) {
        return start(WebApplicationType.NONE, settings);
    }

    /**
     * On a home that is there, with whatever database is its own; closing stops the node and leaves the home.
     *
     * @param directory holds the home and the file {@code passphrase}
     */
    public static TestNode on(Path directory, String... settings) {
        List<String> arguments = new ArrayList<>(List.of(
                "sharaka.home=" + directory.resolve("home"),
                "sharaka.console.port=0",
                "sharaka.management.port=0",
                "sharaka.vault.passphrase-file=" + directory.resolve("passphrase"),
                "sharaka.database.pool-size=8"));
        arguments.addAll(List.of(settings));
        return new TestNode(run(WebApplicationType.SERVLET, arguments), directory, "");
    }

    private static ConfigurableApplicationContext run(WebApplicationType type, List<String> arguments) {
        return new SpringApplicationBuilder(SharakaApplication.class)
                .web(type)
                .run(arguments.stream().map(argument -> "--" + argument).toArray(String[]::new));
    }

    private static TestNode start(WebApplicationType type, String... settings) {
        TestServer server = TestServer.shared();
        Path directory = TestServer.temporaryDirectory();
        Path home = quicklyUnlocked(new Home(directory.resolve("home")).create());
        String database = server.createDatabase();
        DatabaseAddress address = server.address(database);
        List<String> arguments = new ArrayList<>(List.of(
                "sharaka.home=" + home,
                "sharaka.console.port=0",
                "sharaka.management.port=0",
                "sharaka.database.url=" + address.url(),
                "sharaka.database.user=" + address.user(),
                "sharaka.database.password-file=" + write(home.resolve("database-password"), address.password()),
                "sharaka.vault.passphrase-file=" + write(directory.resolve("passphrase"), PASSPHRASE),
                "sharaka.database.pool-size=8",
                "sharaka.portal.database-role=" + TestServer.portalRole(database),
                "sharaka.command=" + (type == WebApplicationType.NONE)));
        arguments.addAll(List.of(settings));
        return new TestNode(run(type, arguments), directory, database);
    }

    /** Hundreds of nodes start: each with a key of its own, whose passphrase is stretched for a moment only. */
    private static Path quicklyUnlocked(Home home) {
        SecureRandom random = new SecureRandom();
        byte[] key = new byte[32];
        random.nextBytes(key);
        try {
            PrivateFiles.write(home.nodeKey(), NodeKey.wrap(key, PASSPHRASE, random, 64, 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return home.directory();
    }

    private static Path write(Path file, Secret<String> text) {
        try {
            return Files.writeString(file, text.reveal());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The console's address, for instance {@code http://127.0.0.1:40123}. */
    public URI console() {
        return URI.create("http://127.0.0.1:" + port("local.server.port"));
    }

    /** The management listener's address. */
    public URI management() {
        return URI.create("http://127.0.0.1:" + port("local.management.port"));
    }

    private int port(String property) {
        return context.getEnvironment().getRequiredProperty(property, Integer.class);
    }

    /** A service of the running node, for set-up and for looking behind the screen. */
    public <T> T service(Class<T> type) {
        return context.getBean(type);
    }

    /** All services of a kind. */
    public <T> List<T> services(Class<T> type) {
        return context.getBeanProvider(type).orderedStream().toList();
    }

    /** What a command is given that runs in this node, in English. */
    public CommandContext commandContext(PrintWriter said) {
        return new CommandContext(context, said, said, PrintedMessages.in(Locale.ENGLISH));
    }

    /** Runs a command as {@code ./sharaka} does beside this node. @return its exit status */
    public int run(NodeCommand command, StringWriter said, String... arguments) throws Exception {
        new CommandLine(command).parseArgs(arguments);
        PrintWriter out = new PrintWriter(said, true);
        return command.run(new CommandContext(context, out, out, PrintedMessages.in(Locale.ENGLISH)));
    }

    public Path home() {
        return directory.resolve("home");
    }

    /** {@code key=value} pairs for an embedded database that starts fast and takes little memory. */
    public static List<String> embedded() {
        String binaries = TestServer.binaries();
        return binaries.isEmpty()
                ? List.of("database.shared-buffers-megabytes=64")
                : List.of("database.shared-buffers-megabytes=64", "database.binaries=" + binaries);
    }

    /** Lies outside the home, as it must. */
    public Path passphraseFile() {
        return directory.resolve("passphrase");
    }

    @Override
    public void close() {
        context.close();
        if (database.isEmpty()) return;
        TestServer.shared().drop(database);
        TestServer.delete(directory);
    }
}
