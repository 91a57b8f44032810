package org.sharaka.exercise;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sharaka.node.assembly.MemberCommand;
import org.sharaka.node.assembly.RosterCommand;
import org.sharaka.node.platform.CommandContext;
import org.sharaka.node.platform.NodeCommand;
import org.sharaka.node.platform.OfflineCommand;
import org.sharaka.node.platform.PrintedMessages;
import org.sharaka.protocol.roster.Member;
import org.sharaka.protocol.roster.SignedRoster;
import picocli.CommandLine;

/**
 * A network of Morocco and Spain on this machine, founded as in life: {@code roster member}, {@code found} and {@code sign}, then
 * {@code member join} on each node. The keys lie in one directory only because this is a demo.
 */
final class DemoNetwork {
    static final String MOROCCO = "ma-ncb";
    static final String SPAIN = "es-ncb";

    private final Path directory;

    private DemoNetwork(Path directory) {
        this.directory = directory;
    }

    /** The network of an earlier start, or a new one on ports that are free now. */
    static DemoNetwork in(Path directory) {
        DemoNetwork network = new DemoNetwork(directory);
        if (!Files.exists(network.roster())) network.found();
        return network;
    }

    private void found() {
        try {
            Files.createDirectories(directory);
            Files.writeString(passphrase(), "a demo is no secret");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        member(MOROCCO, "MA", "المغرب", "Maroc", "Morocco", "Marruecos", DemoNode.freePort(8446));
        member(SPAIN, "ES", "إسبانيا", "Espagne", "Spain", "España", DemoNode.freePort(8447));
        roster("found", file(MOROCCO, "member.json"), file(SPAIN, "member.json"), "--out", roster().toString());
        for (String member : List.of(MOROCCO, SPAIN))
            roster(
                    "sign",
                    roster().toString(),
                    "--member",
                    member,
                    "--key",
                    file(member, "roster.p12"),
                    "--passphrase-file",
                    passphrase().toString());
    }

    private void member(String id, String country, String ar, String fr, String en, String es, int port) {
        roster(
                "member",
                id,
                "--country",
                country,
                "--name",
                "ar=" + ar,
                "--name",
                "fr=" + fr,
                "--name",
                "en=" + en,
                "--name",
                "es=" + es,
                "--endpoint",
                "https://127.0.0.1:" + port,
                "--out",
                directory.resolve(id).toString(),
                "--passphrase-file",
                passphrase().toString());
    }

    private static void roster(String... arguments) {
        Object command = parsed(new RosterCommand(), arguments);
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        try {
            int status =
                    ((OfflineCommand) command).run(CommandContext.offline(nowhere, nowhere, PrintedMessages.here()));
            if (status != 0) throw new IllegalStateException("roster " + String.join(" ", arguments));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("roster", e);
        }
    }

    private static Object parsed(Object command, String... arguments) {
        CommandLine.ParseResult parsed = new CommandLine(command).parseArgs(arguments);
        while (parsed.hasSubcommand()) parsed = parsed.subcommand();
        return parsed.commandSpec().userObject();
    }

    /** What a member's node needs to be told to listen where the roster says. */
    String portSetting(String member) {
        try {
            SignedRoster signed = SignedRoster.parse(Files.readAllBytes(roster()));
            URI endpoint = signed.roster().members().stream()
                    .filter(each -> each.id().value().equals(member))
                    .map(Member::endpoints)
                    .findFirst()
                    .orElseThrow()
                    .get(0);
            return "sharaka.exchange.port=" + endpoint.getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a node this member's, unless it is one already. */
    void join(DemoNode node, String member) {
        if (node.service(org.sharaka.node.assembly.Rosters.class).joined()) return;
        List<String> arguments = new ArrayList<>(List.of("join", "--keys", file(member, "node.p12")));
        arguments.addAll(List.of("--passphrase-file", passphrase().toString()));
        arguments.addAll(List.of("--roster", roster().toString(), "--pin", pin()));
        node.run((NodeCommand) parsed(new MemberCommand(), arguments.toArray(String[]::new)));
    }

    private String pin() {
        try {
            return SignedRoster.parse(Files.readAllBytes(roster()))
                    .roster()
                    .hash()
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path roster() {
        return directory.resolve("roster.json");
    }

    private Path passphrase() {
        return directory.resolve("passphrase");
    }

    private String file(String member, String name) {
        return directory.resolve(member).resolve(name).toString();
    }
}
