package org.sharaka.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sharaka.node.assembly.SecurityEvent;
import org.sharaka.node.assembly.SecurityEvents;
import org.sharaka.node.platform.TestNode;
import org.sharaka.protocol.cms.KeyUse;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.Receipt;
import org.sharaka.protocol.transport.CollectRequest;
import org.sharaka.protocol.transport.Collection;
import org.sharaka.protocol.transport.KnownOpening;
import org.sharaka.protocol.transport.SignedBytes;

/** What a node makes of members that say that they came back from a backup, truly or not. */
class EpochIT {
    private static final String PATH = "/v1/epoch";
    private static Peers peers;
    private static URI node;

    @BeforeAll
    static void start() {
        peers = Peers.of(List.of("xs", "xa", "xb", "xc", "xd", "xe"), List.of("xk", "xl", "xm"));
        TestNode unused = peers.start("xs");
        node = peers.endpoint("xs");
    }

    @AfterAll
    static void stop() {
        peers.close();
    }

    private static String declare(RawPeer peer, byte[] opening) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = peer.post(node, PATH, opening);
        return answer.statusCode() == 204 ? "taken" : answer.statusCode() + " " + RawPeer.code(answer);
    }

    private static long reported(RawPeer peer, SecurityEvent.Kind kind, String code) {
        return peers.node("xs").service(SecurityEvents.class).latest(200).stream()
                .filter(event -> event.kind() == kind
                        && event.code().equals(code)
                        && event.peer().equals(Optional.of(peer.id)))
                .mapToLong(SecurityEvent::count)
                .sum();
    }

    @Test
    void aDeclarationIsTakenOnceReportedOnceAndGivenBack() throws Exception {
        RawPeer peer = new RawPeer(peers.network, "xa");
        byte[] opening = peer.opened(2);

        assertThat(declare(peer, opening)).isEqualTo("taken");
        assertThat(declare(peer, opening)).as("again").isEqualTo("taken");

        assertThat(reported(peer, SecurityEvent.Kind.EPOCH_OPENED, "")).isEqualTo(1);
        assertThat(known(peer, peer)).contains(new SignedBytes(opening));
        assertThat(known(new RawPeer(peers.network, "xb"), peer))
                .as("told to another")
                .isEmpty();
    }

    private static Optional<SignedBytes> known(RawPeer asks, RawPeer of) throws IOException, InterruptedException {
        return KnownOpening.parse(asks.get(node, PATH + "?member=" + of.id).body())
                .opening();
    }

    @Test
    void whatIsForgedReplayedOrOlderIsRefusedAndNamed() throws Exception {
        RawPeer peer = new RawPeer(peers.network, "xb");
        RawPeer other = new RawPeer(peers.network, "xc");
        Instant now = Instant.now();
        byte[] third = peer.opened(3);
        byte[] second = peer.opened(2);

        byte[] byAnothersKey = peer.opening(2, now, now).sign(other.keys.key(KeyUse.SIGNING), RawPeer.PROFILE);
        assertThat(declare(peer, byAnothersKey)).isEqualTo("422 certificate-not-listed");
        assertThat(declare(other, peer.opened(2))).isEqualTo("422 header-mismatch");
        byte[] tomorrow =
                peer.opening(2, now.plus(Duration.ofDays(1)), now).sign(peer.keys.key(KeyUse.SIGNING), RawPeer.PROFILE);
        assertThat(declare(peer, tomorrow)).isEqualTo("422 sent-in-future");
        assertThat(declare(peer, third)).isEqualTo("taken");
        assertThat(declare(peer, second)).isEqualTo("422 epoch-rolled-back");
        assertThat(declare(peer, peer.opened(3))).isEqualTo("422 epoch-forked");
        byte[] datedBefore = peer.opening(4, now.minus(Duration.ofMinutes(20)), now.minus(Duration.ofMinutes(30)))
                .sign(peer.keys.key(KeyUse.SIGNING), RawPeer.PROFILE);
        assertThat(declare(peer, datedBefore)).isEqualTo("422 epoch-rolled-back");
        byte[] broken = third.clone();
        broken[broken.length - 1] ^= 1;
        assertThat(declare(peer, broken)).startsWith("422 ");

        assertThat(known(peer, peer)).contains(new SignedBytes(third));
        assertThat(reported(peer, SecurityEvent.Kind.EPOCH_OPENED, "")).isEqualTo(1);
        for (String code : List.of("certificate-not-listed", "sent-in-future", "epoch-rolled-back", "epoch-forked"))
            assertThat(reported(peer, SecurityEvent.Kind.RECEIPT_REFUSED, code))
                    .as(code)
                    .isPositive();
    }

    @Test
    void whoComesBackTooOftenHasToWait() throws Exception {
        RawPeer peer = new RawPeer(peers.network, "xd");
        for (int epoch = 2; epoch < 12; epoch++)
            assertThat(declare(peer, peer.opened(epoch))).isEqualTo("taken");

        assertThat(declare(peer, peer.opened(12))).isEqualTo("503 not-now");
        assertThat(reported(peer, SecurityEvent.Kind.RATE_EXCEEDED, "")).isPositive();
    }

    @Test
    void aNewEpochClosesTheGapsOfTheOldOneAndBeginsAtOne() throws Exception {
        RawPeer peer = new RawPeer(peers.network, "xe");
        ConversationId conversation = Peers.conversation();
        for (long place : List.of(1L, 3L, 5L))
            assertThat(peer.outcome(
                            node,
                            peer.draft("xs")
                                    .in(conversation, place)
                                    .saying("old " + place)
                                    .sealed()))
                    .isEqualTo("DELIVERED");
        assertThat(declare(peer, peer.opened(2))).isEqualTo("taken");

        RawPeer.Draft afterwards = peer.draft("xs").in(conversation, 2).saying("new 2");
        afterwards.epoch = 2;
        assertThat(peer.outcome(node, afterwards.sealed())).isEqualTo("DELIVERED");
        RawPeer.Draft first = peer.draft("xs").in(conversation, 1).saying("new 1");
        first.epoch = 2;
        assertThat(peer.outcome(node, first.sealed())).isEqualTo("DELIVERED");

        Peers.await("all taken in", () -> ofConversation(conversation).size() == 5);
        assertThat(ofConversation(conversation)).containsExactly("1.1", "1.3", "1.5", "2.1", "2.2");
        RawPeer.Draft late = peer.draft("xs").in(conversation, 2);
        assertThat(peer.outcome(node, late.sealed())).isEqualTo("REFUSED place-taken");
        RawPeer.Draft undeclared = peer.draft("xs").in(conversation, 1);
        undeclared.epoch = 3;
        assertThat(peer.outcome(node, undeclared.sealed())).isEqualTo("undecided epoch-unknown");
    }

    /** Epoch and sequence of what was accepted, in the order of the notes that it was handed over in. */
    private static List<String> ofConversation(ConversationId conversation) {
        List<String> places = peers.sql("xs").queryForList("""
                select epoch || '.' || sequence from exchange.received
                where conversation = ? and state = 'ACCEPTED' order by decided_at, epoch, sequence
                """, String.class, conversation.value());
        List<String> said = peers.notes("xs").stream()
                .filter(text -> text.startsWith("old ") || text.startsWith("new "))
                .map(text -> text.replace("old ", "1.").replace("new ", "2."))
                .toList();
        return places.size() == said.size() ? said : places;
    }

    @Test
    void whatAMemberLostIsSentAgainWithItsReceiptsAndMarks() throws Exception {
        RawPeer peer = new RawPeer(peers.network, "xk");
        ConversationId conversation = Peers.conversation();
        MessageReference kept = peers.send("xs", "xk", conversation, "kept");
        MessageReference purged = peers.send("xs", "xk", conversation, "purged");
        assertThat(peer.outcome(node, peer.draft("xs").sealed())).isEqualTo("DELIVERED");
        assertThat(ids(collect(peer))).contains(kept.id().value(), purged.id().value());
        Receipt[] delivered = {Receipt.delivered(kept, Instant.now()), Receipt.delivered(purged, Instant.now())};
        assertThat(peer.post(node, "/v1/receipts", peer.receipts(Peers.bureau("xs"), delivered))
                        .statusCode())
                .isEqualTo(204);
        Peers.await("nothing waits", () -> {
            Collection rest = collect(peer);
            return rest.isEmpty() || rest.messages().isEmpty();
        });
        peers.exchange("xs").purgeSent(Peers.OFFICER, purged.id());

        assertThat(declare(peer, peer.opened(2))).isEqualTo("taken");

        Collection again = collect(peer);
        assertThat(ids(again)).containsExactly(kept.id().value());
        assertThat(peers.sent("xs", kept).state()).as("what is known stays").isEqualTo(Sent.State.DELIVERED);
        List<Receipt> receipts = new org.sharaka.protocol.message.Reader(RawPeer.PROFILE, peer.rosters())
                .openReceipts(again.receipts().orElseThrow().der(), peer.id, Instant.now())
                .receipts();
        assertThat(receipts).extracting(Receipt::state).contains(Receipt.State.SKIPPED, Receipt.State.DELIVERED);
        assertThat(receipts)
                .filteredOn(receipt -> receipt.state() == Receipt.State.SKIPPED)
                .extracting(receipt -> receipt.message().id())
                .containsExactly(purged.id());
    }

    private static void received(RawPeer peer, MessageReference message, Instant at) throws Exception {
        Peers.await("it is collected", () -> ids(collect(peer))
                .contains(message.id().value()));
        assertThat(peer.post(node, "/v1/receipts", peer.receipts(Peers.bureau("xs"), new Receipt[] {
                            Receipt.delivered(message, at)
                        }))
                        .statusCode())
                .isEqualTo(204);
        Peers.await("nothing waits", () -> collect(peer).messages().isEmpty());
    }

    private static String declare(RawPeer peer, long epoch, Instant opened, Instant backup) throws Exception {
        return declare(peer, peer.opening(epoch, opened, backup).sign(peer.keys.key(KeyUse.SIGNING), RawPeer.PROFILE));
    }

    @Test
    void whatABackupMadeSoonAfterAReturnMayNotHaveHadIsSentAgainOnceMore() throws Exception {
        RawPeer peer = new RawPeer(peers.network, "xl");
        Instant now = Instant.now();
        MessageReference message = peers.send("xs", "xl", Peers.conversation(), "lost twice");
        received(peer, message, now.minus(Duration.ofMinutes(20)));
        assertThat(declare(peer, 2, now.minus(Duration.ofMinutes(10)), now.minus(Duration.ofMinutes(30))))
                .isEqualTo("taken");
        received(peer, message, now.minus(Duration.ofMinutes(1)));

        // Backed up a minute after the first return, and before the message had come again.
        assertThat(declare(peer, 3, now, now.minus(Duration.ofMinutes(9)))).isEqualTo("taken");

        assertThat(ids(collect(peer))).containsExactly(message.id().value());
    }

    @Test
    void whatAMemberReceivedUnderAClockSetBackIsSentAgainToo() throws Exception {
        RawPeer peer = new RawPeer(peers.network, "xm");
        Instant now = Instant.now();
        MessageReference before = peers.send("xs", "xm", Peers.conversation(), "by the right clock");
        received(peer, before, now);
        MessageReference after = peers.send("xs", "xm", Peers.conversation(), "by a clock set back");
        received(peer, after, now.minus(Duration.ofHours(2)));

        assertThat(declare(peer, 2, now, now.minus(Duration.ofMinutes(1)))).isEqualTo("taken");

        assertThat(ids(collect(peer)))
                .containsExactlyInAnyOrder(before.id().value(), after.id().value());
    }

    private static Collection collect(RawPeer peer) {
        try {
            HttpResponse<byte[]> answer =
                    peer.post(node, "/v1/collect", new CollectRequest(Optional.empty()).encoded());
            return answer.statusCode() == 204
                    ? new Collection(Optional.empty(), false, List.of())
                    : Collection.parse(answer.body());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> ids(Collection collection) {
        return collection.messages().stream()
                .map(each -> each.header().id().value())
                .toList();
    }
}
