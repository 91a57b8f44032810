package org.sharaka.node.bureau;

import java.time.Clock;
import org.sharaka.node.access.Actor;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.exchange.ExchangeService;
import org.sharaka.node.exchange.Sent;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.MessageId;
import org.springframework.transaction.support.TransactionTemplate;

/** Ends messages whose time is over, here and in the exchange (SAFEGUARDS S20). */
final class Ending {
    private static final Actor NODE = Actor.system("bureau");

    private final SqlConversations conversations;
    private final ExchangeService exchange;
    private final AuditTrail audit;
    private final TransactionTemplate transactions;
    private final Clock clock;

    Ending(
            SqlConversations conversations,
            ExchangeService exchange,
            AuditTrail audit,
            TransactionTemplate transactions,
            Clock clock) {
        this.conversations = conversations;
        this.exchange = exchange;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Ends what has reached its end, in the exchange too (SAFEGUARDS S20).
     *
     * @return how many messages
     */
    int purge(int limit) {
        Integer purged = transactions.execute(status -> {
            int gone = 0;
            for (Entry entry : conversations.ended(clock.instant(), limit)) if (purge(entry)) gone++;
            return gone;
        });
        return purged == null ? 0 : purged;
    }

    private boolean purge(Entry entry) {
        // What still waits ends with the exchange's own clock, and here a moment later.
        if (entry.ours()
                && entry.name()
                        .flatMap(exchange::sent)
                        .filter(sent -> sent.state() == Sent.State.WAITING)
                        .isPresent()) return false;
        return audit.act(NODE, "bureau.purge", "message/" + entry.id(), unused -> {
            entry.name().ifPresent(name -> purgeContent(entry, name));
            conversations.remove(entry);
            return true;
        });
    }

    private void purgeContent(Entry entry, MessageId name) {
        MemberId peer = entry.conversation().peer();
        if (entry.ours()) {
            if (exchange.sentMessage(name).isPresent()) exchange.purgeSent(NODE, name);
        } else if (exchange.received(peer, name).isPresent()) exchange.purgeReceived(NODE, peer, name);
    }
}
