package org.sharaka.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.node.exchange.Peers.AMINA;
import static org.sharaka.node.exchange.Peers.bureau;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sharaka.node.assembly.SecurityEvent;
import org.sharaka.node.assembly.SecurityEvents;
import org.sharaka.node.attachment.Attachment;
import org.sharaka.node.attachment.AttachmentService;
import org.sharaka.node.evidence.EvidenceService;
import org.sharaka.node.evidence.Item;
import org.sharaka.node.evidence.ItemContent;
import org.sharaka.node.evidence.ItemId;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.cms.FileKey;
import org.sharaka.protocol.file.FileManifest;
import org.sharaka.protocol.file.FileSealer;
import org.sharaka.protocol.message.FileReport;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.SignedMessage;

/** A whole node that fetches, and a member whose chunks are not what they should be. */
class HostileFilesIT {
    private static final int GIGABYTES_PER_MEMBER = 100;

    private static Peers peers;
    private static RawPeer liar;
    private static RawPeer other;

    private final List<String> ranges = new CopyOnWriteArrayList<>();
    private final List<FileReport.Progress> told = new CopyOnWriteArrayList<>();
    private PlayedPeer played;

    /** What the member does with the next requests for chunks, one after another; honest afterwards. */
    private final List<Trick> tricks = Collections.synchronizedList(new ArrayList<>());

    private interface Trick {
        void play(HttpExchange request, byte[] chunk) throws IOException;
    }

    /** A file as its sender has it. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Sealed(FileManifest manifest, List<byte[]> chunks, byte[] clear) {
        String name() {
            return HexFormat.of().formatHex(manifest.key().id());
        }

        static Sealed of(int bytes) {
            byte[] clear = new byte[bytes];
            new Random(bytes).nextBytes(clear);
            List<byte[]> chunks = new ArrayList<>();
            try {
                FileManifest manifest = new FileSealer(RawPeer.PROFILE)
                        .seal(
                                new ByteArrayInputStream(clear),
                                FileKey.random(Peers.RANDOM),
                                "disk.img",
                                "application/octet-stream",
                                (index, chunk) -> chunks.add(chunk));
                return new Sealed(manifest, chunks, clear);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @BeforeAll
    static void start() {
        peers = Peers.of("xs", "xb", "xk");
        var unused = peers.start(
                "xs",
                "sharaka.exchange.patience=3s",
                "sharaka.attachment.gigabytes-per-member=" + GIGABYTES_PER_MEMBER);
        liar = new RawPeer(peers.network, "xb");
        other = new RawPeer(peers.network, "xk");
    }

    @AfterAll
    static void stop() {
        peers.close();
    }

    private volatile Sealed served;

    @BeforeEach
    void serve() throws IOException {
        played = new PlayedPeer(peers, liar, "xb");
        played.serve("/v1/files/", this::answer);
    }

    @AfterEach
    void stopServing() {
        played.close();
    }

    private void answer(HttpExchange request) throws IOException {
        try (request) {
            if (request.getRequestMethod().equals("POST")) {
                told.add(
                        liar.fileReport(request.getRequestBody().readAllBytes()).progress());
                request.sendResponseHeaders(204, -1);
                return;
            }
            String path = request.getRequestURI().getPath();
            byte[] chunk = served.chunks().get(Integer.parseInt(path.substring(path.lastIndexOf('/') + 1)));
            String range = request.getRequestHeaders().getFirst("Range");
            if (range != null) ranges.add(range);
            Trick trick = tricks.isEmpty() ? HostileFilesIT::honest : tricks.remove(0);
            trick.play(request, chunk);
        }
    }

    private static void honest(HttpExchange request, byte[] chunk) throws IOException {
        String range = request.getRequestHeaders().getFirst("Range");
        int from = range == null ? 0 : Integer.parseInt(range.replaceAll("[^0-9]", ""));
        request.sendResponseHeaders(from == 0 ? 200 : 206, chunk.length - from);
        request.getResponseBody().write(chunk, from, chunk.length - from);
    }

    private MessageReference announce(FileManifest manifest) throws Exception {
        RawPeer.Draft draft = liar.draft("xs");
        draft.files = List.of(manifest);
        SignedMessage signed = draft.signed();
        assertThat(liar.outcome(peers.endpoint("xs"), liar.seal(signed, bureau("xs"))))
                .isEqualTo("DELIVERED");
        return signed.reference();
    }

    private static Optional<Attachment> file(MessageReference message) {
        return peers.node("xs").service(AttachmentService.class).received(AMINA, bureau("xb"), message.id()).stream()
                .findFirst();
    }

    private static Attachment awaitState(MessageReference message, Attachment.State state) {
        Peers.await("" + state, 60, () -> file(message)
                .filter(each -> each.state() == state)
                .isPresent());
        return file(message).orElseThrow();
    }

    private static void awaitPause(MessageReference message, String reason) {
        Peers.await("pause " + reason, () -> file(message)
                .flatMap(Attachment::paused)
                .filter(reason::equals)
                .isPresent());
    }

    private static boolean reported(String code) {
        return peers.node("xs").service(SecurityEvents.class).latest(200).stream()
                .anyMatch(event -> event.kind() == SecurityEvent.Kind.FILE_REFUSED
                        && event.code().equals(code)
                        && event.peer().filter(bureau("xb")::equals).isPresent());
    }

    private static byte[] read(ItemId item) throws IOException {
        try (ItemContent opened =
                peers.node("xs").service(EvidenceService.class).view(AMINA, item)) {
            return opened.readAllBytes();
        }
    }

    private void arrivesAfter(int bytes, Trick... played) throws Exception {
        served = Sealed.of(bytes);
        tricks.addAll(List.of(played));
        Attachment came = awaitState(announce(served.manifest()), Attachment.State.COMPLETE);
        assertThat(read(came.item())).isEqualTo(served.clear());
        assertThat(tricks).isEmpty();
    }

    @Test
    void aWrongChunkIsNamedAndNotKeptAndTheRightOneIsTakenLater() throws Exception {
        served = Sealed.of(Limits.CHUNK_BYTES + 1);
        CountDownLatch seen = new CountDownLatch(1);
        tricks.add(wrongUntil(seen));
        MessageReference message = announce(served.manifest());

        awaitPause(message, "chunk-wrong");
        assertThat(file(message).orElseThrow().have()).isZero();
        assertThat(reported("chunk-wrong")).isTrue();
        seen.countDown();
        assertThat(read(awaitState(message, Attachment.State.COMPLETE).item())).isEqualTo(served.clear());
        Peers.await("told", () -> told.stream().anyMatch(each -> each.state() == FileReport.State.COMPLETE));
    }

    /** However often it is asked: on a busy machine an answer may come too late to be looked at. */
    private Trick wrongUntil(CountDownLatch seen) {
        return (request, chunk) -> {
            if (seen.getCount() == 0) {
                honest(request, chunk);
            } else {
                tricks.add(wrongUntil(seen));
                honest(request, served.chunks().get(1));
            }
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            boolean unused = latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aChunkThatBreaksOffGoesOnWhereItBroke() throws Exception {
        int half = Limits.CHUNK_BYTES / 2;
        arrivesAfter(Limits.CHUNK_BYTES, (request, chunk) -> {
            request.sendResponseHeaders(200, chunk.length);
            request.getResponseBody().write(chunk, 0, half);
            request.getResponseBody().flush();
        });
        assertThat(ranges).isNotEmpty().allMatch(range -> range.matches("bytes=[1-9][0-9]*-"));
    }

    @Test
    void aChunkThatIsTooLongIsCutOff() throws Exception {
        arrivesAfter(
                Limits.CHUNK_BYTES,
                (request, chunk) -> {
                    request.sendResponseHeaders(200, 0);
                    try (OutputStream body = request.getResponseBody()) {
                        for (int i = 0; i < 4; i++) body.write(chunk);
                    }
                },
                (request, chunk) -> {
                    request.sendResponseHeaders(200, 0);
                    request.getResponseBody().write(Arrays.copyOf(chunk, 1_000));
                    request.getResponseBody().close();
                });
    }

    @Test
    void whoGivesAByteNowAndThenIsLeftAndTheFileGoesOn() throws Exception {
        arrivesAfter(Limits.CHUNK_BYTES, (request, chunk) -> {
            request.sendResponseHeaders(200, chunk.length);
            try {
                for (int i = 0; i < 60; i++) {
                    request.getResponseBody().write(chunk[i]);
                    request.getResponseBody().flush();
                    Thread.sleep(100);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Test
    void aFileThatIsNotWhatTheMessageSaysIsKeptClosedAndItsSenderIsTold() throws Exception {
        Sealed honest = Sealed.of(1_000);
        FileManifest lying = new FileManifest(
                honest.manifest().key(),
                "disk.img",
                "application/octet-stream",
                1_000,
                Hash.of(new byte[0]),
                honest.manifest().chunks());
        served = new Sealed(lying, honest.chunks(), honest.clear());

        Attachment wrong = awaitState(announce(lying), Attachment.State.WRONG);

        assertThat(wrong.shown().map(Item::state)).contains(Item.State.WRONG);
        assertThat(reported("file-wrong")).isTrue();
        Peers.await("told", () -> told.stream().anyMatch(each -> each.state() == FileReport.State.WRONG));
    }

    @Test
    void theLargestFileWaitsForAnOfficerAndThenForRoom() throws Exception {
        List<Hash> hashes = new ArrayList<>(FileManifest.MAX_CHUNKS);
        for (int i = 0; i < FileManifest.MAX_CHUNKS; i++) {
            byte[] digest = new byte[Hash.SIZE_BYTES];
            digest[0] = (byte) i;
            digest[1] = (byte) (i >> 8);
            digest[2] = (byte) (i >> 16);
            hashes.add(Hash.ofDigest(digest));
        }
        FileManifest huge = new FileManifest(
                FileKey.random(Peers.RANDOM),
                "server.img",
                "application/octet-stream",
                (long) FileManifest.MAX_CHUNKS * Limits.CHUNK_BYTES,
                Hash.of(new byte[0]),
                hashes);
        MessageReference message = announce(huge);

        Attachment asked = awaitState(message, Attachment.State.ASKED);
        assertThat(asked.sizeBytes()).isGreaterThan(293_000_000_000L);
        peers.node("xs").service(AttachmentService.class).accept(AMINA, bureau("xb"), message.id(), asked.file());

        awaitPause(message, "member-limit");
        assertThat(file(message).orElseThrow().have()).isZero();
    }

    @Test
    void s20AMessageThatIsPurgedInMidTransferEndsItsFile() throws Exception {
        served = Sealed.of(3 * Limits.CHUNK_BYTES);
        CountDownLatch purged = new CountDownLatch(1);
        tricks.add(HostileFilesIT::honest);
        tricks.add((request, chunk) -> {
            await(purged);
            honest(request, chunk);
        });
        MessageReference message = announce(served.manifest());
        Peers.await("half way", () -> tricks.isEmpty());
        ItemId item = file(message).orElseThrow().item();

        peers.exchange("xs").purgeReceived(Peers.OFFICER, bureau("xb"), message.id());
        purged.countDown();

        awaitState(message, Attachment.State.OVER);
        EvidenceService evidence = peers.node("xs").service(EvidenceService.class);
        Peers.await("destroyed", () -> evidence.item(AMINA, item).state() == Item.State.DESTROYED);
        Peers.await(
                "no secret",
                () -> peers.sql("xs")
                                .queryForObject(
                                        "select count(*) from evidence.secret where item = ?",
                                        Integer.class,
                                        item.value())
                        == 0);
    }

    @Test
    void chunksAreTakenFromTheirSenderAloneAndInTheirOrder() throws Exception {
        served = Sealed.of(2 * Limits.CHUNK_BYTES);
        played.close(); // Nobody fetches: the sender brings.
        MessageReference message = announce(served.manifest());
        awaitPause(message, "unreachable");
        String chunk = "/v1/files/" + served.name() + "/chunks/";
        byte[] first = served.chunks().get(0);

        assertThat(other.put(peers.endpoint("xs"), chunk + 0, first).statusCode())
                .isEqualTo(404);
        assertThat(other.get(peers.endpoint("xs"), "/v1/files/" + served.name()).statusCode())
                .isEqualTo(404);
        assertThat(liar.put(peers.endpoint("xs"), "/v1/files/" + "0".repeat(32) + "/chunks/0", first)
                        .statusCode())
                .isEqualTo(404);
        assertThat(liar.put(peers.endpoint("xs"), chunk + 2, first).statusCode())
                .isEqualTo(404);
        assertThat(liar.put(peers.endpoint("xs"), chunk + 0, new byte[Limits.SEALED_CHUNK_BYTES + 1])
                        .statusCode())
                .isEqualTo(413);
        brings(chunk + 1, served.chunks().get(1), 503);
        brings(chunk + 0, served.chunks().get(1), 422);
        assertThat(reported("chunk-wrong")).isTrue();
        brings(chunk + 0, first, 204);
        brings(chunk + 0, first, 204);
        brings(chunk + 1, served.chunks().get(1), 204);
        assertThat(read(awaitState(message, Attachment.State.COMPLETE).item())).isEqualTo(served.clear());
        FileReport report = liar.fileReport(
                liar.get(peers.endpoint("xs"), "/v1/files/" + served.name()).body());
        assertThat(report.progress()).isEqualTo(new FileReport.Progress(FileReport.State.COMPLETE, 2, 2));
        assertThat(report.file()).isEqualTo(served.name());
    }

    @Test
    void anotherFileUnderTheIdOfTheFirstIsRefusedAndTheFirstMayComeAgain() throws Exception {
        served = Sealed.of(1_000);
        FileManifest first = served.manifest();
        Attachment unused = awaitState(announce(first), Attachment.State.COMPLETE);
        RawPeer.Draft draft = liar.draft("xs");
        draft.files = List.of(new FileManifest(
                FileKey.of(first.key().id(), FileKey.random(Peers.RANDOM).bytes()),
                first.name(),
                first.mediaType(),
                first.sizeBytes(),
                first.sha256(),
                first.chunks()));
        SignedMessage second = draft.signed();

        Peers.await("refused", () -> refusals(second).contains("id-reused"));
        Attachment again = awaitState(announce(first), Attachment.State.COMPLETE);
        assertThat(read(again.item())).isEqualTo(served.clear());
    }

    private static List<String> refusals(SignedMessage message) {
        try {
            return liar.receiptsFor(peers.endpoint("xs"), liar.seal(message, bureau("xs"))).stream()
                    .flatMap(receipt -> receipt.refusal().stream())
                    .toList();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** While the node tries to fetch by itself it takes nothing: then the sender tries again. */
    private static void brings(String path, byte[] sealed, int status) {
        Peers.await("answer " + status, () -> {
            try {
                return liar.put(peers.endpoint("xs"), path, sealed).statusCode() == status;
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
