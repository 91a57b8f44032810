package org.sharaka.node.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sharaka.node.evidence.EvidenceFixture.OFFICER;
import static org.sharaka.node.evidence.EvidenceFixture.content;
import static org.sharaka.node.evidence.EvidenceFixture.twoChunks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.file.FileManifest;

/** Files on their way from one node to another, carried by the test instead of a network. */
class EvidenceExchangeIT {
    private static final MemberId HERE = new MemberId("bo-ncb");
    private static final MemberId THERE = new MemberId("sy-ncb");

    private static EvidenceFixture sender;
    private static EvidenceFixture receiver;

    @BeforeAll
    static void start() {
        sender = new EvidenceFixture();
        receiver = new EvidenceFixture();
    }

    @AfterAll
    static void stop() {
        sender.close();
        receiver.close();
    }

    private static FileManifest sent(ItemId item) {
        FileManifest manifest = sender.exchange.offer(OFFICER, item);
        assertThat(sender.exchange.sent(OFFICER, manifest, THERE, "message/1")).isEqualTo(item);
        return manifest;
    }

    private static ItemId expect(FileManifest manifest) {
        return receiver.exchange.expect(
                manifest,
                new EvidenceExchange.Announced(
                        HERE,
                        "bo-ncb",
                        "investigation",
                        Optional.empty(),
                        "message/1",
                        Instant.now().plus(30, ChronoUnit.DAYS)));
    }

    /** Carries at most so many chunks. */
    private static void carry(ItemId from, Download download, int most) {
        for (int i = 0; i < most && download.next().isPresent(); i++)
            download.put(sender.exchange
                    .sealedChunk(from, download.next().orElseThrow())
                    .orElseThrow()
                    .bytes());
    }

    private static ItemId carryWhole(ItemId from) {
        ItemId to = expect(sent(from));
        try (Download download = receiver.exchange.resume(to).orElseThrow()) {
            carry(from, download, Integer.MAX_VALUE);
            assertThat(download.finish()).isTrue();
        }
        return to;
    }

    @Test
    void whatIsSentArrivesAsItWasAndBothSidesKnowIt() {
        byte[] content = twoChunks();
        ItemId from = sender.take("Foto ñ.png", content).id();

        ItemId to = carryWhole(from);
        sender.exchange.fetched(from, THERE, "message/1");

        assertThat(receiver.read(OFFICER, to)).isEqualTo(content);
        Item item = receiver.evidence.item(OFFICER, to);
        assertThat(item.content()).contains(new Item.Content("Foto ñ.png", "application/pdf", Hash.of(content)));
        assertThat(item.originator()).isEqualTo("bo-ncb");
        assertThat(item.sender()).contains("bo-ncb");
        assertThat(item.belongsTo()).contains("message/1");
        assertThat(sender.log(from)).containsExactly(CustodyAct.RECEIVED, CustodyAct.SENT, CustodyAct.FETCHED);
        assertThat(receiver.log(to)).startsWith(CustodyAct.RECEIVED);
        assertThat(receiver.evidence.custody(OFFICER, to).get(0).counterpart()).contains("bo-ncb");
        assertThat(receiver.exchange.awaited())
                .noneMatch(awaited -> awaited.item().equals(to));
    }

    @Test
    void theSealedFileIsTheSameOnBothSides() throws Exception {
        ItemId from = sender.take(content(5000)).id();

        ItemId to = carryWhole(from);

        assertThat(Files.readAllBytes(receiver.file(to))).isEqualTo(Files.readAllBytes(sender.file(from)));
    }

    @Test
    void itGoesOnBehindTheLastSafeChunkAfterABreak() {
        ItemId from = sender.take(twoChunks()).id();
        ItemId to = expect(sent(from));
        try (Download download = receiver.exchange.resume(to).orElseThrow()) {
            carry(from, download, 1);
        }
        assertThat(receiver.evidence.item(OFFICER, to).stored()).isEqualTo(1);
        assertThatThrownBy(() -> receiver.evidence.view(OFFICER, to))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(EvidenceProblem.NOT_ALL_HERE));

        try (Download download = receiver.exchange.resume(to).orElseThrow()) {
            assertThat(download.next()).contains(1);
            carry(from, download, 1);
            assertThat(download.next()).isEmpty();
            assertThat(download.finish()).isTrue();
        }

        assertThat(receiver.read(OFFICER, to)).isEqualTo(twoChunks());
        assertThat(receiver.exchange.resume(to)).isEmpty();
    }

    @Test
    void aNodeThatWasKilledGoesOnBehindWhatIsRightOnItsDisk() {
        ItemId from = sender.take(twoChunks()).id();
        ItemId to = expect(sent(from));
        Download killed = receiver.exchange.resume(to).orElseThrow();
        carry(from, killed, 1);

        try (Download download = receiver.exchange.resume(to).orElseThrow()) {
            assertThat(download.next()).contains(1);
            carry(from, download, 1);
            assertThat(download.finish()).isTrue();
        }
        assertThat(receiver.read(OFFICER, to)).isEqualTo(twoChunks());
    }

    @Test
    void aNodeThatCameBackFromABackupWithoutTheFileBeginsAnew() throws Exception {
        ItemId from = sender.take(twoChunks()).id();
        ItemId to = expect(sent(from));
        try (Download download = receiver.exchange.resume(to).orElseThrow()) {
            carry(from, download, 1);
        }
        Path file = receiver.file(to);
        Files.delete(file);

        try (Download download = receiver.exchange.resume(to).orElseThrow()) {
            assertThat(download.next()).contains(0);
        }
    }

    @Test
    void aChunkThatTheMessageDoesNotNameIsRefusedAndTheRestStays() {
        ItemId from = sender.take(twoChunks()).id();
        ItemId to = expect(sent(from));
        try (Download download = receiver.exchange.resume(to).orElseThrow()) {
            byte[] second = sender.exchange.sealedChunk(from, 1).orElseThrow().bytes();
            assertThatThrownBy(() -> download.put(second))
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            e -> assertThat(e.refusal().code()).isEqualTo("chunk-wrong"));
            assertThatThrownBy(() -> download.put(new byte[0])).isInstanceOf(RefusedException.class);
            assertThat(download.next()).contains(0);
            carry(from, download, 2);
            assertThat(download.finish()).isTrue();
        }
    }

    @Test
    void aFileThatIsNotWhatTheMessageSaysIsKeptClosedAsWrong() {
        ItemId from = sender.take(content(100)).id();
        FileManifest honest = sent(from);
        FileManifest lying = new FileManifest(
                honest.key(),
                "other.pdf",
                honest.mediaType(),
                honest.sizeBytes(),
                Hash.of(new byte[0]),
                honest.chunks());
        ItemId to = expect(lying);

        try (Download download = receiver.exchange.resume(to).orElseThrow()) {
            carry(from, download, 1);
            assertThat(download.finish()).isFalse();
        }

        assertThat(receiver.evidence.item(OFFICER, to).state()).isEqualTo(Item.State.WRONG);
        assertThat(receiver.log(to)).containsExactly(CustodyAct.WRONG);
        assertThatThrownBy(() -> receiver.evidence.view(OFFICER, to)).isInstanceOf(ProblemException.class);
    }

    @Test
    void oneFileThatTwoMessagesNameIsFetchedOnce() {
        ItemId from = sender.take(content(100)).id();
        FileManifest manifest = sent(from);

        assertThat(expect(manifest)).isEqualTo(expect(manifest));
    }

    @Test
    void s20WhatIsDestroyedOnTheWayIsNotFetchedAnyMore() {
        ItemId from = sender.take(twoChunks()).id();
        ItemId to = expect(sent(from));
        try (Download download = receiver.exchange.resume(to).orElseThrow()) {
            carry(from, download, 1);
            receiver.evidence.destroy(OFFICER, to, DestructionReason.ORDER_OF_ORIGINATOR);
            assertThatThrownBy(() -> carry(from, download, 1))
                    .isInstanceOfSatisfying(
                            ProblemException.class, e -> assertThat(e.type()).isEqualTo(EvidenceProblem.DESTROYED));
            assertThatThrownBy(download::finish).isInstanceOf(ProblemException.class);
        }
        assertThat(receiver.exchange.resume(to)).isEmpty();
        sender.evidence.destroy(OFFICER, from, DestructionReason.MISTAKE);
        assertThat(sender.exchange.sealedChunk(from, 0)).isEmpty();
    }
}
