package org.sharaka.node.exchange;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.node.exchange.wire.PeerClient;
import org.sharaka.node.exchange.wire.PeerUnreachableException;
import org.sharaka.node.platform.Vault;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.cms.Certificate;
import org.sharaka.protocol.cms.Profile1;
import org.sharaka.protocol.message.Lane;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.Reader;
import org.sharaka.protocol.message.SealedMessage;
import org.sharaka.protocol.message.SignedMessage;
import org.sharaka.protocol.roster.Member;
import org.sharaka.protocol.transport.Answer;
import org.sharaka.protocol.transport.Collection;
import org.sharaka.protocol.transport.TransportLimits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what waits to its recipients: a courier for each recipient and lane, and a few more where one does not carry all. The
 * control lane has couriers of its own, which bring receipts too.
 */
final class Couriers {
    private static final Logger LOG = LoggerFactory.getLogger(Couriers.class);
    /** For one recipient and lane: a line that is long keeps none of them waiting for an answer alone. */
    private static final int MOST_COURIERS = 4;
    /** In the ordinary lane what is committed while the first is away does not wait until that is back. */
    private static final int AT_ONCE = 2;
    /** A courier that was away so long goes once more after all others that wait for a thread. */
    private static final Duration TURN = Duration.ofSeconds(5);

    /** Why a message waits that shares data onward of which we do not know what was ordered while we were away. */
    private static final String UNSETTLED = "unsettled";

    /** What is counted under a name of its own. */
    private static final Set<String> REASONS = Set.of(
            "unreachable",
            "no-endpoint",
            "another-answered",
            "answer-wrong",
            "not-a-member",
            "too-slow",
            "too-large",
            "rate-exceeded",
            "not-now");

    private final SqlOutbox outbox;
    private final SqlReceipts receipts;
    private final ReceiptBook book;
    private final Homecoming homecoming;
    private final Settling settling;
    private final Rosters rosters;
    private final PeerClient client;
    private final Breakers breakers;
    private final Vault vault;
    private final Profile1 profile;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final Map<Round, UnderWay> rounds = new ConcurrentHashMap<>();
    private final Set<Round> told = ConcurrentHashMap.newKeySet();
    private final Semaphore beyondFirst;
    private final ExecutorService slowPool;

    private record Round(MemberId recipient, Lane lane) {}

    /**
     * The couriers of one round and what they carry. They are counted without a lock: whoever has just committed counts them
     * and still holds his connection, while a courier that chooses what to carry waits for one with the lock in its hands.
     */
    private static final class UnderWay {
        private final AtomicInteger couriers = new AtomicInteger();
        private final AtomicBoolean receipts = new AtomicBoolean();
        private final Set<MessageId> carried = new HashSet<>();

        private synchronized Set<MessageId> carried() {
            return Set.copyOf(carried);
        }

        /** @return how many were out before; as many as allowed if it may not */
        private int setsOut(int most) {
            return Math.min(most, couriers.getAndUpdate(many -> Math.min(many + 1, Math.max(many, most))));
        }
    }

    /**
     * @param beyondFirst how many couriers all members together may have beside the first of each
     * @param slowPool for members that answer slowly: they wait for each other, and nobody for them
     */
    Couriers(
            SqlOutbox outbox,
            SqlReceipts receipts,
            ReceiptBook book,
            Homecoming homecoming,
            Settling settling,
            Rosters rosters,
            PeerClient client,
            Breakers breakers,
            Vault vault,
            Profile1 profile,
            MeterRegistry metrics,
            int beyondFirst,
            ExecutorService slowPool,
            Clock clock) {
        this.outbox = outbox;
        this.receipts = receipts;
        this.book = book;
        this.homecoming = homecoming;
        this.settling = settling;
        this.rosters = rosters;
        this.client = client;
        this.breakers = breakers;
        this.vault = vault;
        this.profile = profile;
        this.metrics = metrics;
        this.beyondFirst = new Semaphore(beyondFirst);
        this.slowPool = slowPool;
        this.clock = clock;
    }

    static String context(MessageId id) {
        return "exchange.sent/" + id;
    }

    /** Members that can be called, if they let be called now. */
    private Map<MemberId, Member> reachable() {
        MemberId us = rosters.us();
        Map<MemberId, Member> reachable = new LinkedHashMap<>();
        for (Member member : rosters.current().members())
            if (member.exchanges()
                    && !member.id().equals(us)
                    && !member.endpoints().isEmpty()
                    && breakers.allows(member.id())) reachable.put(member.id(), member);
        return reachable;
    }

    /** Something waits for a member; the next turn need not ask the database for whom. */
    void tell(MemberId recipient, Lane lane) {
        boolean unused = told.add(new Round(recipient, lane));
    }

    /**
     * Sends couriers to those of whom {@link #tell} told; who has as many already as set out unasked is remembered until one is back.
     * A member that was not reached, or answers slowly, gets one alone.
     */
    void sendTold(Lane lane, ExecutorService pool, Runnable afterwards) {
        if (told.isEmpty()) return;
        Map<MemberId, Member> reachable = reachable();
        for (Round round : List.copyOf(told)) {
            if (round.lane() != lane) continue;
            Member member = reachable.get(round.recipient());
            // Removed first: what is told from here on is for another courier.
            boolean alone =
                    lane == Lane.CONTROL || breakers.failures(round.recipient()) > 0 || client.slow(round.recipient());
            int most = alone ? 1 : AT_ONCE;
            while (told.remove(round) && member != null && !start(member, lane, pool, afterwards, most)) {
                boolean unused = told.add(round);
                // Whoever is on the way looks here when it is back, if it had not come back already.
                if (onTheWay(round)) break;
            }
        }
    }

    private boolean onTheWay(Round round) {
        return underWay(round.recipient(), round.lane()).couriers.get() > 0;
    }

    /**
     * Sends couriers for what waits in a lane.
     *
     * @param afterwards run by each when it is back
     */
    void send(Lane lane, ExecutorService pool, Runnable afterwards) {
        Map<MemberId, Member> reachable = reachable();
        if (reachable.isEmpty()) return;
        Set<MemberId> recipients = new HashSet<>(outbox.recipients(reachable.keySet(), lane, clock.instant()));
        if (lane == Lane.CONTROL) {
            recipients.addAll(receipts.recipients(reachable.keySet()));
            recipients.addAll(homecoming.untold(reachable.keySet()));
            recipients.addAll(settling.toAsk(reachable.keySet()));
        }
        for (MemberId recipient : recipients) {
            Member member = reachable.get(recipient);
            if (member != null && !start(member, lane, pool, afterwards, 1)) tell(recipient, lane);
        }
    }

    /** @param most how many couriers of this round there may be with this one; false if there are as many */
    private boolean start(Member member, Lane lane, ExecutorService pool, Runnable afterwards, int most) {
        UnderWay under = underWay(member.id(), lane);
        int out = under.setsOut(most);
        if (out == most) return false;
        boolean more = out > 0;
        if (more && !beyondFirst.tryAcquire()) {
            under.couriers.decrementAndGet();
            return false;
        }
        ExecutorService threads = client.slow(member.id()) ? slowPool : pool;
        try {
            threads.execute(() -> {
                try {
                    run(member, lane, () -> {
                        if (client.slow(member.id())) return;
                        boolean unused = start(member, lane, pool, afterwards, MOST_COURIERS);
                    });
                } catch (RuntimeException e) {
                    breakers.failed(member.id());
                    LOG.atWarn().addKeyValue("peer", member.id()).setCause(e).log("a courier came back with a fault");
                } finally {
                    back(under, more);
                    afterwards.run();
                }
            });
        } catch (RejectedExecutionException e) { // The node stops.
            back(under, more);
        } catch (Error e) { // No thread could be made.
            back(under, more);
            throw e;
        }
        return true;
    }

    private void back(UnderWay under, boolean more) {
        under.couriers.decrementAndGet();
        if (more) beyondFirst.release();
    }

    /** Waits, though not for ever, until those who carry something to a member just now are back. @return whether they are */
    boolean awaitBack(MemberId recipient, Duration most) {
        long end = System.nanoTime() + most.toNanos();
        for (Lane lane : Lane.values()) {
            UnderWay under = underWay(recipient, lane);
            Set<MessageId> carried = under.carried();
            while (!Collections.disjoint(under.carried(), carried)) {
                if (System.nanoTime() - end > 0) return false;
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
        }
        return true;
    }

    private UnderWay underWay(MemberId recipient, Lane lane) {
        return rounds.computeIfAbsent(new Round(recipient, lane), unused -> new UnderWay());
    }

    /** @param help sends another courier, because there is more than one carries */
    private void run(Member member, Lane lane, Runnable help) {
        try {
            long end = System.nanoTime() + TURN.toNanos();
            if (lane == Lane.CONTROL) {
                homecoming.declare(member);
                settling.ask(member, client);
            }
            boolean more = true;
            while (more
                    && System.nanoTime() - end < 0
                    && !Thread.currentThread().isInterrupted()) {
                more = lane == Lane.CONTROL && giveReceipts(member);
                more |= deliver(member, lane, help);
            }
            if (more) tell(member.id(), lane);
        } catch (PeerUnreachableException e) {
            breakers.failed(member.id());
            metrics.counter("sharaka.exchange.failures", "reason", known(e.reason()))
                    .increment();
            if (breakers.failures(member.id()) == 1)
                LOG.atWarn()
                        .addKeyValue("peer", member.id())
                        .addKeyValue("reason", e.reason())
                        .log("a member was not reached; tried again with growing pauses");
        }
    }

    /** A peer may call its refusal what it likes; a series of measurements has few names. */
    private static String known(String reason) {
        return REASONS.contains(reason) ? reason : "other";
    }

    /** @return whether there was something to give */
    boolean giveReceipts(Member member) throws PeerUnreachableException {
        // Of two at once each would sign and bring the same.
        AtomicBoolean giving = underWay(member.id(), Lane.CONTROL).receipts;
        if (!giving.compareAndSet(false, true)) return false;
        try {
            List<SqlReceipts.Given> waiting = book.waiting(member.id());
            if (waiting.isEmpty()) return false;
            ReceiptBook.Signed signed = book.sign(
                    member, waiting.stream().map(SqlReceipts.Given::receipt).toList());
            client.giveReceipts(member, signed.bytes(), signed.sealed());
            breakers.succeeded(member.id());
            receipts.markGiven(waiting.stream().map(SqlReceipts.Given::number).toList(), clock.instant());
            return true;
        } finally {
            giving.set(false);
        }
    }

    /** Sealed messages that wait for a member that collects, as many as go at once. */
    List<SealedMessage> seal(Member member, Lane lane, int maxMessages, int maxBytes) {
        Instant now = clock.instant();
        return seal(
                member, settled(outbox.due(member.id(), lane, now, maxMessages, maxBytes, List.of()), lane, now), now);
    }

    /** What shares another's data onward waits while that may have been taken back: we came back from a backup. Orders go on. */
    private List<SqlOutbox.Due> settled(List<SqlOutbox.Due> due, Lane lane, Instant now) {
        if (lane == Lane.CONTROL || settling.unsettled().isEmpty()) return due;
        Map<Boolean, List<SqlOutbox.Due>> byWaiting = due.stream().collect(Collectors.partitioningBy(this::waits));
        List<SqlOutbox.Due> waiting = byWaiting.getOrDefault(true, List.of());
        if (!waiting.isEmpty())
            outbox.postpone(waiting.stream().map(SqlOutbox.Due::id).toList(), UNSETTLED, now);
        return byWaiting.getOrDefault(false, List.of());
    }

    private boolean waits(SqlOutbox.Due due) {
        List<MemberId> hands = Reader.chain(SignedMessage.ofKept(vault.open(context(due.id()), due.sealed()))).stream()
                .map(each -> each.message().header().sender())
                .toList();
        // The first are we; the last is whose data it is.
        return !hands.get(hands.size() - 1).equals(rosters.us())
                && hands.stream().skip(1).anyMatch(member -> !settling.settled(member));
    }

    private List<SealedMessage> seal(Member member, List<SqlOutbox.Due> due, Instant now) {
        Optional<Certificate> sealing = member.sealingAt(now);
        if (sealing.isEmpty()) return List.of();
        MemberId us = rosters.us();
        return due.stream()
                .map(each -> SealedMessage.sealKept(
                        each.id(),
                        us,
                        member.id(),
                        each.sent(),
                        vault.open(context(each.id()), each.sealed()),
                        sealing.get(),
                        profile))
                .toList();
    }

    /** @return whether there was something to deliver */
    private boolean deliver(Member member, Lane lane, Runnable help) throws PeerUnreachableException {
        boolean reached = breakers.failures(member.id()) == 0;
        int most = reached ? TransportLimits.MESSAGES : 1;
        UnderWay under = underWay(member.id(), lane);
        Instant now = clock.instant();
        List<SqlOutbox.Due> due;
        synchronized (under) { // So that two couriers do not take the same.
            due = outbox.due(member.id(), lane, now, most, TransportLimits.BATCH_BYTES, under.carried);
            due.forEach(each -> under.carried.add(each.id()));
        }
        try {
            List<SqlOutbox.Due> going = settled(due, lane, now);
            List<SealedMessage> sealed = seal(member, going, now);
            if (sealed.isEmpty()) {
                // The member's key for sealing has run out: a new roster may list another.
                if (!going.isEmpty())
                    outbox.postpone(
                            going.stream().map(SqlOutbox.Due::id).toList(), Refusal.CERTIFICATE_NOT_VALID.code(), now);
                return !due.isEmpty();
            }
            if (reached && due.size() == most) help.run();
            Answer answer = client.deliver(member, Collection.encoded(sealed));
            breakers.succeeded(member.id());
            settle(member, sealed, answer);
            return true;
        } finally {
            synchronized (under) {
                due.forEach(each -> under.carried.remove(each.id()));
            }
        }
    }

    private void settle(Member member, List<SealedMessage> sealed, Answer answer) {
        Set<MessageId> open = new HashSet<>();
        sealed.forEach(each -> open.add(each.header().id()));
        Map<String, List<MessageId>> undecided = new LinkedHashMap<>();
        for (Answer.Undecided each : answer.undecided())
            if (open.remove(each.id()))
                undecided
                        .computeIfAbsent(each.reason(), unused -> new ArrayList<>())
                        .add(each.id());
        Instant now = clock.instant();
        undecided.forEach((reason, ids) -> outbox.postpone(ids, reason, now));
        if (undecided.containsKey(Homecoming.EPOCH_UNKNOWN)) homecoming.forgotten(member.id());
        int told = record(member, answer);
        // Whatever still waits was not answered for: without this it would go round and round.
        if (!open.isEmpty()) outbox.postpone(open, "not-answered", now);
        metrics.counter("sharaka.exchange.delivered").increment(Math.min(told, open.size()));
    }

    private int record(Member member, Answer answer) {
        if (answer.receipts().isEmpty()) return 0;
        try {
            return book.record(member, answer.receipts().get(), false).size();
        } catch (RefusedException e) {
            LOG.atWarn()
                    .addKeyValue("peer", member.id())
                    .addKeyValue("code", e.refusal().code())
                    .log("receipts that do not hold");
            return 0;
        }
    }
}
