package org.sharaka.node.exchange;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.assembly.SecurityEvent;
import org.sharaka.node.assembly.SecurityEvents;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.platform.Vault;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.message.Lane;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.Position;
import org.sharaka.protocol.message.Receipt;
import org.sharaka.protocol.message.SignedMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes committed messages in, each order by itself: the module that knows its content type gets it, and accepts or refuses. Works
 * in batches, one transaction each; if one of a batch is refused or fails, its orders are taken one by one.
 */
final class TakingIn {
    private static final Logger LOG = LoggerFactory.getLogger(TakingIn.class);
    private static final int STREAMS = 50;
    /** Of all orders of a batch together, as far as none gets fewer than {@link #FEWEST}. */
    private static final int MESSAGES = 200;

    private static final int FEWEST = 10;
    /** Whoever brings more for an order that is being taken from waits for the end of that. */
    private static final Duration LONGEST_BATCH = Duration.ofMillis(500);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final SqlInbox inbox;
    private final SqlReceipts receipts;
    private final Supplier<List<MessageListener>> listeners;
    private final Supplier<MessageFiles> files;
    private final SecurityEvents security;
    private final AuditTrail audit;
    private final Vault vault;
    private final TransactionTemplate transactions;
    private final ApplicationEventPublisher events;
    private final Consumer<MemberId> answered;
    private final Clock clock;
    private final Map<Lane, Turns> dirty = new EnumMap<>(Lane.class);
    private final Map<Lane, Signal> signals = new EnumMap<>(Lane.class);
    private final Map<Stream, Pause> paused = new HashMap<>();
    private final JustRead justRead = new JustRead();

    private record Pause(int failures, Instant until) {}

    /** @param answered told for whom receipts wait for a courier */
    TakingIn(
            SqlInbox inbox,
            SqlReceipts receipts,
            Supplier<List<MessageListener>> listeners,
            Supplier<MessageFiles> files,
            SecurityEvents security,
            AuditTrail audit,
            Vault vault,
            TransactionTemplate transactions,
            ApplicationEventPublisher events,
            Consumer<MemberId> answered,
            Clock clock) {
        this.inbox = inbox;
        this.receipts = receipts;
        this.listeners = listeners;
        this.files = files;
        this.security = security;
        this.audit = audit;
        this.vault = vault;
        this.transactions = transactions;
        this.events = events;
        this.answered = answered;
        this.clock = clock;
        for (Lane lane : Lane.values()) {
            dirty.put(lane, new Turns());
            signals.put(lane, new Signal());
        }
    }

    private static <T> T of(Lane lane, Map<Lane, T> each) {
        T known = each.get(lane);
        if (known == null) throw new IllegalStateException("no lane " + lane);
        return known;
    }

    /** Something new lies in these orders, some of which is here already. */
    void look(Collection<Stream> streams, Collection<SignedMessage> read) {
        read.forEach(justRead::keep);
        look(streams);
    }

    /** Something new lies in these orders. */
    void look(Collection<Stream> streams) {
        synchronized (this) {
            for (Stream stream : streams) of(stream.lane(), dirty).add(stream);
        }
        streams.stream().map(Stream::lane).distinct().forEach(lane -> of(lane, signals)
                .give());
    }

    /** Looks in the database for orders that nobody told of: after a start, or a failure. */
    void sweep() {
        look(inbox.ready(1_000));
    }

    /** Waits up to a time for something to do in a lane. */
    void await(Lane lane, Duration time) throws InterruptedException {
        of(lane, signals).await(time);
    }

    private synchronized List<Stream> next(Lane lane) {
        Instant now = clock.instant();
        List<Stream> next = new ArrayList<>();
        List<Stream> more = of(lane, dirty).take(STREAMS);
        while (!more.isEmpty()) {
            for (Stream stream : more) {
                Pause pause = paused.get(stream);
                if (pause == null || Pauses.over(pause.until(), LONGEST_PAUSE, now)) next.add(stream);
            }
            more = of(lane, dirty).take(STREAMS - next.size());
        }
        return next;
    }

    /** Takes in what is ready in a lane. @return whether there was anything */
    boolean run(Lane lane) {
        List<Stream> streams = next(lane);
        if (streams.isEmpty()) return false;
        try {
            look(take(new TreeSet<>(streams)));
        } catch (RuntimeException e) {
            // The database is away, or somebody else was faster: the sweep finds them again.
            LOG.warn("messages were not taken in, next try soon", e);
        }
        return true;
    }

    /** Names the order at which a batch stopped, and the message, if it was one. */
    private static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Stream stream;
        private final transient Optional<SqlInbox.Held> held;

        private StoppedException(Stream stream, Optional<SqlInbox.Held> held, RuntimeException cause) {
            super(cause);
            this.stream = stream;
            this.held = held;
        }

        private String subject() {
            return held.map(message -> "message " + message.id()).orElse("an order");
        }
    }

    /**
     * Whatever one member sends, the work of the others is done again once at most.
     *
     * @return orders in which there is more
     */
    private List<Stream> take(Set<Stream> streams) {
        Map<MessageReference, Refusal> refused = new HashMap<>();
        if (streams.stream().map(Stream::sender).distinct().count() > 1) {
            try {
                return batch(streams, refused);
            } catch (StoppedException e) {
                if (!refuses(e, refused)) streams.remove(e.stream);
            }
        }
        Map<MemberId, Set<Stream>> bySender = new TreeMap<>();
        streams.forEach(stream -> bySender.computeIfAbsent(stream.sender(), sender -> new TreeSet<>())
                .add(stream));
        List<Stream> more = new ArrayList<>();
        for (Set<Stream> theirs : bySender.values()) more.addAll(takeOfOne(theirs, refused));
        return more;
    }

    private List<Stream> takeOfOne(Set<Stream> streams, Map<MessageReference, Refusal> refused) {
        try {
            return batch(streams, refused);
        } catch (StoppedException e) {
            if (!refuses(e, refused)) streams.remove(e.stream);
        }
        List<Stream> more = new ArrayList<>();
        for (Stream stream : streams) more.addAll(takeAlone(stream, refused));
        return more;
    }

    private List<Stream> takeAlone(Stream stream, Map<MessageReference, Refusal> refused) {
        while (true) {
            try {
                return batch(Set.of(stream), refused);
            } catch (StoppedException e) {
                if (!refuses(e, refused)) return List.of();
            }
        }
    }

    private List<Stream> batch(Set<Stream> streams, Map<MessageReference, Refusal> refused) {
        Batch batch = new Batch(refused);
        transactions.executeWithoutResult(status -> batch.take(streams));
        synchronized (this) {
            streams.forEach(paused::remove);
        }
        batch.decided.stream().map(SqlInbox.Decided::sender).distinct().forEach(answered);
        return batch.more;
    }

    /** Notes what was refused. @return false if it failed instead, and its order pauses */
    private boolean refuses(StoppedException stopped, Map<MessageReference, Refusal> refused) {
        if (stopped.held.isPresent() && stopped.getCause() instanceof RefusedException why) {
            SqlInbox.Held held = stopped.held.get();
            refused.put(new MessageReference(held.id(), held.hash()), why.refusal());
            return true;
        }
        pause(stopped);
        return false;
    }

    private void pause(StoppedException stopped) {
        int failures;
        synchronized (this) {
            Pause before = paused.get(stopped.stream);
            failures = before == null ? 1 : before.failures() + 1;
            Duration pause = Duration.ofSeconds(1L << Math.min(failures - 1, 10));
            if (pause.compareTo(LONGEST_PAUSE) > 0) pause = LONGEST_PAUSE;
            paused.put(stopped.stream, new Pause(failures, clock.instant().plus(pause)));
        }
        @Nullable Throwable cause = stopped.getCause();
        security.report(
                SecurityEvent.Kind.TAKING_IN_FAILED, Optional.of(stopped.stream.sender()), "", stopped.subject());
        LOG.atError()
                .addKeyValue("received", stopped.subject())
                .addKeyValue("failures", failures)
                .setCause(cause)
                .log("a message could not be taken in; its conversation waits");
    }

    /** One transaction's work. */
    private final class Batch {
        private final Map<MessageReference, Refusal> refused;
        private final List<SqlInbox.Decided> decided = new ArrayList<>();
        private final List<Stream> more = new ArrayList<>();
        private final Instant now = clock.instant();
        private final long begun = System.nanoTime();

        private Batch(Map<MessageReference, Refusal> refused) {
            this.refused = refused;
        }

        private void take(Set<Stream> streams) {
            Map<Stream, Position> begin = inbox.lock(streams);
            if (begin.isEmpty()) return;
            int read = Math.max(FEWEST, MESSAGES / begin.size());
            Map<Stream, List<SqlInbox.Held>> held = inbox.held(begin, read);
            Map<Stream, Set<Position>> skipped = inbox.skipped(begin, read);
            Map<Stream, Position> advanced = new HashMap<>();
            begin.forEach((stream, from) -> {
                Position next = takeOrStop(
                        stream,
                        from,
                        held.getOrDefault(stream, List.of()),
                        skipped.getOrDefault(stream, Set.of()),
                        read);
                if (!next.equals(from)) advanced.put(stream, next);
            });
            if (advanced.isEmpty()) return;
            inbox.advance(advanced);
            if (!skipped.isEmpty()) inbox.forgetSkipped(advanced);
            if (decided.isEmpty()) return;
            inbox.decide(decided, now);
            audit.enterAll(
                    Reception.NODE,
                    decided.stream()
                            .map(each -> AuditTrail.Deed.done(
                                    each.refusal().isPresent() ? Reception.REFUSE : Reception.ACCEPT,
                                    Reception.subject(each.sender(), each.id())))
                            .toList());
            Map<MemberId, List<Receipt>> said = new HashMap<>();
            for (SqlInbox.Decided each : decided)
                said.computeIfAbsent(each.sender(), unused -> new ArrayList<>()).add(receipt(each));
            said.forEach(receipts::give);
        }

        private Receipt receipt(SqlInbox.Decided each) {
            MessageReference reference = new MessageReference(each.id(), each.hash());
            return each.refusal().isPresent()
                    ? new Receipt(
                            reference, Receipt.State.REFUSED, now, each.refusal(), Optional.empty(), Optional.empty())
                    : Receipt.accepted(reference, now);
        }

        /** Whatever goes wrong in one order stops that order and no other. */
        private Position takeOrStop(
                Stream stream, Position from, List<SqlInbox.Held> held, Set<Position> skipped, int read) {
            try {
                return take(stream, from, held, skipped, read);
            } catch (StoppedException e) {
                throw e;
            } catch (RuntimeException e) {
                throw new StoppedException(stream, Optional.empty(), e);
            }
        }

        /**
         * @param read how many messages and marks were looked for
         * @return the place that is awaited next in this order
         */
        private Position take(Stream stream, Position from, List<SqlInbox.Held> held, Set<Position> skipped, int read) {
            Position next = from;
            Iterator<SqlInbox.Held> candidates = held.iterator();
            SqlInbox.Held candidate = candidates.hasNext() ? candidates.next() : null;
            while (true) {
                if (candidate != null && candidate.position().equals(next)) {
                    // The places are locked while it lasts; but one at least gets on.
                    if (!decided.isEmpty() && System.nanoTime() - begun > LONGEST_BATCH.toNanos()) {
                        more.add(stream);
                        return next;
                    }
                    if (decide(stream, candidate)) { // What follows waits for the next turn, lest it be done twice.
                        more.add(stream);
                        return next.next();
                    }
                    candidate = candidates.hasNext() ? candidates.next() : null;
                } else if (candidate == null && held.size() >= read) {
                    // More is held than was read: what was given up may have come all the same, and is no gap then.
                    break;
                } else if (candidate != null && candidate.newestEpoch() > next.epoch() && !skipped.contains(next)) {
                    next = afterLoss(candidate.position(), next.epoch());
                    continue;
                } else if (!skipped.contains(next)) {
                    break;
                }
                next = next.next();
            }
            boolean all = held.size() < read && skipped.size() < read;
            if (!all && !next.equals(from)) more.add(stream);
            return next;
        }

        /**
         * Its sender came back from a backup and has begun a newer epoch in this order: of the older ones nothing comes any more,
         * and their gaps are what it lost.
         */
        private static Position afterLoss(Position candidate, long epoch) {
            return candidate.epoch() == epoch
                    ? candidate
                    : new Position(candidate.conversation(), candidate.lane(), candidate.epoch(), 1);
        }

        /** @return whether it is refused */
        private boolean decide(Stream stream, SqlInbox.Held held) {
            Optional<Refusal> why = Optional.ofNullable(refused.get(new MessageReference(held.id(), held.hash())));
            if (!held.keepUntil().isAfter(now)) why = Optional.of(Refusal.EXPIRED);
            // Known before anything is tried: whoever sends such costs the others no second try.
            if (why.isEmpty() && listener(held).isEmpty()) why = Optional.of(Refusal.FORMAT_UNKNOWN);
            if (why.isEmpty()) {
                try {
                    hand(stream, held);
                    events.publishEvent(
                            new MessageAccepted(stream.sender(), held.id(), stream.conversation(), held.contentType()));
                } catch (RuntimeException e) {
                    throw new StoppedException(stream, Optional.of(held), e);
                }
            }
            decided.add(new SqlInbox.Decided(stream.sender(), held.id(), held.hash(), why.map(Refusal::code)));
            return why.isPresent();
        }

        private Optional<MessageListener> listener(SqlInbox.Held held) {
            return listeners.get().stream()
                    .filter(each -> each.contentType().equals(held.contentType())
                            && each.contentFormat() == held.contentFormat())
                    .findFirst();
        }

        private void hand(Stream stream, SqlInbox.Held held) {
            MessageListener listener =
                    listener(held).orElseThrow(() -> Refusal.FORMAT_UNKNOWN.because(held.contentType()));
            SignedMessage message = justRead.take(stream.sender(), held.id(), held.hash())
                    .orElseGet(() -> stored(stream.sender(), held));
            listener.take(message);
            if (!message.message().files().isEmpty()) files.get().accepted(message);
            if (message.message().onward().isPresent()) events.publishEvent(new OnwardAccepted(message));
        }

        private SignedMessage stored(MemberId sender, SqlInbox.Held held) {
            byte[] small = held.sealed();
            byte[] sealed = small == null ? inbox.sealed(sender, held.id()) : small;
            return SignedMessage.ofKept(vault.open(Reception.context(sender, held.id()), sealed));
        }
    }
}
