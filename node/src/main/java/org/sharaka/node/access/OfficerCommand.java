package org.sharaka.node.access;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.platform.CommandContext;
import org.sharaka.node.platform.NodeCommand;
import org.sharaka.node.platform.OperatorException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code ./sharaka officer add|list|reset|break-glass}: the first administrator, and the way back in when nobody else can
 * let anyone in. Whoever may start the node may do this; all of it is entered.
 */
@Command(
        name = "officer",
        subcommands = {
            OfficerCommand.Add.class,
            OfficerCommand.Show.class,
            OfficerCommand.Reset.class,
            OfficerCommand.BreakGlass.class
        })
public final class OfficerCommand implements NodeCommand {
    /** Without a subcommand: the list. */
    @Override
    public int run(CommandContext context) {
        return new Show().run(context);
    }

    /** {@code officer add LOGIN --name … --role …}. */
    @Command(name = "add")
    public static final class Add implements NodeCommand {
        @Parameters(index = "0", paramLabel = "LOGIN")
        private String login = "";

        @Option(names = "--name", paramLabel = "NAME")
        private @Nullable String name;

        @Option(names = "--unit", paramLabel = "UNIT")
        private @Nullable String unit;

        /** The first officer administers the node unless told otherwise. */
        @Option(names = "--role", paramLabel = "ROLE", split = ",")
        private Set<Role> roles = EnumSet.of(Role.NODE_ADMINISTRATOR);

        @Override
        public int run(CommandContext context) {
            NewOfficer officer = new NewOfficer(login, name == null ? login : name, Optional.ofNullable(unit), roles);
            print(context, context.service(OfficerService.class).add(actor("add"), officer));
            return 0;
        }
    }

    /** {@code officer list}. */
    @Command(name = "list")
    public static final class Show implements NodeCommand {
        @Override
        public int run(CommandContext context) {
            List<Officer> officers = context.service(OfficerService.class).list(actor("list"));
            for (Officer officer : officers) {
                String state = officer.disabled() ? "access.disabled" : "access.active";
                context.out()
                        .println(officer.login() + "\t" + String.join(",", SqlOfficers.names(officer.roles())) + "\t"
                                + context.messages().text(state));
            }
            return 0;
        }
    }

    /** {@code officer reset LOGIN}. */
    @Command(name = "reset")
    public static final class Reset implements NodeCommand {
        @Parameters(index = "0", paramLabel = "LOGIN")
        private String login = "";

        @Override
        public int run(CommandContext context) {
            OfficerService officers = context.service(OfficerService.class);
            Officer officer = officers.find(actor("reset"), login)
                    .orElseThrow(() -> new OperatorException("access.command.unknown-officer", login));
            print(context, officers.reset(actor("reset"), officer.id()));
            return 0;
        }
    }

    /** {@code officer break-glass --reason … --minutes …}. */
    @Command(name = "break-glass")
    public static final class BreakGlass implements NodeCommand {
        @Option(names = "--reason", paramLabel = "TEXT", required = true)
        private String reason = "";

        @Option(names = "--minutes", paramLabel = "MINUTES")
        private int minutes = 60;

        @Override
        public int run(CommandContext context) {
            Enrolment enrolment = context.service(OfficerService.class)
                    .breakGlass(actor("break-glass"), reason, Duration.ofMinutes(minutes));
            Instant endsAt = enrolment.officer().endsAt().orElseThrow();
            context.err().println(context.messages().text("access.command.break-glass", endsAt));
            print(context, enrolment);
            return 0;
        }
    }

    private static Actor actor(String subcommand) {
        return Actor.commandLine("officer " + subcommand);
    }

    private static void print(CommandContext context, Enrolment enrolment) {
        context.out()
                .println(context.messages()
                        .text(
                                "access.command.enrolment",
                                enrolment.officer().login(),
                                enrolment.code(),
                                enrolment.endsAt()));
    }
}
