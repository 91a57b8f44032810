package org.sharaka.node.bureau;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sharaka.node.exchange.ExchangeService;
import org.sharaka.node.exchange.Sent;
import org.springframework.transaction.support.TransactionTemplate;

/** Finds out which of our messages did not arrive: receipts tell of themselves, and nobody tells that a message expired. */
final class Deliveries {
    private static final UUID FIRST = new UUID(0, 0);

    private final SqlDeliveries deliveries;
    private final SqlConversations conversations;
    private final ExchangeService exchange;
    private final TransactionTemplate transactions;
    private final Clock clock;
    /** Where the last look ended; another process or a restart begins anew, which is harmless. */
    private volatile UUID place = FIRST;

    Deliveries(
            SqlDeliveries deliveries,
            SqlConversations conversations,
            ExchangeService exchange,
            TransactionTemplate transactions,
            Clock clock) {
        this.deliveries = deliveries;
        this.conversations = conversations;
        this.exchange = exchange;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Looks at the next of those that are on their way. @return whether there are more behind them */
    boolean follow(int limit) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<Entry> waiting = deliveries.unsettled(place, limit);
        for (Entry entry : waiting) transactions.executeWithoutResult(status -> settle(entry, now));
        boolean more = waiting.size() == limit;
        place = more ? waiting.get(limit - 1).id() : FIRST;
        return more;
    }

    private void settle(Entry entry, Instant now) {
        Optional<Sent> sent = entry.name().flatMap(exchange::sent);
        // What the exchange knows nothing of any more ended with its content.
        Delivery delivery = sent.isEmpty() ? Delivery.ACCEPTED : Delivery.of(sent, false, now);
        if (delivery == Delivery.SEALED || delivery == Delivery.ON_ITS_WAY) return;
        deliveries.settled(entry.id(), delivery.failed(), now);
        if (delivery.failed()) conversations.changed(entry.conversation());
    }
}
