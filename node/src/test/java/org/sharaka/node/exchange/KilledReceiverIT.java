package org.sharaka.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sharaka.node.Main;
import org.sharaka.node.audit.VerifyAuditCommand;
import org.sharaka.node.platform.JavaProcess;
import org.sharaka.node.platform.TestNode;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.Receipt;
import org.springframework.jdbc.core.JdbcTemplate;

/** A receiver in a process of its own with a database of its own, killed in mid-traffic: first the database, then the node. */
class KilledReceiverIT {
    private static final int CONVERSATIONS = 4;
    private static final int ROUNDS = 60;

    private final Peers peers = Peers.of("xs", "xb");
    private Path directory;

    @BeforeEach
    void createDirectory() throws IOException {
        directory = Files.createTempDirectory(
                "sharaka-test-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
        Files.writeString(directory.resolve("passphrase"), "a passphrase for tests only");
    }

    @AfterEach
    void deleteDirectory() throws IOException {
        peers.close();
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path each : tree.sorted((one, other) -> other.compareTo(one)).toList()) Files.delete(each);
        }
    }

    private TestNode here() {
        List<String> settings = peers.settings("xb");
        TestNode.embedded().forEach(setting -> settings.add("sharaka." + setting));
        return TestNode.on(directory, settings.toArray(String[]::new));
    }

    private JavaProcess process() throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "node",
                "--home=" + directory.resolve("home"),
                "--set=console.port=0",
                "--set=management.port=0",
                "--set=vault.passphrase-file=" + directory.resolve("passphrase")));
        TestNode.embedded().forEach(setting -> arguments.add("--set=" + setting));
        peers.settings("xb").forEach(setting -> arguments.add("--set=" + setting.substring("sharaka.".length())));
        return JavaProcess.start(
                directory.resolve("node.log"), Map.of("LC_ALL", "C"), Main.class, arguments.toArray(String[]::new));
    }

    @Test
    void everyCommittedMessageIsTakenInOnceAndInOrderWhateverIsKilled() throws Exception {
        TestNode prepared = peers.ready("xb", here());
        assertThat(prepared.home()).isEqualTo(directory.resolve("home"));
        peers.stop("xb");
        TestNode sender = peers.start("xs");
        List<ConversationId> conversations =
                Stream.generate(Peers::conversation).limit(CONVERSATIONS).toList();
        List<MessageReference> sent = new ArrayList<>();
        try (JavaProcess receiver = process()) {
            MessageReference first = peers.send("xs", "xb", conversations.get(0), "first");
            sent.add(first);
            Peers.await("the receiver is up", 90, () -> peers.sent("xs", first).state() == Sent.State.ACCEPTED);
            for (int round = 0; round < ROUNDS; round++) {
                for (ConversationId each : conversations) sent.add(peers.send("xs", "xb", each, "round " + round));
                if (round == ROUNDS / 3) killDatabase();
                if (round == 2 * ROUNDS / 3) receiver.kill();
                Thread.sleep(20);
            }
        }
        TestNode again = here();
        peers.hold("xb", again);

        for (MessageReference each : sent) peers.awaitState("xs", each, Sent.State.ACCEPTED);
        JdbcTemplate sql = again.service(JdbcTemplate.class);
        assertThat(sql.queryForObject("select count(*) from exchange.received where state = 'ACCEPTED'", Integer.class))
                .isEqualTo(sent.size());
        assertThat(sql.queryForObject("""
                select count(*) from exchange.received one join exchange.received other
                    using (sender, conversation, lane, epoch)
                where one.sequence < other.sequence and one.decided_at > other.decided_at
                """, Integer.class))
                .as("taken in out of order")
                .isZero();
        assertThat(sql.queryForObject(
                        "select count(*) from audit.entry where action = 'exchange.accept'", Integer.class))
                .as("each accepted once")
                .isEqualTo(sent.size());
        for (MessageReference each : List.of(sent.get(0), sent.get(sent.size() / 2), sent.get(sent.size() - 1)))
            assertThat(peers.exchange("xs").proved(each.id()))
                    .extracting(Receipt::state)
                    .contains(Receipt.State.DELIVERED, Receipt.State.ACCEPTED);
        assertThat(again.run(new VerifyAuditCommand(), new StringWriter())).isZero();
        assertThat(sender.run(new VerifyAuditCommand(), new StringWriter())).isZero();
    }

    private void killDatabase() throws IOException {
        long pid = Long.parseLong(Files.readAllLines(directory.resolve("home/postgres/data/postmaster.pid"))
                .get(0)
                .strip());
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
}
