package org.sharaka.node.bureau;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.sharaka.node.exchange.MessageAnswered;
import org.sharaka.node.exchange.MessageGivenUp;
import org.sharaka.node.exchange.MessagesAnswered;
import org.sharaka.protocol.message.MessageId;
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
    void on(MessagesAnswered answered) {
        Map<MessageId, Entry> ours = conversations.ours(answered.by(), answered.ids());
        if (ours.isEmpty()) return;
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        for (MessageAnswered each : answered.answers()) {
            Entry entry = ours.get(each.id());
            if (entry == null) continue;
            deliveries.settled(entry.id(), each.state() == Receipt.State.REFUSED, now);
            if (each.state() == Receipt.State.ACCEPTED || each.state() == Receipt.State.ACTED) accepted(entry, now);
            if (each.state() == Receipt.State.ACTED) conversations.acted(entry.id(), Optional.empty(), now);
            // Nobody answers what was not taken in: it is no longer waited for.
            if (each.state() == Receipt.State.REFUSED) {
                boolean unused = conversations.answered(entry.conversation(), each.id(), Entry.State.SENT, now);
            }
        }
        conversations.changed(
                answered.by(),
                ours.values().stream().map(Entry::conversation).distinct().toList());
    }

    private void accepted(Entry entry, Instant now) {
        if (entry.awaited().filter(awaited -> awaited.due().isEmpty()).isPresent())
            conversations.accepted(entry.id(), now);
    }

    /** Nobody answers what did not arrive. */
    @EventListener
    void on(MessageGivenUp given) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        conversations.named(given.recipient(), given.id(), true).ifPresent(ours -> {
            deliveries.settled(ours.id(), true, now);
            boolean unused = conversations.answered(ours.conversation(), given.id(), Entry.State.SENT, now);
            conversations.changed(ours.conversation());
        });
    }
}
