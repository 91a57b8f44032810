package org.sharaka.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sharaka.node.assembly.TestNetwork;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.cms.KeyUse;
import org.sharaka.protocol.cms.Profile1;
import org.sharaka.protocol.content.FreeText;
import org.sharaka.protocol.content.Words;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.Handling;
import org.sharaka.protocol.message.Header;
import org.sharaka.protocol.message.Lane;
import org.sharaka.protocol.message.Message;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.Position;
import org.sharaka.protocol.message.RosterReference;
import org.sharaka.protocol.message.SignedMessage;
import org.sharaka.protocol.roster.RosterHistory;

class JustReadTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final MemberId MA = TestNetwork.bureauOf("ma");
    private static final MemberId ES = TestNetwork.bureauOf("es");
    private static final TestNetwork NETWORK = TestNetwork.of(Map.of("ma", Optional.empty(), "es", Optional.empty()));

    private final JustRead justRead = new JustRead();

    private static SignedMessage message(MessageId id) {
        Instant now = Instant.now();
        Message message = Message.of(
                new Header(
                        id,
                        MA,
                        ES,
                        now,
                        now.plusSeconds(60),
                        new Position(ConversationId.random(RANDOM), Lane.ORDINARY, 1, 1),
                        RosterReference.toCurrent(
                                RosterHistory.found(NETWORK.chain().get(0), NETWORK.pin(), now))),
                new Handling(
                        MA,
                        "investigation",
                        "test.treaty",
                        Optional.empty(),
                        Set.of(),
                        Optional.empty(),
                        Set.of(),
                        now.plus(Duration.ofDays(10))),
                new FreeText(Optional.empty(), Words.of("en", "Hello")).toContent());
        return SignedMessage.sign(message, NETWORK.keys(MA).key(KeyUse.SIGNING), new Profile1(RANDOM));
    }

    @Test
    void aMessageIsGivenOutOnce() {
        SignedMessage message = message(MessageId.random(RANDOM));
        justRead.keep(message);

        assertThat(justRead.take(MA, message.message().header().id(), message.hash()))
                .containsSame(message);
        assertThat(justRead.take(MA, message.message().header().id(), message.hash()))
                .isEmpty();
    }

    @Test
    void whatIsStoredUnderAnotherHashIsReadFromTheDatabase() {
        SignedMessage message = message(MessageId.random(RANDOM));
        justRead.keep(message);

        assertThat(justRead.take(MA, message.message().header().id(), Hash.of(new byte[] {1})))
                .isEmpty();
        assertThat(justRead.take(ES, message.message().header().id(), message.hash()))
                .isEmpty();
    }

    @Test
    void theOldestMakeRoom() {
        List<SignedMessage> many = IntStream.range(0, 300)
                .mapToObj(i -> message(MessageId.random(RANDOM)))
                .toList();

        many.forEach(justRead::keep);

        long there = many.stream()
                .filter(each -> justRead.take(MA, each.message().header().id(), each.hash())
                        .isPresent())
                .count();
        assertThat(there).isEqualTo(256);
        assertThat(justRead.take(
                        MA, many.get(0).message().header().id(), many.get(0).hash()))
                .isEmpty();
    }
}
