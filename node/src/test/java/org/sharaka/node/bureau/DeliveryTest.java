package org.sharaka.node.bureau;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sharaka.node.exchange.Sent;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.MessageReference;

class DeliveryTest {
    private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");

    private static Delivery of(Sent.State state, String reason, Instant expires) {
        Sent sent = new Sent(
                new MessageReference(new MessageId("a".repeat(32)), Hash.ofDigest(new byte[32])),
                BureauFixture.ES,
                new ConversationId("b".repeat(32)),
                state,
                Optional.of(reason).filter(text -> !text.isEmpty()),
                NOON,
                expires);
        return Delivery.of(Optional.of(sent), false, NOON);
    }

    @Test
    void whatNobodyTriedYetIsSealedAndWhatWasTriedIsOnItsWay() {
        assertThat(of(Sent.State.WAITING, "", NOON.plusSeconds(1))).isEqualTo(Delivery.SEALED);
        assertThat(of(Sent.State.WAITING, "unreachable", NOON.plusSeconds(1))).isEqualTo(Delivery.ON_ITS_WAY);
    }

    @Test
    void whatIsPastItsTimeHasExpiredWhetherOrNotItWasGivenUpYet() {
        assertThat(of(Sent.State.WAITING, "unreachable", NOON)).isEqualTo(Delivery.EXPIRED);
        assertThat(of(Sent.State.SKIPPED, "expired", NOON)).isEqualTo(Delivery.EXPIRED);
    }

    @Test
    void whatTheRecipientSaysStands() {
        assertThat(of(Sent.State.DELIVERED, "", NOON)).isEqualTo(Delivery.DELIVERED);
        assertThat(of(Sent.State.ACCEPTED, "", NOON)).isEqualTo(Delivery.ACCEPTED);
        assertThat(of(Sent.State.REFUSED, "too-large", NOON)).isEqualTo(Delivery.REFUSED);
        assertThat(Delivery.of(Optional.empty(), true, NOON)).isEqualTo(Delivery.ACTED);
        assertThat(Delivery.REFUSED.failed()).isTrue();
        assertThat(Delivery.ACTED.failed()).isFalse();
    }
}
