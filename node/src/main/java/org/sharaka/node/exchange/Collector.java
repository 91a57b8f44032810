package org.sharaka.node.exchange;

import java.time.Duration;
import java.util.Optional;
import org.sharaka.node.exchange.wire.PeerClient;
import org.sharaka.node.exchange.wire.PeerUnreachableException;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.roster.Member;
import org.sharaka.protocol.transport.CollectRequest;
import org.sharaka.protocol.transport.Collection;
import org.sharaka.protocol.transport.KnownOpening;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches mail from a member, for a node that nobody can call. */
final class Collector {
    private static final Logger LOG = LoggerFactory.getLogger(Collector.class);

    /** A member that always has the same to give keeps nobody else waiting. */
    private static final int ROUNDS = 50;
    /** What is left then is fetched at the next poll: others wait for this thread. */
    private static final Duration TURN = Duration.ofSeconds(20);

    private final SqlReceipts receipts;
    private final ReceiptBook book;
    private final Reception reception;
    private final Couriers couriers;
    private final Openings openings;
    private final Settling settling;

    Collector(
            SqlReceipts receipts,
            ReceiptBook book,
            Reception reception,
            Couriers couriers,
            Openings openings,
            Settling settling) {
        this.receipts = receipts;
        this.book = book;
        this.reception = reception;
        this.couriers = couriers;
        this.openings = openings;
        this.settling = settling;
    }

    /** Takes all that waits for us there, and says each time what became of it. */
    void collect(Member from, PeerClient client) throws PeerUnreachableException {
        askForEpoch(from, client);
        takeAll(from, client);
        settling.tell(from, client);
    }

    private void takeAll(Member from, PeerClient client) throws PeerUnreachableException {
        boolean progress = true;
        long end = System.nanoTime() + TURN.toNanos();
        for (int round = 0;
                progress
                        && round < ROUNDS
                        && System.nanoTime() - end < 0
                        && !Thread.currentThread().isInterrupted();
                round++) {
            Optional<Collection> collected = client.collect(from, new CollectRequest(receipts.collected(from.id())));
            if (collected.isEmpty()) return;
            progress = take(from, collected.get());
            while (couriers.giveReceipts(from)) progress = true;
        }
    }

    /** Nobody can call us to declare that it came back from a backup. */
    private void askForEpoch(Member from, PeerClient client) throws PeerUnreachableException {
        try {
            client.ask(
                            from,
                            EpochPath.PATH + "?" + EpochPath.MEMBER + from.id(),
                            Optional.empty(),
                            KnownOpening.MAX_BYTES)
                    .flatMap(bytes -> KnownOpening.parse(bytes).opening())
                    .ifPresent(opening -> openings.note(from, opening));
        } catch (RefusedException e) {
            LOG.atWarn()
                    .addKeyValue("peer", from.id())
                    .addKeyValue("code", e.refusal().code())
                    .log("a declaration of an epoch does not hold");
        } catch (PeerUnreachableException e) {
            if (!e.reason().equals("unknown-path")) throw e;
        }
    }

    /** @return whether anything was decided, so that there may be more to come */
    private boolean take(Member from, Collection collected) {
        boolean progress = false;
        if (collected.receipts().isPresent()) {
            try {
                Hash hash = collected.receipts().get().hash();
                var unused = book.record(from, collected.receipts().get(), collected.sealed());
                progress = receipts.collected(from.id()).stream().noneMatch(hash::equals);
                receipts.setCollected(from.id(), hash);
            } catch (RefusedException e) {
                LOG.atWarn()
                        .addKeyValue("peer", from.id())
                        .addKeyValue("code", e.refusal().code())
                        .log("collected receipts do not hold");
            }
        }
        if (collected.messages().isEmpty()) return progress;
        return reception.collected(from, collected.messages()) > 0 || progress;
    }
}
