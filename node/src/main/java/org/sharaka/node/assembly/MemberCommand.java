package org.sharaka.node.assembly;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sharaka.node.access.Actor;
import org.sharaka.node.platform.CommandContext;
import org.sharaka.node.platform.NodeCommand;
import org.sharaka.node.platform.OperatorException;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.roster.SignedRoster;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./sharaka member join|keys|roster|show}: the node's own place in the network. Works beside a running node. */
@Command(
        name = "member",
        subcommands = {
            MemberCommand.Join.class,
            MemberCommand.Keys.class,
            MemberCommand.NewRoster.class,
            MemberCommand.Show.class
        })
public final class MemberCommand implements NodeCommand {
    /** Without a subcommand: shows the membership. */
    @Override
    public int run(CommandContext context) throws IOException {
        return new Show().run(context);
    }

    /** What the subcommands share: a refusal becomes a sentence. */
    private interface Step extends NodeCommand {
        int step(CommandContext context, Rosters rosters) throws IOException;

        @Override
        default int run(CommandContext context) throws IOException {
            try {
                return step(context, context.service(Rosters.class));
            } catch (RefusedException e) {
                throw RosterCommand.refused(context, e);
            }
        }
    }

    /** {@code member join --keys node.p12 --roster founding.json --pin HASH}. */
    @Command(name = "join")
    public static final class Join implements Step {
        @Option(names = "--keys", paramLabel = "node.p12", required = true)
        private Path keys = Path.of("");

        @Option(names = "--passphrase-file", paramLabel = "FILE", required = true)
        private Path passphrase = Path.of("");

        @Option(names = "--roster", paramLabel = "ROSTER", required = true, arity = "1..*")
        private List<Path> rosters = new ArrayList<>();

        @Option(names = "--pin", paramLabel = "HASH", required = true)
        private String pin = "";

        @Override
        public int step(CommandContext context, Rosters known) throws IOException {
            List<SignedRoster> chain = new ArrayList<>();
            for (Path file : rosters) chain.add(RosterFiles.read(file));
            MemberId member = known.join(
                    Actor.commandLine("member join"),
                    RosterFiles.readNodeKeys(keys, passphrase),
                    chain,
                    RosterFiles.pin(pin));
            RosterCommand.say(
                    context, "assembly.member.joined", member, known.current().version());
            return 0;
        }
    }

    /** {@code member keys --keys node.p12}: keys that the members list instead of the old ones. */
    @Command(name = "keys")
    public static final class Keys implements Step {
        @Option(names = "--keys", paramLabel = "node.p12", required = true)
        private Path keys = Path.of("");

        @Option(names = "--passphrase-file", paramLabel = "FILE", required = true)
        private Path passphrase = Path.of("");

        @Override
        public int step(CommandContext context, Rosters known) throws IOException {
            known.renewKeys(Actor.commandLine("member keys"), RosterFiles.readNodeKeys(keys, passphrase));
            RosterCommand.say(context, "assembly.member.keys-added");
            return 0;
        }
    }

    /** {@code member roster FILE…}: rosters that came by hand and not from a peer. */
    @Command(name = "roster")
    public static final class NewRoster implements Step {
        @Parameters(paramLabel = "ROSTER", arity = "1..*")
        private List<Path> files = new ArrayList<>();

        @Override
        public int step(CommandContext context, Rosters known) throws IOException {
            for (Path file : files) {
                Learned learned = known.learn(RosterFiles.read(file).encoded(), Optional.empty());
                if (learned.refusal().isPresent())
                    throw RosterCommand.refused(context, learned.refusal().get().because(file.toString()));
                RosterCommand.say(
                        context, "assembly.roster.verified", known.current().version(), file);
            }
            return 0;
        }
    }

    /** {@code member show}. */
    @Command(name = "show")
    public static final class Show implements Step {
        @Override
        public int step(CommandContext context, Rosters known) {
            if (!known.joined()) throw new OperatorException("assembly.member.none");
            List<SignedRoster> chain = known.history().signed();
            RosterCommand.say(context, "assembly.member.is", known.us());
            RosterPrinter.print(
                    context,
                    chain.get(chain.size() - 1),
                    context.service(Clock.class).instant());
            return 0;
        }
    }
}
