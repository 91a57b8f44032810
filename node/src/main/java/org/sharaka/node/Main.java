package org.sharaka.node;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.sharaka.node.platform.CommandContext;
import org.sharaka.node.platform.CommandMessages;
import org.sharaka.node.platform.ListenersFile;
import org.sharaka.node.platform.NodeCommand;
import org.sharaka.node.platform.OfflineCommand;
import org.sharaka.node.platform.OperatorException;
import org.sharaka.node.platform.PrintedMessages;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.portal.PortalProcess;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line: {@code node}, and whatever subcommands the modules offer. */
@Command(name = "sharaka", mixinStandardHelpOptions = true, scope = ScopeType.INHERIT)
public final class Main {
    @Option(names = "--home", paramLabel = "DIR", scope = ScopeType.INHERIT)
    private String home = standardHome();

    @Option(names = "--set", paramLabel = "KEY=VALUE", scope = ScopeType.INHERIT)
    private Map<String, String> settings = new LinkedHashMap<>();

    private final PrintedMessages messages;
    private final PrintWriter out;
    private final PrintWriter err;

    Main(PrintedMessages messages, PrintWriter out, PrintWriter err) {
        this.messages = messages;
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) {
        Main main = new Main(PrintedMessages.here(), utf8(FileDescriptor.out), utf8(FileDescriptor.err));
        int status = main.run(arguments);
        main.out.flush();
        main.err.flush();
        System.exit(status);
    }

    /** In UTF-8 whatever the locale: Arabic is readable on every modern terminal, a question mark on none. */
    private static PrintWriter utf8(FileDescriptor descriptor) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), true);
    }

    /** Where a node lives if nobody says: as services do when root starts it, else in the person's own data. */
    private static String standardHome() {
        if ("root".equals(System.getProperty("user.name"))) return "/var/lib/sharaka";
        String data = System.getenv("XDG_DATA_HOME");
        return (data == null || data.isBlank() ? System.getProperty("user.home") + "/.local/share" : data) + "/sharaka";
    }

    int run(String... arguments) {
        return commandLine().execute(arguments);
    }

    private CommandLine commandLine() {
        CommandLine root = new CommandLine(this);
        root.addSubcommand(new RunNode());
        root.addSubcommand(new RunPortal());
        for (NodeCommand command : ServiceLoader.load(NodeCommand.class)) root.addSubcommand(command);
        root.setResourceBundle(new CommandMessages(org.sharaka.node.platform.NodeCommand.class, messages));
        for (CommandLine sub : root.getSubcommands().values()) {
            Class<?> owner = sub.getCommand().getClass();
            if (owner != RunNode.class && owner != RunPortal.class)
                sub.setResourceBundle(new CommandMessages(owner, messages));
        }
        return root.setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionStrategy(this::execute);
    }

    private int execute(CommandLine.ParseResult parsed) {
        Integer help = CommandLine.executeHelpRequest(parsed);
        if (help != null) return help;
        CommandLine leaf = deepest(parsed).commandSpec().commandLine();
        try {
            if (leaf.getCommand() instanceof RunNode) return runNode();
            if (leaf.getCommand() instanceof RunPortal) return runPortal();
            if (leaf.getCommand() instanceof OfflineCommand command)
                return command.run(
                        CommandContext.offline(out, err, messages, new CommandContext.Flags(Path.of(home), settings)));
            if (leaf.getCommand() instanceof NodeCommand command) return runCommand(command);
        } catch (Exception e) {
            return explain(e);
        }
        leaf.usage(err);
        return CommandLine.ExitCode.USAGE;
    }

    private static CommandLine.ParseResult deepest(CommandLine.ParseResult parsed) {
        CommandLine.ParseResult deepest = parsed;
        while (deepest.hasSubcommand()) deepest = deepest.subcommand();
        return deepest;
    }

    /** Returns when the node was stopped; a signal ends the process through Spring's shutdown hook. */
    private int runNode() {
        try (ConfigurableApplicationContext node = start(WebApplicationType.SERVLET)) {
            out.println(messages.text(
                    "platform.node-ready", node.getBean(ListenersFile.class).console(), home));
            out.flush();
            Thread.currentThread().join();
            return CommandLine.ExitCode.OK;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CommandLine.ExitCode.OK;
        }
    }

    /** The public's process: it reads the door file of the home and nothing else of it. */
    private int runPortal() {
        try (PortalProcess portal = PortalProcess.start(Path.of(home), settings)) {
            out.println(messages.text("platform.portal-ready", portal.address(), home));
            if (!portal.unset().isEmpty())
                out.println(messages.text("portal.numbers-unset", String.join(", ", portal.unset())));
            out.flush();
            Thread.currentThread().join();
            return CommandLine.ExitCode.OK;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CommandLine.ExitCode.OK;
        }
    }

    private int runCommand(NodeCommand command) throws Exception {
        try (ConfigurableApplicationContext node = start(WebApplicationType.NONE)) {
            return command.run(new CommandContext(node, out, err, messages));
        }
    }

    private ConfigurableApplicationContext start(WebApplicationType type) {
        Map<String, String> flags = new LinkedHashMap<>(settings);
        flags.put("sharaka.home", home);
        flags.put("sharaka.command", Boolean.toString(type == WebApplicationType.NONE));
        List<String> arguments = flags.entrySet().stream()
                .map(flag -> "--" + (flag.getKey().startsWith("sharaka.") ? "" : "sharaka.") + flag.getKey() + "="
                        + flag.getValue())
                .toList();
        return new SpringApplicationBuilder(SharakaApplication.class).web(type).run(arguments.toArray(String[]::new));
    }

    /** Tells what an administrator can mend in a sentence, and what is a fault of ours with its stack. */
    private int explain(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OperatorException e) return say(e.messageIn(messages.locale()));
            if (cause instanceof ProblemException e)
                return say(messages.text("problem." + e.type().code()) + ": " + e.getMessage());
            if (cause instanceof ConfigurationPropertiesBindException)
                return say(messages.text("platform.setting-wrong", deepest(cause)));
            if (cause instanceof PortInUseException e) return say(messages.text("platform.port-taken", e.getPort()));
        }
        failure.printStackTrace(err);
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static String deepest(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) cause = cause.getCause();
        return String.valueOf(cause.getMessage());
    }

    private int say(String message) {
        err.println("sharaka: " + message);
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** The subcommand {@code node}. */
    @Command(name = "node")
    private static final class RunNode {}

    /** The subcommand {@code portal}. */
    @Command(name = "portal")
    private static final class RunPortal {}
}
