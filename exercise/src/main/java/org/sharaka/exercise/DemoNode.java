package org.sharaka.exercise;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.sharaka.node.SharakaApplication;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.ApiKeyService;
import org.sharaka.node.access.NewApiKey;
import org.sharaka.node.access.NewOfficer;
import org.sharaka.node.access.Officer;
import org.sharaka.node.access.OfficerService;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.access.Role;
import org.sharaka.node.intake.Category;
import org.sharaka.node.platform.CommandContext;
import org.sharaka.node.platform.NodeCommand;
import org.sharaka.node.platform.PrintedMessages;
import org.sharaka.node.screening.ListFormat;
import org.sharaka.node.screening.ListImportService;
import org.sharaka.node.screening.Standing;
import org.sharaka.node.screening.register.Circumstances;
import org.sharaka.node.screening.register.DocumentKind;
import org.sharaka.node.screening.register.NewDocument;
import org.sharaka.node.screening.register.RegisterService;
import org.sharaka.node.triage.DutyService;
import org.sharaka.node.triage.RuleService;
import org.sharaka.node.triage.Template;
import org.sharaka.node.triage.TemplateService;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine;

/** A node started as a demo, in this process, with the embedded database. */
public final class DemoNode implements AutoCloseable {
    private final ConfigurableApplicationContext context;
    private final Path home;
    private final Optional<Path> temporary;
    private final Thread atShutdown = new Thread(this::shutDown, "demo-shutdown");
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile Runnable afterShutdown = () -> {};

    private DemoNode(ConfigurableApplicationContext context, Path home, Optional<Path> temporary) {
        this.context = context;
        this.home = home;
        this.temporary = temporary;
        Runtime.getRuntime().addShutdownHook(atShutdown);
    }

    /**
     * Starts it and returns when it listens.
     *
     * @param wanted directory to live in; empty for a temporary one, which {@link #close} removes
     * @param port of the console; 0 for any
     * @param settings {@code key=value} pairs besides
     */
    public static DemoNode start(Optional<Path> wanted, int port, String... settings) {
        Optional<Path> temporary = wanted.isPresent() ? Optional.empty() : Optional.of(temporaryDirectory());
        Path home =
                wanted.orElseGet(() -> temporary.orElseThrow().resolve("home")).toAbsolutePath();
        List<String> arguments = new ArrayList<>(List.of(
                "sharaka.home=" + home,
                "sharaka.command=false",
                "sharaka.demo=true",
                "sharaka.console.port=" + port,
                "sharaka.management.port=0",
                "sharaka.vault.passphrase-file=" + passphraseFile(home)));
        arguments.addAll(List.of(settings));
        try {
            ConfigurableApplicationContext context = new SpringApplicationBuilder(SharakaApplication.class)
                    .web(WebApplicationType.SERVLET)
                    .run(arguments.stream().map(argument -> "--" + argument).toArray(String[]::new));
            return new DemoNode(context, home, temporary);
        } catch (RuntimeException e) {
            temporary.ifPresent(DemoNode::delete);
            throw e;
        }
    }

    /** The console's address. */
    public URI console() {
        return console(context);
    }

    private static URI console(ConfigurableApplicationContext context) {
        return URI.create("http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    public Path home() {
        return home;
    }

    /** Adds the officers of the demo who are not there yet, and with them what a supervisor sets up on the first day. */
    public void addOfficers() {
        boolean firstDay = context.getBean(OfficerService.class).nobodyYet();
        addOfficers(DemoOfficer.ALL);
        if (firstDay) setUpTriage();
    }

    /** Letters that two officers read, a rule for what concerns children, a duty roster of the coming days. */
    private void setUpTriage() {
        Actor leila = officer("leila");
        TemplateService letters = context.getBean(TemplateService.class);
        for (Template letter : letters.all(leila)) {
            letters.review(leila, letter.id());
            letters.review(officer("karim"), letter.id());
        }
        context.getBean(RuleService.class)
                .add(
                        leila,
                        new RuleService.NewRule(
                                10,
                                Optional.of(Category.CHILD_EXPLOITATION),
                                Optional.empty(),
                                Optional.empty(),
                                false,
                                DemoOfficer.WOMEN_AND_CHILDREN,
                                true));
        Instant now = context.getBean(Clock.class).instant();
        DutyService duty = context.getBean(DutyService.class);
        List<String> order = List.of("karim", "nadia", "hind");
        for (int i = 0; i < order.size(); i++) duty.plan(leila, order.get(i), now, now.plus(Duration.ofDays(7)), i + 1);
    }

    private Actor officer(String login) {
        Officer officer = context.getBean(OfficerService.class)
                .find(Actor.commandLine("demo"), login)
                .orElseThrow();
        return new Actor(
                Actor.Kind.OFFICER,
                officer.id().toString(),
                login,
                officer.unit(),
                Role.permissionsOf(officer.roles()),
                Optional.of(Purpose.INVESTIGATION));
    }

    /** Adds those who are not there yet. */
    void addOfficers(List<DemoOfficer> people) {
        addOfficers(context, people);
    }

    private static void addOfficers(ConfigurableApplicationContext context, List<DemoOfficer> people) {
        OfficerService officers = context.getBean(OfficerService.class);
        Actor demo = Actor.commandLine("demo");
        for (DemoOfficer officer : people) {
            if (officers.find(demo, officer.login()).isPresent()) continue;
            NewOfficer wanted =
                    new NewOfficer(officer.login(), officer.name(), Optional.of(officer.unit()), officer.roles());
            officers.addDemoOfficer(demo, wanted, DemoOfficer.PASSWORD);
        }
    }

    /** The browser of a bureau's duty officer, whom a node gets for it that was started as a demo. */
    public static OfficerBrowser dutyOfficer(ConfigurableApplicationContext context) {
        addOfficers(context, DemoOfficer.SPANISH);
        return OfficerBrowser.loggedIn(
                console(context), DemoOfficer.SPANISH.get(1).login());
    }

    /** Imports the invented list as a list of this country's own, and enters a lost passport in its register. */
    void addWanted(WantedList wanted) throws IOException {
        Path file = Files.createTempFile(home, "wanted", ".json");
        try {
            wanted.writeTo(file);
            var unused = context.getBean(ListImportService.class)
                    .run(
                            Actor.commandLine("demo"),
                            new ListImportService.Request(
                                    ListFormat.FTM_JSON,
                                    file,
                                    Optional.of(WantedList.NAME),
                                    Optional.empty(),
                                    true,
                                    Optional.of(Standing.OWN_WARRANT)),
                            read -> {});
        } finally {
            Files.delete(file);
        }
        RegisterService registers = context.getBean(RegisterService.class);
        var unused = registers.add(
                officer("omar"),
                new NewDocument(
                        wanted.lostDocument(),
                        DocumentKind.PASSPORT,
                        registers.country(),
                        Circumstances.LOST,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    /** Makes an API key for reports and campaigns, in force for a day. */
    public String token() {
        return token(EnumSet.of(
                Permission.REPORT_SUBMIT,
                Permission.REPORT_READ,
                Permission.CAMPAIGN_READ,
                Permission.CAMPAIGN_DECIDE));
    }

    public String token(Set<Permission> permissions) {
        NewApiKey wanted = new NewApiKey("demo", Purpose.INVESTIGATION, permissions, Duration.ofDays(1));
        return context.getBean(ApiKeyService.class)
                .make(Actor.commandLine("demo"), wanted)
                .token();
    }

    /** A public service of the running node. */
    public <T> T service(Class<T> type) {
        return context.getBean(type);
    }

    public NodeClient client() {
        return new NodeClient(console(), token());
    }

    /** Runs one of the node's commands beside the running node, as {@code ./sharaka NAME} would. */
    int command(String name, PrintWriter out, PrintedMessages messages) {
        for (NodeCommand command : ServiceLoader.load(NodeCommand.class)) {
            CommandLine.Command described = command.getClass().getAnnotation(CommandLine.Command.class);
            if (described == null || !described.name().equals(name)) continue;
            new CommandLine(command).parseArgs();
            try {
                return command.run(new CommandContext(context, out, out, messages));
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(name, e);
            }
        }
        throw new IllegalStateException("no command " + name);
    }

    /** Runs a command as {@code ./sharaka} would after it has read its line, and says nothing of it. */
    void run(NodeCommand command) {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        try {
            int status = command.run(new CommandContext(context, nowhere, nowhere, PrintedMessages.here()));
            if (status != 0) throw new IllegalStateException(command.getClass().getSimpleName());
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(command.getClass().getSimpleName(), e);
        }
    }

    /** What to do when a signal has ended the node. */
    void afterShutdown(Runnable last) {
        afterShutdown = last;
    }

    private void shutDown() {
        stop();
        afterShutdown.run();
    }

    /** Stops node and database; a temporary home is gone afterwards. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atShutdown);
        } catch (IllegalStateException e) {
            return; // The process is ending and the hook does it.
        }
        stop();
    }

    private void stop() {
        if (!closed.compareAndSet(false, true)) return;
        context.close();
        temporary.ifPresent(DemoNode::delete);
    }

    /** The port if nobody has it, else any. */
    static int freePort(int preferred) {
        try (ServerSocket socket = new ServerSocket(preferred, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Others may pass through it: the database server runs under an account of its own when root starts the demo. */
    static Path temporaryDirectory() {
        try {
            Path directory = Files.createTempDirectory("sharaka-demo-");
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Holds the passphrase of a home's node key: beside the home, never in it; the same at the next start on that home. */
    public static Path passphraseFile(Path home) {
        Path file = home.resolveSibling(home.getFileName() + ".passphrase");
        try {
            if (Files.exists(file)) return file;
            byte[] random = new byte[24];
            new SecureRandom().nextBytes(random);
            Files.createDirectories(file.resolveSibling(".").normalize());
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Files.writeString(file, Base64.getUrlEncoder().encodeToString(random));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
