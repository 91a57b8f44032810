package org.sharaka.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.node.exchange.Peers.AMINA;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sharaka.node.attachment.Attachment;
import org.sharaka.node.attachment.AttachmentService;
import org.sharaka.node.audit.VerifyAuditCommand;
import org.sharaka.node.backup.Homes;
import org.sharaka.node.evidence.EvidenceExchange;
import org.sharaka.node.evidence.EvidenceService;
import org.sharaka.node.evidence.ItemContent;
import org.sharaka.node.evidence.ItemId;
import org.sharaka.node.evidence.NewItem;
import org.sharaka.node.platform.JavaProcess;
import org.sharaka.node.platform.TestNode;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.content.FreeText;
import org.sharaka.protocol.content.Words;
import org.sharaka.protocol.message.Lane;
import org.sharaka.protocol.message.MessageReference;

/** A node in a process of its own that is killed while it fetches a file. */
class KilledFetcherIT {
    private static final int CHUNKS = 40;
    private final Peers peers = Peers.of("xs", "xb");
    private final Homes homes = new Homes();
    private final Path place = homes.newPlace();

    @AfterEach
    void stop() {
        peers.close();
        homes.close();
    }

    private TestNode here(String... more) {
        return Homes.start(place, peers.settings("xb", more));
    }

    private JavaProcess process() throws IOException {
        return Homes.process(place, peers.settings("xb"));
    }

    private long onTheDisk() {
        try (Stream<Path> tree = Files.walk(place.resolve("home/evidence"))) {
            return tree.mapToLong(path -> path.toFile().isFile() ? path.toFile().length() : 0)
                    .sum();
        } catch (IOException e) {
            return 0; // Not made yet.
        }
    }

    @Test
    void aFileIsWholeHoweverOftenItsRecipientIsKilled() throws Exception {
        TestNode prepared = peers.ready("xb", here());
        assertThat(prepared.home()).isEqualTo(place.resolve("home"));
        peers.stop("xb");
        TestNode sender = peers.start("xs");
        byte[] content = new byte[CHUNKS * Limits.CHUNK_BYTES - 7];
        new Random(1).nextBytes(content);
        ItemId item = sender.service(EvidenceService.class)
                .take(AMINA, new NewItem("disk.img", "", false), new ByteArrayInputStream(content))
                .id();
        MessageReference message = send(sender, item);

        for (int part = 1; part <= 2; part++) {
            long some = (long) part * CHUNKS / 3 * Limits.CHUNK_BYTES;
            try (JavaProcess receiver = process()) {
                Peers.await("part " + part + " is there", 300, () -> onTheDisk() >= some);
                receiver.kill();
            }
        }
        TestNode again = here();
        peers.hold("xb", again);

        ItemId came = awaitWhole(again, message).item();
        try (ItemContent opened = again.service(EvidenceService.class).view(AMINA, came)) {
            assertThat(opened.readAllBytes()).isEqualTo(content);
        }
        assertThat(again.run(new VerifyAuditCommand(), new StringWriter())).isZero();
    }

    /** A note of the test's is known to test nodes alone; every node knows a text. */
    private MessageReference send(TestNode sender, ItemId item) {
        return peers.exchange("xs")
                .send(
                        AMINA,
                        new Outgoing(
                                Peers.bureau("xb"),
                                Peers.conversation(),
                                Lane.ORDINARY,
                                Peers.handling(Peers.bureau("xs")),
                                Optional.empty(),
                                new FreeText(Optional.empty(), new Words("en", "a disk", Set.of())).toContent(),
                                List.of(sender.service(EvidenceExchange.class).offer(AMINA, item)),
                                Optional.empty(),
                                Optional.of(Duration.ofDays(1))));
    }

    private static List<Attachment> files(TestNode node, MessageReference message) {
        return node.service(AttachmentService.class).received(AMINA, Peers.bureau("xs"), message.id());
    }

    private static Attachment awaitWhole(TestNode node, MessageReference message) {
        Peers.await("all is there", 300, () -> files(node, message).stream()
                .anyMatch(file -> file.state() == Attachment.State.COMPLETE));
        return files(node, message).get(0);
    }

    @Test
    void aDiskWithoutRoomPausesAFileAndNothingIsLost() throws Exception {
        TestNode full = peers.ready("xb", here("sharaka.evidence.reserve-megabytes=2000000000"));
        TestNode sender = peers.start("xs");
        ItemId item = sender.service(EvidenceService.class)
                .take(AMINA, new NewItem("small.txt", "text/plain", false), new ByteArrayInputStream(new byte[] {7}))
                .id();

        MessageReference message = send(sender, item);

        Peers.await("it waits", () -> files(full, message).stream()
                .anyMatch(file -> file.paused().filter("disk-full"::equals).isPresent()));
        assertThat(files(full, message).get(0).have()).isZero();
        peers.stop("xb");
        TestNode roomy = here();
        peers.hold("xb", roomy);
        ItemId came = awaitWhole(roomy, message).item();
        try (ItemContent opened = roomy.service(EvidenceService.class).view(AMINA, came)) {
            assertThat(opened.readAllBytes()).containsExactly(7);
        }
    }
}
