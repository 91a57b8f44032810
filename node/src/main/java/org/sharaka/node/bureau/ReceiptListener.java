package org.sharaka.node.bureau;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.sharaka.node.exchange.MessageAnswered;
import org.sharaka.protocol.message.Receipt;
import org.springframework.context.event.EventListener;

/** Makes pages show how far a message came, as soon as its recipient says so. */
final class ReceiptListener {
    private final SqlConversations conversations;
    private final SqlDeliveries deliveries;
    private final Clock clock;

    ReceiptListener(SqlConversations conversations, SqlDeliveries deliveries, Clock clock) {
        this.conversations = conversations;
        this.deliveries = deliveries;
        this.clock = clock;
    }

    @EventListener
    void on(MessageAnswered answered) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        conversations.named(answered.by(), answered.id(), true).ifPresent(ours -> {
            deliveries.settled(ours.id(), answered.state() == Receipt.State.REFUSED, now);
            if (answered.state() == Receipt.State.ACTED) conversations.acted(ours.id(), Optional.empty(), now);
            // Nobody answers what was not taken in: it is no longer waited for.
            if (answered.state() == Receipt.State.REFUSED) {
                boolean unused = conversations.answered(ours.conversation(), answered.id(), Entry.State.SENT, now);
            }
            conversations.changed(ours.conversation());
        });
    }
}
