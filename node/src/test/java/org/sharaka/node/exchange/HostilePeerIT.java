package org.sharaka.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sharaka.node.exchange.Peers.bureau;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sharaka.node.assembly.SecurityEvent;
import org.sharaka.node.assembly.SecurityEvents;
import org.sharaka.node.platform.TestNode;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.cms.KeyUse;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.json.JsonValue;
import org.sharaka.protocol.json.JsonValue.JsonNumber;
import org.sharaka.protocol.message.Content;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.Lane;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.Position;
import org.sharaka.protocol.message.Receipt;
import org.sharaka.protocol.message.SealedMessage;
import org.sharaka.protocol.message.SignedMessage;
import org.sharaka.protocol.roster.MemberKeys;
import org.sharaka.protocol.roster.Status;
import org.sharaka.protocol.transport.Answer;
import org.sharaka.protocol.transport.TransportLimits;

/** One whole node, and members that keep to no rule. */
class HostilePeerIT {
    private static final int MOST_HELD = 5;

    private static Peers peers;
    private static RawPeer liar;
    private static RawPeer honest;
    private static URI node;

    @BeforeAll
    static void start() {
        peers = Peers.of("xs", "xb", "xk", "xz", "xf");
        TestNode unused = peers.start(
                "xs",
                "sharaka.exchange.patience=1s",
                "sharaka.exchange.held=" + MOST_HELD,
                "sharaka.exchange.requests-per-second=40",
                "sharaka.exchange.messages-per-second=300");
        liar = new RawPeer(peers.network, "xb");
        honest = new RawPeer(peers.network, "xk");
        node = peers.endpoint("xs");
    }

    @AfterAll
    static void stop() {
        peers.close();
    }

    private static boolean reported(SecurityEvent.Kind kind, String code) {
        return peers.node("xs").service(SecurityEvents.class).latest(200).stream()
                .anyMatch(event -> event.kind() == kind && event.code().equals(code));
    }

    private static void awaitReceipt(RawPeer peer, SealedMessage message, Receipt.State state) {
        Peers.await("receipt " + state, () -> {
            try {
                return peer.receiptsFor(node, message).stream().anyMatch(receipt -> receipt.state() == state);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    // --- Who gets in -------------------------------------------------------------------------------------------------

    @Test
    void pathsOfOneListenerAreUnknownOnTheOthers() throws Exception {
        HttpClient plain = HttpClient.newHttpClient();
        for (String path : List.of("/v1/messages", "/v1/receipts", "/v1/collect", "/v1/roster?after=0"))
            for (URI other :
                    List.of(peers.node("xs").console(), peers.node("xs").management())) {
                HttpResponse<String> answer = plain.send(
                        HttpRequest.newBuilder(other.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
                assertThat(answer.body()).as(other + path).doesNotContain("sharaka.problem", "unknown-path");
                assertThat(answer.headers().firstValue("Sharaka-Roster")).isEmpty();
            }
        for (String path : List.of("/", "/login", "/campaigns", "/api/v1/reports", "/health", "/prometheus"))
            assertThat(honest.get(node, path).statusCode()).as(path).isEqualTo(404);
    }

    @Test
    void aStrangersCertificateDoesNotGetIn() {
        MemberKeys keys = MemberKeys.generate(
                bureau("xx"), Instant.now().minusSeconds(60), Instant.now().plus(Duration.ofDays(30)), Peers.RANDOM);
        RawPeer stranger = new RawPeer(peers.network, bureau("xx"), keys);

        assertThatThrownBy(() -> stranger.get(node, "/v1/roster?after=0")).isInstanceOf(IOException.class);
        assertThat(reported(SecurityEvent.Kind.CERTIFICATE_UNKNOWN, "")).isTrue();
    }

    @Test
    void anExpelledMemberIsOutWithItsNextRequestOnTheSameConnection() throws Exception {
        RawPeer expelled = new RawPeer(peers.network, "xz");
        SealedMessage message = expelled.draft("xs").sealed();
        assertThat(expelled.outcome(node, message)).isEqualTo("DELIVERED");

        peers.network.decide(member -> member.id().equals(bureau("xz")) ? member.with(Status.DEPARTED) : member);
        peers.network.teach(peers.node("xs"));

        assertThat(expelled.outcome(node, message)).isEqualTo("403 not-a-member");
    }

    @Test
    void aMemberBringsItsOwnMessagesOnly() throws Exception {
        assertThat(liar.outcome(node, honest.draft("xs").sealed())).isEqualTo("undecided not-the-sender");
    }

    // --- What is in it -----------------------------------------------------------------------------------------------

    @Test
    void aReplayGetsTheSameReceiptForEverAndIsTakenInOnce() throws Exception {
        SignedMessage signed = honest.draft("xs").saying("replayed").signed();
        List<Receipt> first = honest.receiptsFor(node, honest.seal(signed, bureau("xs")));
        awaitReceipt(honest, honest.seal(signed, bureau("xs")), Receipt.State.ACCEPTED);
        List<Receipt> second = honest.receiptsFor(node, honest.seal(signed, bureau("xs")));

        peers.exchange("xs")
                .purgeReceived(
                        Peers.OFFICER, bureau("xk"), signed.message().header().id());

        assertThat(second).containsAll(first).hasSize(2);
        assertThat(honest.receiptsFor(node, honest.seal(signed, bureau("xs")))).isEqualTo(second);
        assertThat(peers.notes("xs")).containsOnlyOnce("replayed");
        assertThat(peers.sql("xs")
                        .queryForMap("""
                                select hash, length(keyed_hash) as keyed,
                                    (select count(*) from exchange.received_content c where c.id = r.id) as contents
                                from exchange.received r where id = ?
                                """, signed.message().header().id().value()))
                .containsEntry("hash", null)
                .containsEntry("keyed", 32)
                .containsEntry("contents", 0L);
    }

    @Test
    void otherContentUnderAKnownIdIsRefusedAndReported() throws Exception {
        RawPeer.Draft draft = liar.draft("xs").saying("one");
        assertThat(liar.outcome(node, draft.sealed())).isEqualTo("DELIVERED");

        assertThat(liar.outcome(node, draft.saying("other").sealed())).isEqualTo("REFUSED id-reused");

        assertThat(reported(SecurityEvent.Kind.ID_REUSED, "id-reused")).isTrue();
        assertThat(peers.notes("xs")).doesNotContain("other");
    }

    @Test
    void twoContentsUnderOneIdInOneRequestAreTakenOnce() throws Exception {
        RawPeer.Draft draft = liar.draft("xs").saying("twin one");
        SealedMessage one = draft.sealed();
        SealedMessage other = draft.saying("twin other").sealed();

        Answer answer = Answer.parse(liar.bring(node, one, one, other).body());

        assertThat(liar.receipts(answer))
                .extracting(Receipt::state)
                .containsExactlyInAnyOrder(Receipt.State.DELIVERED, Receipt.State.REFUSED);
    }

    @Test
    void whatWasMeantForAnotherIsNotTaken() throws Exception {
        assertThat(liar.outcome(node, liar.draft("xk").sealed())).isEqualTo("undecided not-addressed-to-us");
        RawPeer.Draft draft = liar.draft("xs");
        SignedMessage signed = draft.signed();

        assertThat(liar.outcome(node, liar.seal(signed, bureau("xk")))).isEqualTo("undecided not-sealed-to-us");
    }

    @Test
    void aClearHeaderUnlikeTheSignedOneIsRefused() throws Exception {
        byte[] signed = liar.draft("xs").signed().signed().der();

        HttpResponse<byte[]> answer = liar.post(node, "/v1/messages", liar.wire(liar.draft("xs"), signed));

        assertThat(liar.receipts(Answer.parse(answer.body())).get(0).refusal()).contains("header-mismatch");
    }

    @Test
    void aMessageOfAnotherPutUnderOnesOwnHeaderIsRefused() throws Exception {
        byte[] others = honest.draft("xs").signed().signed().der();

        HttpResponse<byte[]> answer = liar.post(node, "/v1/messages", liar.wire(liar.draft("xs"), others));

        assertThat(liar.receipts(Answer.parse(answer.body())).get(0).refusal()).contains("header-mismatch");
    }

    @Test
    void aKeyThatTheRosterDoesNotListSignsNothing() throws Exception {
        RawPeer.Draft draft = liar.draft("xs");
        draft.signing = liar.keys.key(KeyUse.ROSTER);

        assertThat(liar.outcome(node, draft.sealed())).isEqualTo("REFUSED certificate-not-listed");
    }

    @Test
    void clocksThatAreApartAreToldAndMessagesFromTheFutureWait() throws Exception {
        RawPeer.Draft draft = liar.draft("xs");
        draft.sent = Instant.now().plus(Duration.ofMinutes(10));

        assertThat(liar.outcome(node, draft.sealed())).isEqualTo("undecided sent-in-future");
        assertThat(liar.post(
                                node,
                                "/v1/messages",
                                liar.draft("xs").sealed().encoded(),
                                "Sharaka-Time",
                                "2020-01-01T00:00:00.000Z")
                        .statusCode())
                .isEqualTo(200);
        assertThat(reported(SecurityEvent.Kind.CLOCK_APART, "")).isTrue();
    }

    @Test
    void whatExpiredOnItsWayIsRefused() throws Exception {
        RawPeer.Draft draft = liar.draft("xs");
        draft.sent = Instant.now().minus(Duration.ofMinutes(30));
        draft.expires = Instant.now().minus(Duration.ofMinutes(10));

        assertThat(liar.outcome(node, draft.sealed())).isEqualTo("REFUSED expired");
    }

    @Test
    void aContentTypeThatNobodyKnowsIsRefusedAndHoldsNobodyUp() throws Exception {
        ConversationId conversation = Peers.conversation();
        RawPeer.Draft unknown = honest.draft("xs").in(conversation, 1);
        unknown.content = new Content("test.unheard-of", 1, JsonBuilder.object().build());
        SealedMessage first = unknown.sealed();
        SealedMessage second =
                honest.draft("xs").in(conversation, 2).saying("after it").sealed();

        assertThat(honest.bring(node, second, first).statusCode()).isEqualTo(200);

        awaitReceipt(honest, second, Receipt.State.ACCEPTED);
        assertThat(honest.receiptsFor(node, first))
                .filteredOn(receipt -> receipt.state() == Receipt.State.REFUSED)
                .extracting(receipt -> receipt.refusal().orElseThrow())
                .containsExactly("format-unknown");
    }

    // --- Order -------------------------------------------------------------------------------------------------------

    @Test
    void aGapHoldsBackWhatFollowsUntilItClosesOrIsSkipped() throws Exception {
        ConversationId conversation = Peers.conversation();
        SealedMessage third =
                honest.draft("xs").in(conversation, 3).saying("gap 3").sealed();
        SignedMessage second =
                honest.draft("xs").in(conversation, 2).saying("gap 2").signed();
        assertThat(honest.outcome(node, third)).isEqualTo("DELIVERED");
        assertThat(honest.outcome(
                        node,
                        honest.draft("xs").in(conversation, 1).saying("gap 1").sealed()))
                .isEqualTo("DELIVERED");
        Peers.await("the first", () -> peers.notes("xs").contains("gap 1"));
        assertThat(peers.notes("xs")).doesNotContain("gap 3");

        byte[] skipped = honest.receipts(
                bureau("xs"),
                Receipt.skipped(second.reference(), new Position(conversation, Lane.ORDINARY, 1, 2), Instant.now()));
        assertThat(honest.post(node, "/v1/receipts", skipped).statusCode()).isEqualTo(204);

        awaitReceipt(honest, third, Receipt.State.ACCEPTED);
        assertThat(peers.notes("xs")).containsSubsequence("gap 1", "gap 3").doesNotContain("gap 2");
        assertThat(honest.outcome(node, honest.seal(second, bureau("xs"))))
                .as("a place that was given up stays empty")
                .isEqualTo("REFUSED place-taken");
    }

    @Test
    void placesThatWereGivenUpArePassedHoweverManyTheyAre() throws Exception {
        ConversationId conversation = Peers.conversation();
        SealedMessage after = liar.draft("xs")
                .in(conversation, 252)
                .saying("long, after 251 " + "x".repeat(20_000))
                .sealed();
        assertThat(liar.outcome(node, after)).isEqualTo("DELIVERED");

        assertThat(liar.post(node, "/v1/receipts", skips(liar, conversation, 1, 251))
                        .statusCode())
                .isEqualTo(204);

        awaitReceipt(liar, after, Receipt.State.ACCEPTED);
        assertThat(marks(conversation)).isZero();
    }

    @Test
    void marksBehindGapsAreLimitedForEachSender() throws Exception {
        ConversationId conversation = Peers.conversation();
        peers.sql("xs").update("""
                        insert into exchange.skipped (sender, conversation, lane, epoch, sequence)
                        select ?, ?, 'ORDINARY', 1, 10 + n from generate_series(1, 100000) as n
                        """, bureau("xb").value(), conversation.value());
        byte[] one = skips(liar, conversation, 3, 3);
        ConversationId others = Peers.conversation();

        HttpResponse<byte[]> answer = liar.post(node, "/v1/receipts", one);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(RawPeer.code(answer)).isEqualTo("not-now");
        assertThat(honest.post(node, "/v1/receipts", skips(honest, others, 3, 3))
                        .statusCode())
                .isEqualTo(204);
        peers.sql("xs")
                .update("delete from exchange.skipped where sequence > 10 and conversation = ?", conversation.value());
        assertThat(liar.post(node, "/v1/receipts", one).statusCode()).isEqualTo(204);
        assertThat(marks(conversation)).isEqualTo(1);
    }

    @Test
    void receiptsInWhichNothingIsNewAreNotKeptThoughTheyAreSignedAnew() throws Exception {
        ConversationId conversation = Peers.conversation();
        int before = receiptsOf(bureau("xk"));
        assertThat(honest.post(node, "/v1/receipts", skips(honest, conversation, 3, 4))
                        .statusCode())
                .isEqualTo(204);
        assertThat(receiptsOf(bureau("xk"))).isEqualTo(before + 1);

        for (int i = 0; i < 3; i++)
            assertThat(honest.post(node, "/v1/receipts", skips(honest, conversation, 3, 4))
                            .statusCode())
                    .isEqualTo(204);

        assertThat(receiptsOf(bureau("xk"))).isEqualTo(before + 1);
    }

    private static int receiptsOf(MemberId member) {
        return Optional.ofNullable(peers.sql("xs")
                        .queryForObject(
                                "select count(*) from exchange.receipt_batch where member = ?",
                                Integer.class,
                                member.value()))
                .orElseThrow();
    }

    private static byte[] skips(RawPeer peer, ConversationId conversation, int first, int last) {
        return peer.receipts(
                bureau("xs"),
                IntStream.rangeClosed(first, last)
                        .mapToObj(place -> Receipt.skipped(
                                new MessageReference(
                                        MessageId.random(Peers.RANDOM), Hash.of(new byte[] {(byte) place})),
                                new Position(conversation, Lane.ORDINARY, 1, place),
                                Instant.now()))
                        .toArray(Receipt[]::new));
    }

    private static int marks(ConversationId conversation) {
        return Optional.ofNullable(peers.sql("xs")
                        .queryForObject(
                                "select count(*) from exchange.skipped where conversation = ?",
                                Integer.class,
                                conversation.value()))
                .orElseThrow();
    }

    @Test
    void refusedMessagesBetweenGoodOnesAreAllDecidedRight() throws Exception {
        ConversationId mixed = Peers.conversation();
        ConversationId refused = Peers.conversation();
        ConversationId good = Peers.conversation();
        Map<SealedMessage, Receipt.State> due = new LinkedHashMap<>();
        List<ConversationId> conversations = List.of(mixed, refused, good);
        for (int place = 2; place <= 6; place++)
            for (ConversationId conversation : conversations) {
                boolean refuses = conversation.equals(refused) || (conversation.equals(mixed) && place % 2 == 1);
                due.put(
                        liar.draft("xs")
                                .in(conversation, place)
                                .saying((refuses ? "refuse " : "good ") + conversation + " " + place)
                                .sealed(),
                        refuses ? Receipt.State.REFUSED : Receipt.State.ACCEPTED);
            }
        assertThat(liar.bring(node, due.keySet().toArray(SealedMessage[]::new)).statusCode())
                .isEqualTo(200);

        // All gaps close at once, so that all are taken in together.
        Receipt[] closing = conversations.stream()
                .map(conversation -> Receipt.skipped(
                        new MessageReference(MessageId.random(Peers.RANDOM), Hash.of(new byte[1])),
                        new Position(conversation, Lane.ORDINARY, 1, 1),
                        Instant.now()))
                .toArray(Receipt[]::new);
        assertThat(liar.post(node, "/v1/receipts", liar.receipts(bureau("xs"), closing))
                        .statusCode())
                .isEqualTo(204);

        Peers.await("all decided", () -> conversations.stream().allMatch(conversation -> awaited(conversation) == 7));
        List<Receipt> given = liar.receipts(Answer.parse(
                liar.bring(node, due.keySet().toArray(SealedMessage[]::new)).body()));
        due.forEach((message, state) -> assertThat(given)
                .filteredOn(receipt ->
                        receipt.message().id().equals(message.header().id()))
                .extracting(Receipt::state)
                .containsExactlyInAnyOrder(Receipt.State.DELIVERED, state));
    }

    private static long awaited(ConversationId conversation) {
        return Optional.ofNullable(peers.sql("xs")
                        .queryForObject(
                                "select next from exchange.awaited where conversation = ?",
                                Long.class,
                                conversation.value()))
                .orElseThrow();
    }

    @Test
    void aPlaceIsTakenOnce() throws Exception {
        ConversationId conversation = Peers.conversation();
        assertThat(liar.outcome(node, liar.draft("xs").in(conversation, 5).sealed()))
                .isEqualTo("DELIVERED");

        assertThat(liar.outcome(node, liar.draft("xs").in(conversation, 5).sealed()))
                .isEqualTo("REFUSED place-taken");
    }

    @Test
    void anEpochThatNobodyDeclaredWaits() throws Exception {
        RawPeer.Draft draft = liar.draft("xs");
        draft.epoch = 2;

        assertThat(liar.outcome(node, draft.sealed())).isEqualTo("undecided epoch-unknown");
    }

    @Test
    void thePlaceBehindWhichThereIsNoneIsRefused() throws Exception {
        RawPeer.Draft last = liar.draft("xs").in(Peers.conversation(), JsonNumber.MAX);

        assertThat(liar.outcome(node, last.sealed())).isEqualTo("REFUSED field-wrong");
    }

    @Test
    void whoHasFilledItsShareBeginsNothingNew() throws Exception {
        RawPeer full = new RawPeer(peers.network, "xf");
        ConversationId conversation = Peers.conversation();
        for (int place = 2; place < 2 + MOST_HELD; place++)
            assertThat(full.outcome(
                            node, full.draft("xs").in(conversation, place).sealed()))
                    .isEqualTo("DELIVERED");

        // The first of an order is always the awaited one: without end they would be taken, each for itself.
        assertThat(full.outcome(
                        node, full.draft("xs").in(Peers.conversation(), 1).sealed()))
                .isEqualTo("undecided queue-full");
        assertThat(full.outcome(node, full.draft("xs").in(conversation, 1).sealed()))
                .isEqualTo("DELIVERED");
    }

    @Test
    void whoLeavesGapsFillsItsOwnShareOnlyAndCanCloseThem() throws Exception {
        ConversationId conversation = Peers.conversation();
        for (int place = 2; place < 2 + MOST_HELD; place++)
            assertThat(honest.outcome(
                            node, honest.draft("xs").in(conversation, place).sealed()))
                    .isEqualTo("DELIVERED");

        assertThat(honest.outcome(node, honest.draft("xs").in(conversation, 9).sealed()))
                .isEqualTo("undecided queue-full");
        assertThat(honest.outcome(node, honest.draft("xs").in(conversation, 1).sealed()))
                .isEqualTo("DELIVERED");
        Peers.await(
                "all taken in",
                () -> peers.sql("xs").queryForObject("""
                                        select count(*) from exchange.received where conversation = ? and state = 'ACCEPTED'
                                        """, Integer.class, conversation.value()) == MOST_HELD + 1);
    }

    // --- Receipts ----------------------------------------------------------------------------------------------------

    @Test
    void receiptsThatAreNotTheirsToGiveChangeNothing() throws Exception {
        var message = peers.send("xs", "xk", Peers.conversation(), "to a silent member");
        Receipt forged = Receipt.accepted(message, Instant.now());

        assertThat(liar.post(node, "/v1/receipts", liar.receipts(bureau("xs"), forged))
                        .statusCode())
                .isEqualTo(204);
        assertThat(RawPeer.code(liar.post(node, "/v1/receipts", honest.receipts(bureau("xs"), forged))))
                .isEqualTo("header-mismatch");
        assertThat(RawPeer.code(liar.post(node, "/v1/receipts", honest.receipts(bureau("xk"), forged))))
                .isEqualTo("not-addressed-to-us");

        assertThat(peers.sent("xs", message).state()).isEqualTo(Sent.State.WAITING);
        assertThat(reported(SecurityEvent.Kind.RECEIPT_REFUSED, "message-unknown"))
                .isTrue();
    }

    // --- Bombs and patience ------------------------------------------------------------------------------------------

    @Test
    void whatIsTooLargeIsRefusedBeforeItIsRead() throws Exception {
        String head = "POST /v1/messages HTTP/1.1\r\nHost: x\r\nContent-Length: " + (TransportLimits.BODY_BYTES + 1)
                + "\r\n\r\n";
        assertThat(said(liar, head)).contains(" 413 ").contains("too-large");
        assertThat(said(liar, "POST /v1/messages HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"))
                .contains(" 411 ");
        assertThat(said(liar, "GET /v1/roster?after=0 HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(9_000) + "\r\n\r\n"))
                .contains(" 400 ");
    }

    private static String said(RawPeer peer, String request) throws IOException {
        try (SSLSocket socket = peer.connect(node)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void nothingIsUnpacked() throws Exception {
        assertThat(liar.post(node, "/v1/messages", new byte[64], "Content-Encoding", "gzip")
                        .statusCode())
                .isEqualTo(415);
    }

    @Test
    void cutAndGarbledRequestsAreRefusedWhole() throws Exception {
        byte[] whole = liar.draft("xs").sealed().encoded();
        byte[] altered = whole.clone();
        altered[altered.length - 1] ^= 1;

        assertThat(RawPeer.code(liar.post(node, "/v1/messages", Arrays.copyOf(whole, whole.length - 1))))
                .isEqualTo("field-missing");
        assertThat(RawPeer.code(liar.post(node, "/v1/messages", altered))).isEqualTo("header-mismatch");
        assertThat(RawPeer.code(liar.post(node, "/v1/messages", new byte[] {-1, -1, -1, -1})))
                .isEqualTo("too-large");
        assertThat(RawPeer.code(liar.post(node, "/v1/collect", "{}".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("format-unknown");
        assertThat(RawPeer.code(liar.post(node, "/v1/roster", "[".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("not-json");
        assertThat(RawPeer.code(liar.get(node, "/v1/roster?after=x"))).isEqualTo("field-wrong");
    }

    @Test
    void nestingAndTruncationUnderTheSealAreRefusedWithReceipts() throws Exception {
        JsonValue deep = JsonValue.of("bottom");
        for (int i = 0; i < 40; i++) deep = JsonBuilder.object().with("d", deep).build();
        byte[] nested = RawPeer.PROFILE.sign(
                JsonBuilder.document("sharaka.message", 1)
                        .with("d", deep)
                        .build()
                        .canonical(),
                liar.keys.key(KeyUse.SIGNING));
        byte[] signed = liar.draft("xs").signed().signed().der();

        assertThat(refusalOf(nested)).contains("too-deep");
        assertThat(refusalOf(Arrays.copyOf(signed, signed.length / 2))).contains("not-der");
        assertThat(refusalOf("not a structure at all".getBytes(StandardCharsets.UTF_8)))
                .contains("not-der");
        assertThat(refusalOf(new byte[] {0x30, (byte) 0x84, 0x7f, -1, -1, -1})).contains("not-der");
    }

    private static Optional<String> refusalOf(byte[] unsealed) throws Exception {
        HttpResponse<byte[]> answer = liar.post(node, "/v1/messages", liar.wire(liar.draft("xs"), unsealed));
        return liar.receipts(Answer.parse(answer.body())).get(0).refusal();
    }

    @Test
    void whoeverSendsAByteNowAndThenIsCutOffAndDisturbsNobody() throws Exception {
        try (SSLSocket header = liar.connect(node);
                SSLSocket body = liar.connect(node)) {
            write(header, "POST /v1/messages HTTP/1.1\r\n");
            write(body, "POST /v1/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n");

            assertThat(honest.outcome(node, honest.draft("xs").sealed())).isEqualTo("DELIVERED");
            assertThat(secondsUntilCutOff(header, "X")).isLessThan(20);
            assertThat(secondsUntilCutOff(body, "x")).isLessThan(20);
        }
        assertThat(honest.outcome(node, honest.draft("xs").sealed())).isEqualTo("DELIVERED");
        assertThat(reported(SecurityEvent.Kind.REQUEST_REFUSED, "too-slow")).isTrue();
    }

    private static void write(SSLSocket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /** Drips until the other side has had enough: to be bounded is the point, the bound itself is a setting. */
    private static long secondsUntilCutOff(SSLSocket socket, String drip) throws Exception {
        long begin = System.nanoTime();
        socket.setSoTimeout(200);
        while (System.nanoTime() - begin < 25_000_000_000L) {
            try {
                write(socket, drip);
                if (socket.getInputStream().read() < 0) break;
            } catch (java.net.SocketTimeoutException e) {
                // It says nothing and keeps the line.
            } catch (IOException e) {
                break;
            }
        }
        return (System.nanoTime() - begin) / 1_000_000_000L;
    }

    @Test
    void aFloodIsCutToItsShareAndDisturbsNobody() throws Exception {
        boolean limited = false;
        for (int i = 0; i < 400 && !limited; i++)
            limited = liar.get(node, "/v1/roster?after=1").statusCode() == 429;

        assertThat(limited).isTrue();
        assertThat(honest.outcome(node, honest.draft("xs").sealed())).isEqualTo("DELIVERED");
        assertThat(reported(SecurityEvent.Kind.RATE_EXCEEDED, "")).isTrue();
        Peers.await("the share comes back", () -> {
            try {
                return liar.get(node, "/v1/roster?after=1").statusCode() != 429;
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    // --- Rosters -----------------------------------------------------------------------------------------------------

    @Test
    void aRosterIsLearntFromWhoeverBringsItAndAMessageUnderItWaitsForIt() throws Exception {
        long before = peers.network.current().roster().version();
        var next = peers.network.decide(member -> member);
        RawPeer.Draft draft = honest.draft("xs").saying("under a new roster");
        SealedMessage message = draft.sealed();
        assertThat(honest.outcome(node, message)).isEqualTo("undecided roster-not-known-yet");

        assertThat(honest.post(node, "/v1/roster", next.encoded()).statusCode()).isEqualTo(204);

        assertThat(honest.outcome(node, message)).isEqualTo("DELIVERED");
        assertThat(honest.get(node, "/v1/roster?after=" + before).body()).isEqualTo(next.encoded());
        assertThat(honest.get(node, "/v1/roster?after=" + (before + 1)).statusCode())
                .isEqualTo(204);
        var forged = peers.network.signedBy(peers.network.next(member -> member), bureau("xb"));
        assertThat(RawPeer.code(liar.post(node, "/v1/roster", forged.encoded())))
                .isEqualTo("roster-too-few-signatures");
    }
}
