package org.sharaka.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sharaka.node.platform.TestNode;
import org.sharaka.protocol.cms.KeyUse;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.EpochOpening;
import org.sharaka.protocol.message.Receipt;
import org.sharaka.protocol.message.RosterReference;
import org.sharaka.protocol.message.SignedMessage;
import org.sharaka.protocol.tree.TreeHead;

/** What waits for its turn ends when its time is over, and holds up nothing that comes after it. */
class OutlivedIT {
    private static Path directory;
    private static Peers peers;
    private static RawPeer sender;
    private static URI node;

    @BeforeAll
    static void start() throws IOException {
        directory = Files.createTempDirectory("sharaka-outlived-");
        // The database's own account must get in.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        Files.writeString(directory.resolve("passphrase"), "a passphrase for tests only");
        peers = Peers.of("xs", "xb");
        TestNode unused = peers.ready("xs", here());
        sender = new RawPeer(peers.network, "xb");
        node = peers.endpoint("xs");
    }

    @AfterAll
    static void stop() throws IOException {
        peers.close();
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path each : tree.sorted((one, other) -> other.compareTo(one)).toList()) Files.delete(each);
        }
    }

    private static TestNode here() {
        List<String> settings = peers.settings("xs");
        TestNode.embedded().forEach(setting -> settings.add("sharaka." + setting));
        return TestNode.on(directory, settings.toArray(String[]::new));
    }

    private static SignedMessage bring(ConversationId conversation, long epoch, long place, String text)
            throws Exception {
        RawPeer.Draft draft = sender.draft("xs").in(conversation, place).saying(text);
        draft.epoch = epoch;
        SignedMessage signed = draft.signed();
        assertThat(sender.outcome(node, sender.seal(signed, Peers.bureau("xs"))))
                .isEqualTo("DELIVERED");
        return signed;
    }

    private static void timePassesFor(SignedMessage message) {
        int found = peers.sql("xs")
                .update(
                        "update exchange.received set keep_until = now() - interval '1 second' where id = ?",
                        message.message().header().id().value());
        assertThat(found).isEqualTo(1);
    }

    private static long contents(SignedMessage message) {
        return Optional.ofNullable(peers.sql("xs")
                        .queryForObject(
                                "select count(*) from exchange.received_content where id = ?",
                                Long.class,
                                message.message().header().id().value()))
                .orElseThrow();
    }

    private static int marks(ConversationId conversation) {
        return peers.sql("xs")
                .queryForList(
                        "select sequence from exchange.skipped where conversation = ?",
                        Long.class,
                        conversation.value())
                .size();
    }

    private static void awaitEnd(SignedMessage message) {
        Peers.await("the receipt", () -> {
            try {
                return sender.receiptsFor(node, sender.seal(message, Peers.bureau("xs"))).stream()
                        .anyMatch(receipt -> receipt.state() == Receipt.State.REFUSED
                                && receipt.refusal().equals(Optional.of("expired"))
                                && receipt.message().equals(message.reference()));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(contents(message)).isZero();
    }

    @Test
    void s20AMessageBehindAGapEndsWithItsTimeAndWhatFollowsGoesOnWhenTheGapCloses() throws Exception {
        ConversationId conversation = Peers.conversation();
        SignedMessage second = bring(conversation, 1, 2, "outlived 2");
        SignedMessage third = bring(conversation, 1, 3, "kept 3");
        assertThat(contents(second)).isEqualTo(1);

        timePassesFor(second);

        awaitEnd(second);
        assertThat(contents(third)).as("what is not over waits").isEqualTo(1);
        bring(conversation, 1, 1, "kept 1");
        Peers.await("the third", () -> peers.notes("xs").contains("kept 3"));
        assertThat(peers.notes("xs")).containsSubsequence("kept 1", "kept 3").doesNotContain("outlived 2");
        assertThat(peers.sql("xs")
                        .queryForList(
                                "select hash from exchange.received where id = ? and purged_at is not null",
                                byte[].class,
                                second.message().header().id().value()))
                .as("of the hash only the keyed one stays")
                .containsExactly((byte[]) null);
        Peers.await("no mark is left of a place that was passed", () -> marks(conversation) == 0);
    }

    @Test
    void s20TheSameForWhatNobodyHereCanTakeIn() throws Exception {
        ConversationId conversation = Peers.conversation();
        SignedMessage poison = bring(conversation, 1, 1, "fail always");
        bring(conversation, 1, 2, "after poison");
        Peers.await("its conversation waits", () -> contents(poison) == 1);

        timePassesFor(poison);

        awaitEnd(poison);
        Peers.await("the next", () -> peers.notes("xs").contains("after poison"));
    }

    @Test
    void s20ItEndsAcrossEpochsToo() throws Exception {
        ConversationId conversation = Peers.conversation();
        SignedMessage behind = bring(conversation, 1, 3, "outlived of epoch 1");
        byte[] opening = new EpochOpening(
                        sender.id,
                        2,
                        Instant.now(),
                        RosterReference.toCurrent(sender.rosters()),
                        TreeHead.EMPTY,
                        Instant.now().minus(Duration.ofHours(1)),
                        Optional.empty())
                .sign(sender.keys.key(KeyUse.SIGNING), RawPeer.PROFILE);
        assertThat(sender.post(node, "/v1/epoch", opening).statusCode()).isEqualTo(204);
        timePassesFor(behind);
        awaitEnd(behind);

        SignedMessage gap = bring(conversation, 2, 2, "outlived of epoch 2");
        bring(conversation, 2, 3, "kept of epoch 2");
        timePassesFor(gap);
        awaitEnd(gap);
        bring(conversation, 2, 1, "first of epoch 2");

        Peers.await("the new epoch", () -> peers.notes("xs").contains("kept of epoch 2"));
        assertThat(peers.notes("xs"))
                .containsSubsequence("first of epoch 2", "kept of epoch 2")
                .doesNotContain("outlived of epoch 1", "outlived of epoch 2");
    }

    @Test
    void s20WhatWasOverWhenTheNodeCameBackIsNotTakenIn() throws Exception {
        ConversationId conversation = Peers.conversation();
        SignedMessage second = bring(conversation, 1, 2, "over while the node was away");
        peers.sql("xs")
                .update(
                        "update exchange.received set keep_until = now() + interval '3 seconds' where id = ?",
                        second.message().header().id().value());
        peers.stop("xs");

        peers.hold("xs", here());
        Peers.await("listening", 60, () -> peers.operation("xs").listening());

        awaitEnd(second);
        bring(conversation, 1, 1, "before it");
        bring(conversation, 1, 3, "after it");
        Peers.await("the third", () -> peers.notes("xs").contains("after it"));
        assertThat(peers.notes("xs"))
                .containsSubsequence("before it", "after it")
                .doesNotContain("over while the node was away");
    }
}
