package org.sharaka.node.attachment;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.sharaka.node.evidence.DestructionReason;
import org.sharaka.node.evidence.EvidenceService;
import org.sharaka.node.evidence.Item;
import org.sharaka.node.evidence.ItemDestroyed;
import org.sharaka.node.exchange.ExchangeService;
import org.sharaka.node.exchange.MessagePurged;
import org.sharaka.node.exchange.Sent;
import org.springframework.context.event.EventListener;

/**
 * Key and content of a file end together, wherever they lie (ADR 0032, SAFEGUARDS S20): with a message that is purged its files go, and
 * with an item that is destroyed the messages that carry its key.
 */
final class Endings {
    private static final int AT_ONCE = 200;

    private final SqlAttachments attachments;
    private final EvidenceService evidence;
    private final ExchangeService exchange;
    private final UnderWay underWay;
    private final Clock clock;

    Endings(
            SqlAttachments attachments,
            EvidenceService evidence,
            ExchangeService exchange,
            UnderWay underWay,
            Clock clock) {
        this.attachments = attachments;
        this.evidence = evidence;
        this.exchange = exchange;
        this.underWay = underWay;
        this.clock = clock;
    }

    /** From this transaction on it is given to nobody and fetched no more; the content follows it within seconds. */
    @EventListener
    void on(MessagePurged purged) {
        if (attachments.end(purged.sender(), purged.id(), now()) > 0) underWay.wake();
    }

    @EventListener
    void on(ItemDestroyed destroyed) {
        for (SqlAttachments.Carrier carrier : attachments.carriers(destroyed.item())) {
            int unused = attachments.end(carrier.sender(), carrier.message(), now());
            purge(carrier);
        }
    }

    /** What waits to be sent keeps its key until it is gone or given up, and is purged then. */
    private boolean purge(SqlAttachments.Carrier carrier) {
        if (carrier.sender().isPresent()) {
            if (exchange.received(carrier.sender().get(), carrier.message()).isPresent())
                exchange.purgeReceived(FileDesk.NODE, carrier.sender().get(), carrier.message());
            return true;
        }
        if (exchange.sentMessage(carrier.message()).isEmpty()) return true;
        boolean waits = exchange.sent(carrier.message())
                .filter(sent -> sent.state() == Sent.State.WAITING)
                .isPresent();
        if (!waits) exchange.purgeSent(FileDesk.NODE, carrier.message());
        return !waits;
    }

    /** Destroys files whose messages have ended. @return how many were seen to */
    int run() {
        attachments.endExpired(now());
        int done = 0;
        for (SqlAttachments.Ended ended : attachments.toClear(AT_ONCE)) {
            Optional<Item> item = evidence.shown(FileDesk.NODE, java.util.List.of(ended.item())).stream()
                    .filter(each -> each.state() != Item.State.DESTROYED)
                    .findFirst();
            if (item.isEmpty()) {
                if (!purge(ended.carrier())) continue;
            } else if (endsWithItsMessages(item.get())) {
                evidence.destroy(FileDesk.NODE, ended.item(), DestructionReason.RETENTION);
            }
            attachments.cleared(ended, now());
            done++;
        }
        return done;
    }

    /** What was made part of something else outlives its messages; so does what another message still carries, and what a unit must look at. */
    private boolean endsWithItsMessages(Item item) {
        if (item.restricted() || !attachments.carriers(item.id()).isEmpty()) return false;
        return item.belongsTo()
                .filter(subject -> attachments.everCarried(item.id()).stream()
                        .map(SqlAttachments.Carrier::subject)
                        .anyMatch(subject::equals))
                .isPresent();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
