package org.sharaka.node.assembly;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.platform.CommandContext;
import org.sharaka.node.platform.OfflineCommand;
import org.sharaka.node.platform.OperatorException;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.cms.KeyUse;
import org.sharaka.protocol.cms.OwnKey;
import org.sharaka.protocol.cms.Profile1;
import org.sharaka.protocol.roster.Member;
import org.sharaka.protocol.roster.MemberKeys;
import org.sharaka.protocol.roster.Role;
import org.sharaka.protocol.roster.Roster;
import org.sharaka.protocol.roster.RosterHistory;
import org.sharaka.protocol.roster.SignedRoster;
import org.sharaka.protocol.roster.SigningLog;
import org.sharaka.protocol.roster.Status;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./sharaka roster member|found|propose|sign|show|verify}: needs no node, and the roster key never sees one. */
@Command(
        name = "roster",
        subcommands = {
            RosterCommand.NewMember.class,
            RosterCommand.Found.class,
            RosterCommand.Propose.class,
            RosterCommand.Sign.class,
            RosterCommand.Show.class,
            RosterCommand.Verify.class
        })
public final class RosterCommand implements OfflineCommand {
    /** Without a subcommand: says which there are. */
    @Override
    public int run(CommandContext context) {
        say(context, "assembly.roster.which");
        return 2;
    }

    /** What the subcommands share: a refusal becomes a sentence. */
    private interface Step extends OfflineCommand {
        int step(CommandContext context) throws IOException;

        @Override
        default int run(CommandContext context) throws IOException {
            try {
                return step(context);
            } catch (RefusedException e) {
                throw refused(context, e);
            }
        }
    }

    /** What an administrator is told of a refusal: a sentence, and the code. */
    static OperatorException refused(CommandContext context, RefusedException e) {
        String sentence = context.messages()
                .find("assembly.refusal." + e.refusal().code())
                .orElse(context.messages().text("assembly.refusal"));
        return new OperatorException("assembly.refused", e, sentence, String.valueOf(e.getMessage()));
    }

    /** {@code roster member ID --country MA --name en=… --out DIR}: keys, and the entry to hand to those who propose. */
    @Command(name = "member")
    public static final class NewMember implements Step {
        @Parameters(index = "0", paramLabel = "ID")
        private String id = "";

        @Option(names = "--country", paramLabel = "CODE")
        private @Nullable String country;

        @Option(names = "--role", paramLabel = "ROLE")
        private Role role = Role.BUREAU;

        @Option(names = "--name", paramLabel = "LANGUAGE=NAME", required = true)
        private Map<String, String> names = new HashMap<>();

        @Option(names = "--endpoint", paramLabel = "HTTPS")
        private List<URI> endpoints = new ArrayList<>();

        @Option(names = "--days", paramLabel = "DAYS")
        private int days = 730;

        @Option(names = "--out", paramLabel = "DIR", required = true)
        private Path out = Path.of("");

        @Option(names = "--passphrase-file", paramLabel = "FILE", required = true)
        private Path passphrase = Path.of("");

        @Override
        public int step(CommandContext context) throws IOException {
            Instant now = context.service(Clock.class).instant();
            MemberId member = new MemberId(id);
            MemberKeys keys = MemberKeys.generate(
                    member,
                    now.minus(Duration.ofHours(1)),
                    now.plus(Duration.ofDays(days)),
                    context.service(java.security.SecureRandom.class));
            Member entry = keys.entry(member, Optional.ofNullable(country), names, role, endpoints);
            char[] secret = RosterFiles.passphrase(passphrase);
            RosterFiles.directory(out);
            if (role == Role.BUREAU) RosterFiles.writeNew(out.resolve("roster.p12"), keys.rosterKeyStore(secret));
            RosterFiles.writeNew(out.resolve("node.p12"), keys.nodeKeyStore(secret));
            RosterFiles.writeNew(out.resolve("member.json"), entry.toJson().canonical());
            say(context, "assembly.roster.member-made", out);
            return 0;
        }
    }

    /** {@code roster found MEMBER.json… --out FILE}. */
    @Command(name = "found")
    public static final class Found implements Step {
        @Parameters(paramLabel = "MEMBER.json", arity = "1..*")
        private List<Path> members = new ArrayList<>();

        @Option(names = "--after", paramLabel = "ROSTER")
        private @Nullable Path abandoned;

        @Option(names = "--days", paramLabel = "DAYS")
        private int days = 365;

        @Option(names = "--grace", paramLabel = "DAYS")
        private int grace = 30;

        @Option(names = "--threshold", paramLabel = "COUNT")
        private int threshold;

        @Option(names = "--out", paramLabel = "FILE", required = true)
        private Path out = Path.of("");

        @Override
        public int step(CommandContext context) throws IOException {
            Optional<Roster> before = abandoned == null
                    ? Optional.empty()
                    : Optional.of(RosterFiles.read(abandoned).roster());
            List<Member> founders = new ArrayList<>();
            for (Path file : members) founders.add(RosterFiles.readMember(file));
            Instant now = context.service(Clock.class).instant();
            Roster roster = new Roster(
                    before.map(Roster::version).orElse(0L) + 1,
                    before.map(Roster::hash),
                    now,
                    now.plus(Duration.ofDays(days)),
                    grace,
                    threshold > 0 ? threshold : RosterFiles.threshold(founders),
                    RosterFiles.sorted(founders));
            RosterFiles.writeNew(out, SignedRoster.unsigned(roster).encoded());
            RosterPrinter.print(context, SignedRoster.unsigned(roster), now);
            say(context, "assembly.roster.founded", roster.voters().size(), out);
            return 0;
        }
    }

    /** {@code roster propose ROSTER --admit … --replace … --suspend … --out FILE}. */
    @Command(name = "propose")
    public static final class Propose implements Step {
        @Parameters(index = "0", paramLabel = "ROSTER")
        private Path current = Path.of("");

        @Option(names = "--admit", paramLabel = "MEMBER.json")
        private List<Path> admitted = new ArrayList<>();

        @Option(names = "--replace", paramLabel = "MEMBER.json")
        private List<Path> replaced = new ArrayList<>();

        @Option(names = "--suspend", paramLabel = "ID")
        private List<String> suspended = new ArrayList<>();

        @Option(names = "--readmit", paramLabel = "ID")
        private List<String> readmitted = new ArrayList<>();

        @Option(names = "--depart", paramLabel = "ID")
        private List<String> departed = new ArrayList<>();

        @Option(names = "--number", paramLabel = "VERSION")
        private long number;

        @Option(names = "--days", paramLabel = "DAYS")
        private int days = 365;

        @Option(names = "--grace", paramLabel = "DAYS")
        private int grace = 30;

        @Option(names = "--threshold", paramLabel = "COUNT")
        private int threshold;

        @Option(names = "--out", paramLabel = "FILE", required = true)
        private Path out = Path.of("");

        @Override
        public int step(CommandContext context) throws IOException {
            Roster before = RosterFiles.read(current).roster();
            Membership members = new Membership(before.members());
            for (Path file : admitted) members.admit(RosterFiles.readMember(file));
            for (Path file : replaced) members.replace(RosterFiles.readMember(file));
            suspended.forEach(id -> members.change(new MemberId(id), Status.SUSPENDED));
            readmitted.forEach(id -> members.change(new MemberId(id), Status.ACTIVE));
            departed.forEach(id -> members.change(new MemberId(id), Status.DEPARTED));
            Instant now = context.service(Clock.class).instant();
            Roster next = new Roster(
                    number > 0 ? number : before.version() + 1,
                    Optional.of(before.hash()),
                    now,
                    now.plus(Duration.ofDays(days)),
                    grace,
                    threshold > 0 ? threshold : RosterFiles.threshold(members.all()),
                    members.all());
            RosterFiles.writeNew(out, SignedRoster.unsigned(next).encoded());
            RosterPrinter.print(context, SignedRoster.unsigned(next), now);
            say(context, "assembly.roster.proposed", before.threshold(), next.threshold(), out);
            return 0;
        }
    }

    /**
     * {@code roster sign ROSTER --member ID --key roster.p12}: adds a signature, never two for one version, and one beside another that
     * replaces the same list only if that is said.
     */
    @Command(name = "sign")
    public static final class Sign implements Step {
        @Parameters(index = "0", paramLabel = "ROSTER")
        private Path file = Path.of("");

        @Option(names = "--member", paramLabel = "ID", required = true)
        private String id = "";

        @Option(names = "--key", paramLabel = "roster.p12", required = true)
        private Path keyFile = Path.of("");

        @Option(names = "--after", paramLabel = "ROSTER")
        private @Nullable Path before;

        @Option(names = "--instead-of", paramLabel = "VERSION")
        private List<Long> given = new ArrayList<>();

        @Option(names = "--passphrase-file", paramLabel = "FILE", required = true)
        private Path passphrase = Path.of("");

        @Override
        public int step(CommandContext context) throws IOException {
            SignedRoster signed = RosterFiles.read(file);
            MemberId member = new MemberId(id);
            OwnKey key = RosterFiles.readKey(keyFile, passphrase);
            if (!mayCount(signed.roster(), member, key))
                throw new OperatorException("assembly.roster.key-not-listed", id);
            // The log first: a signature that got out without it could be followed by a second one.
            Path log = keyFile.resolveSibling(keyFile.getFileName() + ".signed");
            SigningLog known = Files.exists(log) ? SigningLog.parse(Files.readAllBytes(log)) : SigningLog.empty();
            SigningLog next = known.with(signed.roster());
            for (long beside : known.besides(signed.roster()))
                if (!given.contains(beside))
                    throw new OperatorException(
                            "assembly.roster.signed-beside", signed.roster().version(), beside);
            RosterFiles.write(log, next.encoded());
            SignedRoster more =
                    signed.sign(member, key, new Profile1(context.service(java.security.SecureRandom.class)));
            RosterFiles.write(file, more.encoded());
            RosterPrinter.print(context, more, context.service(Clock.class).instant());
            return 0;
        }

        private boolean mayCount(Roster roster, MemberId member, OwnKey key) throws IOException {
            List<Roster> electorates = new ArrayList<>(List.of(roster));
            if (before != null) electorates.add(RosterFiles.read(before).roster());
            return electorates.stream().anyMatch(electorate -> electorate
                    .member(member)
                    .filter(Member::votes)
                    .filter(voter -> voter.lists(KeyUse.ROSTER, key.certificate()))
                    .isPresent());
        }
    }

    /** {@code roster show ROSTER}. */
    @Command(name = "show")
    public static final class Show implements Step {
        @Parameters(index = "0", paramLabel = "ROSTER")
        private Path file = Path.of("");

        @Override
        public int step(CommandContext context) throws IOException {
            RosterPrinter.print(
                    context,
                    RosterFiles.read(file),
                    context.service(Clock.class).instant());
            return 0;
        }
    }

    /** {@code roster verify ROSTER… --pin HASH}: the founding one first, then each that replaced it. */
    @Command(name = "verify")
    public static final class Verify implements Step {
        @Parameters(paramLabel = "ROSTER", arity = "1..*")
        private List<Path> files = new ArrayList<>();

        @Option(names = "--pin", paramLabel = "HASH", required = true)
        private String pin = "";

        @Override
        public int step(CommandContext context) throws IOException {
            Instant now = context.service(Clock.class).instant();
            RosterHistory history = RosterHistory.found(RosterFiles.read(files.get(0)), RosterFiles.pin(pin), now);
            say(context, "assembly.roster.verified", history.current().version(), files.get(0));
            for (Path file : files.subList(1, files.size())) {
                history = history.accept(RosterFiles.read(file), now);
                say(context, "assembly.roster.verified", history.current().version(), file);
            }
            return RosterPrinter.printState(context, history.current(), now) ? 0 : 1;
        }
    }

    static void say(CommandContext context, String key, Object... arguments) {
        context.out().println(context.messages().text(key, arguments));
    }
}
