package org.sharaka.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.node.exchange.Peers.bureau;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sharaka.node.platform.TestNode;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.message.Lane;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.Position;
import org.sharaka.protocol.message.Receipt;

/** One whole node, and a recipient of its messages that puts sentences into its receipts as it likes. */
class SentencesIT {
    private static Peers peers;
    private static RawPeer recipient;

    @BeforeAll
    static void start() {
        peers = Peers.of("xs", "xb", "xk");
        TestNode unused = peers.start("xs");
        recipient = new RawPeer(peers.network, "xb");
    }

    @AfterAll
    static void stop() {
        peers.close();
    }

    private static MessageReference taken(String text) throws Exception {
        MessageReference message = peers.send("xs", "xb", Peers.conversation(), text);
        assertThat(recipient
                        .post(
                                peers.endpoint("xs"),
                                "/v1/receipts",
                                recipient.receipts(bureau("xs"), Receipt.accepted(message, Instant.now())))
                        .statusCode())
                .isEqualTo(204);
        return message;
    }

    private static Receipt acted(MessageReference message, String sentence) {
        return Receipt.acted(message, Optional.of(sentence), Instant.now());
    }

    private static void say(Receipt... receipts) throws Exception {
        byte[] sealed = RawPeer.PROFILE.seal(
                recipient.receipts(bureau("xs"), receipts),
                peers.member("xs").sealingAt(Instant.now()).orElseThrow());
        assertThat(recipient
                        .post(peers.endpoint("xs"), "/v1/receipts/sealed", sealed)
                        .statusCode())
                .isEqualTo(204);
    }

    private static List<String> said(MessageReference message) {
        List<String> said = new ArrayList<>();
        for (Receipt receipt : peers.exchange("xs").proved(message.id()))
            receipt.sentence().ifPresent(said::add);
        return said;
    }

    private static boolean known(MessageReference message) {
        return Integer.valueOf(1)
                .equals(peers.sql("xs")
                        .queryForObject(
                                "select count(*) from exchange.receipt where message = ? and state = 'ACTED'",
                                Integer.class,
                                message.id().value()));
    }

    private static int texts() {
        return Optional.ofNullable(
                        peers.sql("xs").queryForObject("select count(*) from exchange.receipt_text", Integer.class))
                .orElseThrow();
    }

    private static void purge(MessageReference message) {
        peers.exchange("xs").purgeSent(Peers.OFFICER, message.id());
    }

    @Test
    void s20ASentenceThatComesAfterTheEndOfItsMessageIsNotKept() throws Exception {
        MessageReference message = taken("ended before");
        int before = texts();
        purge(message);

        say(acted(message, "too late"));

        assertThat(known(message)).isTrue();
        assertThat(texts()).isEqualTo(before);
        assertThat(said(message)).isEmpty();
    }

    @Test
    void s20OfSentencesUnderOneSignatureNoneOutlivesItsMessageBecauseOfANeighbour() throws Exception {
        MessageReference one = taken("one");
        MessageReference other = taken("other");
        say(acted(one, "about one"), acted(other, "about the other"));
        assertThat(said(one)).containsExactly("about one");
        assertThat(said(other)).containsExactly("about the other");

        purge(other);

        assertThat(said(one)).isEmpty();
        assertThat(known(one)).isTrue();
        assertThat(known(other)).isTrue();
    }

    @Test
    void s20WordsThatRepeatAnEarlierReceiptEndWithTheirMessageToo() throws Exception {
        MessageReference before = taken("said before");
        MessageReference fresh = taken("said now");
        say(acted(before, "the first words"));
        say(acted(before, "other words"), acted(fresh, "new words"));
        assertThat(said(fresh)).containsExactly("new words");

        purge(before);

        assertThat(said(fresh)).isEmpty();
        assertThat(said(before)).isEmpty();
    }

    @Test
    void s20WordsAboutNoMessageOfOursAreNotKept() throws Exception {
        MessageReference stranger = new MessageReference(MessageId.random(Peers.RANDOM), Hash.of(new byte[] {1, 2, 3}));
        int before = texts();

        say(
                acted(stranger, "a story that would never end"),
                Receipt.skipped(stranger, new Position(Peers.conversation(), Lane.ORDINARY, 1, 3), Instant.now()));

        assertThat(texts()).isEqualTo(before);
    }
}
