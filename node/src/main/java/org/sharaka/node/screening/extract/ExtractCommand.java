package org.sharaka.node.screening.extract;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.sharaka.node.access.Actor;
import org.sharaka.node.platform.CommandContext;
import org.sharaka.node.platform.NodeCommand;
import org.sharaka.node.platform.OperatorException;
import org.springframework.boot.convert.DurationStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./sharaka extract make|collect|list|key}: what posts without network take along. Works beside a running node. */
@Command(
        name = "extract",
        subcommands = {
            ExtractCommand.Make.class,
            ExtractCommand.Collect.class,
            ExtractCommand.Show.class,
            ExtractCommand.Key.class
        })
public final class ExtractCommand implements NodeCommand {
    /** Without a subcommand: the list. */
    @Override
    public int run(CommandContext context) {
        return new Show().run(context);
    }

    /** {@code extract make --post FILE --officer LOGIN… --call TEXT --out FILE}. */
    @Command(name = "make")
    public static final class Make implements NodeCommand {
        @Option(names = "--post", paramLabel = "FILE", required = true)
        private Path post = Path.of("");

        @Option(names = "--officer", paramLabel = "LOGIN", split = ",", required = true)
        private List<String> officers = new ArrayList<>();

        @Option(names = "--call", paramLabel = "TEXT", required = true)
        private String call = "";

        @Option(names = "--for", paramLabel = "PERIOD")
        private String lasts = "3d";

        @Option(names = "--list", paramLabel = "NAME", split = ",")
        private Set<String> only = new LinkedHashSet<>();

        @Option(names = "--new-codes")
        private boolean freshCodes;

        @Option(names = "--out", paramLabel = "FILE", required = true)
        private Path out = Path.of("");

        @Override
        public int run(CommandContext context) {
            if (Files.exists(out)) throw new OperatorException("extract.exists", out);
            ExtractService.Made made = context.service(ExtractService.class)
                    .make(
                            actor("make"),
                            new ExtractService.Request(
                                    PostKey.read(post),
                                    officers,
                                    call,
                                    period(lasts),
                                    only,
                                    freshCodes,
                                    out.toAbsolutePath()));
            say(
                    context,
                    "extract.made",
                    made.manifest().number(),
                    made.manifest().post(),
                    made.manifest().endsAt(),
                    out);
            made.contents()
                    .lists()
                    .forEach(each -> say(
                            context,
                            "extract.made.list",
                            each.name(),
                            each.version(),
                            each.entries(),
                            each.importedAt()));
            say(
                    context,
                    "extract.made.registers",
                    made.contents().documents(),
                    made.contents().vehicles(),
                    made.contents().distinctions());
            made.codes().forEach((login, code) -> say(context, "extract.made.code", login, code));
            return 0;
        }

        private static Duration period(String text) {
            try {
                return DurationStyle.detectAndParse(text);
            } catch (IllegalArgumentException e) {
                throw new OperatorException("extract.period", e, text);
            }
        }
    }

    /** {@code extract collect FILE…}: logs that came home. Exit status 0 if all of each file is on record. */
    @Command(name = "collect")
    public static final class Collect implements NodeCommand {
        @Parameters(paramLabel = "FILE", arity = "1..*", descriptionKey = "file")
        private List<Path> files = new ArrayList<>();

        @Override
        public int run(CommandContext context) {
            ExtractService extracts = context.service(ExtractService.class);
            for (Path file : files) {
                ExtractService.Collected collected = extracts.collect(actor("collect"), file);
                say(
                        context,
                        collected.last() ? "extract.collected.last" : "extract.collected",
                        collected.fresh(),
                        collected.post(),
                        file);
            }
            return 0;
        }
    }

    /** {@code extract list}: what is out, and whose logs are not home. */
    @Command(name = "list")
    public static final class Show implements NodeCommand {
        @Override
        public int run(CommandContext context) {
            for (SqlExtracts.Row each : context.service(ExtractService.class).all()) {
                String state = each.homeAt().isPresent() ? "extract.state.home" : "extract.state.out";
                context.out()
                        .println(each.number() + "\t" + each.post() + "\t" + each.madeAt() + "\t" + each.endsAt() + "\t"
                                + each.lines() + "\t" + context.messages().text(state));
            }
            return 0;
        }
    }

    /** {@code extract key}: what a post is told when it is set up, to know this node by. */
    @Command(name = "key")
    public static final class Key implements NodeCommand {
        @Override
        public int run(CommandContext context) {
            context.out().println(context.service(ExtractService.class).signer(actor("key")));
            return 0;
        }
    }

    private static Actor actor(String subcommand) {
        return Actor.commandLine("extract " + subcommand);
    }

    private static void say(CommandContext context, String key, Object... arguments) {
        context.out().println(context.messages().text(key, arguments));
    }
}
