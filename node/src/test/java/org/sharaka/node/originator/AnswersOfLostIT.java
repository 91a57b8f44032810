package org.sharaka.node.originator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.node.originator.ThreeBureaux.ES;
import static org.sharaka.node.originator.ThreeBureaux.MA;
import static org.sharaka.node.originator.ThreeBureaux.XK;
import static org.sharaka.node.originator.ThreeBureaux.handling;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sharaka.node.exchange.Sent;
import org.sharaka.node.platform.Eventually;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.content.CrossCheckAnswer;
import org.sharaka.protocol.content.PermissionAnswer;
import org.sharaka.protocol.content.PermissionRequest;
import org.sharaka.protocol.content.Words;
import org.sharaka.protocol.message.Act;
import org.sharaka.protocol.message.Content;
import org.sharaka.protocol.message.HandlingCode;
import org.sharaka.protocol.message.Lane;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.OrderAnswer;

/**
 * Morocco answers what Spain had sent it. Whether Spain lost that with a return from a backup, Morocco cannot know. The
 * third never came back from anywhere.
 */
class AnswersOfLostIT {
    private static final SecureRandom RANDOM = new SecureRandom();

    private static ThreeBureaux nodes;

    @BeforeAll
    static void spainComesBack() {
        nodes = new ThreeBureaux();
        var unused = nodes.returned(ES);
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    private static MessageReference unknown() {
        return new MessageReference(MessageId.random(RANDOM), Hash.of(new byte[] {7}));
    }

    private static List<Content> about(MessageReference ours) {
        return List.of(
                new OrderAnswer(
                                ours,
                                unknown(),
                                MA,
                                OrderAnswer.Outcome.REFUSED,
                                Instant.now(),
                                Set.of(),
                                Optional.of("A court keeps it."),
                                Optional.empty(),
                                Optional.empty())
                        .toContent(),
                new PermissionAnswer(
                                ours,
                                unknown(),
                                Act.EXPORT,
                                Optional.empty(),
                                PermissionAnswer.Outcome.REFUSED,
                                Optional.empty(),
                                Optional.of(Words.of("en", "Not for a court.")))
                        .toContent(),
                new PermissionRequest(ours, Act.EXPORT, Optional.empty(), Words.of("en", "For the court in Rabat."))
                        .toContent(),
                CrossCheckAnswer.nothing(ours).toContent());
    }

    private static Sent.State answered(MemberId to, Content answer) {
        MessageReference sent = nodes.send(
                MA,
                to,
                handling(MA, HandlingCode.H0),
                answer,
                Optional.empty(),
                answer.type().equals(OrderAnswer.TYPE) ? Lane.CONTROL : Lane.ORDINARY);
        return nodes.exchange(MA).sent(sent.id()).orElseThrow().state();
    }

    private static Stream<Sent.State> answered(MemberId to, MessageReference ours) {
        return about(ours).stream().map(answer -> answered(to, answer));
    }

    private static Integer accusations() {
        return nodes.sql(ES)
                .queryForObject(
                        "select count(*) from assembly.security_event where kind = 'MESSAGE_REFUSED'", Integer.class);
    }

    @Test
    void whoNeverCameBackFromABackupRefusesAnswersToWhatItNeverSent() {
        assertThat(answered(XK, unknown())).containsOnly(Sent.State.REFUSED);
    }

    @Test
    void whatAnswersAMessageThatWasLostIsTakenInAndItsSenderNotAccused() {
        Integer before = accusations();

        assertThat(answered(ES, unknown())).containsOnly(Sent.State.ACCEPTED);
        assertThat(accusations()).isEqualTo(before);
        assertThat(nodes.sql(ES).queryForObject("select count(*) from originator.given_answer", Integer.class))
                .isZero();
    }

    @Test
    void whatNamesAMessageThatIsKnownIsStillRefused() {
        Eventually.await("it may send", () -> !nodes.exchange(ES).returning());
        MessageReference known = nodes.send(
                ES, MA, handling(ES, HandlingCode.H0), ThreeBureaux.text("The shop is closed."), Optional.empty());
        MessageReference twin = new MessageReference(known.id(), Hash.of(new byte[] {8}));

        assertThat(answered(ES, twin)).containsOnly(Sent.State.REFUSED);
    }
}
