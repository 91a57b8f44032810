package org.sharaka.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sharaka.node.audit.VerifyAuditCommand;
import org.sharaka.node.backup.Homes;
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
    private final Homes homes = new Homes();
    private final Path place = homes.newPlace();

    @AfterEach
    void stop() {
        peers.close();
        homes.close();
    }

    private TestNode here() {
        return Homes.start(place, peers.settings("xb"));
    }

    private JavaProcess process() throws IOException {
        return Homes.process(place, peers.settings("xb"));
    }

    @Test
    void everyCommittedMessageIsTakenInOnceAndInOrderWhateverIsKilled() throws Exception {
        TestNode prepared = peers.ready("xb", here());
        assertThat(prepared.home()).isEqualTo(place.resolve("home"));
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
        long pid = Long.parseLong(Files.readAllLines(place.resolve("home/postgres/data/postmaster.pid"))
                .get(0)
                .strip());
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
}
