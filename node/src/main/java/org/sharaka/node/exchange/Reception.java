package org.sharaka.node.exchange;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.sharaka.node.access.Actor;
import org.sharaka.node.assembly.OwnMember;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.node.assembly.SecurityEvent;
import org.sharaka.node.assembly.SecurityEvents;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.platform.Vault;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.cms.Profile1;
import org.sharaka.protocol.message.Lane;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.Position;
import org.sharaka.protocol.message.Reader;
import org.sharaka.protocol.message.Receipt;
import org.sharaka.protocol.message.SealedMessage;
import org.sharaka.protocol.message.SignedMessage;
import org.sharaka.protocol.roster.Member;
import org.sharaka.protocol.transport.Answer;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Opens and verifies what a member brings, commits it, and only then says so. What is known gets the receipt that it got before; it
 * is not judged again, for its bytes were.
 */
final class Reception {
    static final Actor NODE = Actor.system("exchange");
    static final String ACCEPT = "exchange.accept";
    static final String REFUSE = "exchange.refuse";

    /** What may be otherwise later, and so is not final. */
    private static final Set<Refusal> NOT_FINAL = EnumSet.of(
            Refusal.ROSTER_NOT_KNOWN_YET, Refusal.ROSTER_DIFFERS, Refusal.ROSTER_EXPIRED, Refusal.SENT_IN_FUTURE);

    private static final String QUEUE_FULL = "queue-full";

    /** More than it takes to take from the orders that are locked, see {@link TakingIn}. */
    private static final Duration LOCKED = Duration.ofSeconds(5);

    private final SqlInbox inbox;
    private final SqlReceipts receipts;
    private final ReceiptBook book;
    private final Openings openings;
    private final Rosters rosters;
    private final SecurityEvents security;
    private final AuditTrail audit;
    private final Vault vault;
    private final Profile1 profile;
    private final TransactionTemplate transactions;
    private final BiConsumer<List<Stream>, List<SignedMessage>> arrived;
    private final int mostHeld;
    private final SqlInbox.Brought share;
    private final Clock clock;

    /**
     * @param arrived told in which orders something new lies, and what of it was small enough to keep at hand, once that is committed
     * @param mostHeld of one sender, while a gap is open
     * @param share of one sender in each lane, a day
     */
    Reception(
            SqlInbox inbox,
            SqlReceipts receipts,
            ReceiptBook book,
            Openings openings,
            Rosters rosters,
            SecurityEvents security,
            AuditTrail audit,
            Vault vault,
            Profile1 profile,
            TransactionTemplate transactions,
            BiConsumer<List<Stream>, List<SignedMessage>> arrived,
            int mostHeld,
            SqlInbox.Brought share,
            Clock clock) {
        this.inbox = inbox;
        this.receipts = receipts;
        this.book = book;
        this.openings = openings;
        this.rosters = rosters;
        this.security = security;
        this.audit = audit;
        this.vault = vault;
        this.profile = profile;
        this.transactions = transactions;
        this.arrived = arrived;
        this.mostHeld = mostHeld;
        this.share = share;
        this.clock = clock;
    }

    static String subject(MemberId sender, MessageId id) {
        return "message/" + id + " from " + sender;
    }

    static String context(MemberId sender, MessageId id) {
        return "exchange.received/" + sender + "/" + id;
    }

    /** What came in one request, sorted by what becomes of it. */
    private static final class Sorted {
        private final List<Answer.Undecided> undecided = new ArrayList<>();
        /** Receipts for what is new, committed with it. */
        private final List<Receipt> said = new ArrayList<>();
        /** Known ones with their hash, for the receipts that they had. */
        private final Map<MessageId, Hash> known = new HashMap<>();
        /** Small ones, as they were read. */
        private final Map<MessageId, SignedMessage> read = new HashMap<>();
        /** Receipts that are not stored: another message has that id. */
        private final List<Receipt> reused = new ArrayList<>();
    }

    /** Answers a member that brought messages itself. */
    Answer answer(Member peer, List<SealedMessage> sealed) {
        Sorted sorted = receive(peer, sealed, true);
        List<Receipt> told = new ArrayList<>(sorted.reused);
        told.addAll(sorted.said);
        List<Long> now = new ArrayList<>();
        if (!sorted.known.isEmpty()) sayAgain(peer, sorted.known, told, now);
        Answer answer = new Answer(
                told.isEmpty()
                        ? Optional.empty()
                        : Optional.of(book.sign(peer, told).bytes()),
                sorted.undecided);
        receipts.markGiven(now, clock.instant());
        return answer;
    }

    /** @param given gets the numbers of those that need not be given once more */
    private void sayAgain(Member peer, Map<MessageId, Hash> known, List<Receipt> told, List<Long> given) {
        for (SqlReceipts.Given each : receipts.about(peer.id(), known.keySet())) {
            Receipt receipt = each.receipt();
            boolean same =
                    receipt.message().hash().equals(known.get(receipt.message().id()));
            // What carries text goes sealed, in a batch of its own.
            if (!same
                    || receipt.state() == Receipt.State.SKIPPED
                    || receipt.sentence().isPresent()) continue;
            told.add(receipt);
            // An answer that is lost brings these messages again; whatever was said later is given by itself.
            if (receipt.state() != Receipt.State.ACCEPTED) given.add(each.number());
        }
    }

    /**
     * Takes what was collected from a member; its receipts wait for a courier. Those that went out with an answer may never have
     * arrived, and a member that offers a message again says so.
     *
     * @return how many were decided
     */
    int collected(Member peer, List<SealedMessage> sealed) {
        Sorted sorted = receive(peer, sealed, false);
        receipts.giveAgain(peer.id(), sorted.known.keySet());
        return sorted.said.size() + sorted.known.size() + sorted.reused.size();
    }

    private Sorted receive(Member peer, List<SealedMessage> sealed, boolean answering) {
        try {
            return store(peer, sealed, answering);
        } catch (DuplicateKeyException e) { // The same came twice at the same moment.
            return store(peer, sealed, answering);
        }
    }

    /** @param answering whether the receipts go out with the answer */
    private Sorted store(Member peer, List<SealedMessage> sealed, boolean answering) {
        Instant now = clock.instant();
        Sorted sorted = new Sorted();
        if (openings.untold(peer)) {
            sealed.forEach(each ->
                    sorted.undecided.add(new Answer.Undecided(each.header().id(), Homecoming.RETURN_UNTOLD)));
            return sorted;
        }
        Map<MessageId, SqlInbox.Arrival> fresh = new java.util.LinkedHashMap<>();
        Map<MessageId, byte[]> keyed = new HashMap<>();
        List<Unsealed> unsealed = unseal(peer, sealed, sorted, now);
        Map<MessageId, Hash> before =
                inbox.known(peer.id(), unsealed.stream().map(Unsealed::id).toList());
        Reader reader = new Reader(profile, rosters.history());
        MemberId us = rosters.us();
        for (Unsealed each : unsealed) {
            byte[] mac = vault.mac("exchange.message", each.hash().bytes());
            Optional<Hash> earlier = Optional.ofNullable(before.get(each.id()))
                    .or(() -> Optional.ofNullable(keyed.get(each.id())).map(Hash::ofDigest));
            if (earlier.isPresent() && earlier.get().equals(Hash.ofDigest(mac))) {
                if (before.containsKey(each.id())) sorted.known.put(each.id(), each.hash());
                continue;
            }
            judge(peer.id(), each, mac, earlier.isPresent(), reader, us, sorted, now)
                    .ifPresent(arrival -> {
                        fresh.put(each.id(), arrival);
                        keyed.put(each.id(), mac);
                    });
        }
        if (!fresh.isEmpty()) commit(peer.id(), List.copyOf(fresh.values()), sorted, answering, now);
        return sorted;
    }

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Unsealed(SealedMessage sealed, byte[] bytes, Hash hash) {
        MessageId id() {
            return sealed.header().id();
        }
    }

    private List<Unsealed> unseal(Member peer, List<SealedMessage> sealed, Sorted sorted, Instant now) {
        Reader reader = new Reader(profile, rosters.history());
        OwnMember own = rosters.own();
        List<Unsealed> unsealed = new ArrayList<>();
        for (SealedMessage each : sealed) {
            MessageId id = each.header().id();
            if (!each.header().sender().equals(peer.id())) {
                refusedUnread(peer.id(), id, "not-the-sender", sorted);
                continue;
            }
            try {
                byte[] bytes = reader.unseal(each, own.entry().id(), own.sealing(), now);
                unsealed.add(new Unsealed(each, bytes, Hash.of(bytes)));
            } catch (RefusedException e) {
                refusedUnread(peer.id(), id, e.refusal().code(), sorted);
            }
        }
        return unsealed;
    }

    /** Without a hash there is nothing that a receipt could name; whoever sent it finds the fault or lets it expire. */
    private void refusedUnread(MemberId peer, MessageId id, String code, Sorted sorted) {
        security.report(SecurityEvent.Kind.MESSAGE_REFUSED, Optional.of(peer), code, "message " + id);
        sorted.undecided.add(new Answer.Undecided(id, code));
    }

    private Optional<SqlInbox.Arrival> judge(
            MemberId peer,
            Unsealed each,
            byte[] mac,
            boolean idTaken,
            Reader reader,
            MemberId us,
            Sorted sorted,
            Instant now) {
        Optional<SqlInbox.Facts> facts = Optional.empty();
        Optional<Refusal> refusal = Optional.empty();
        try {
            SignedMessage read = reader.read(each.sealed().header(), each.bytes(), us, now);
            facts = Optional.of(SqlInbox.Facts.of(read));
            if (each.bytes().length <= JustRead.BYTES) sorted.read.put(each.id(), read);
        } catch (RefusedException e) {
            refusal = Optional.of(e.refusal());
        }
        if (refusal.isPresent() && NOT_FINAL.contains(refusal.get())) {
            sorted.undecided.add(new Answer.Undecided(each.id(), refusal.get().code()));
            // A roster that we do not have yet is nobody's fault.
            if (refusal.get() != Refusal.ROSTER_NOT_KNOWN_YET) tell(peer, each.id(), refusal.get());
            return Optional.empty();
        }
        if (idTaken) {
            Refusal why = refusal.orElse(Refusal.ID_REUSED);
            tell(peer, each.id(), why);
            sorted.reused.add(Receipt.refused(new MessageReference(each.id(), each.hash()), why, now));
            return Optional.empty();
        }
        return Optional.of(
                new SqlInbox.Arrival(each.id(), each.hash(), mac, facts, refusal, sealedForUs(peer, each, refusal)));
    }

    private byte[] sealedForUs(MemberId peer, Unsealed each, Optional<Refusal> refusal) {
        return refusal.isPresent() ? new byte[0] : vault.seal(context(peer, each.id()), each.bytes());
    }

    private void tell(MemberId peer, MessageId id, Refusal why) {
        SecurityEvent.Kind kind =
                why == Refusal.ID_REUSED ? SecurityEvent.Kind.ID_REUSED : SecurityEvent.Kind.MESSAGE_REFUSED;
        security.report(kind, Optional.of(peer), why.code(), "message " + id);
    }

    private void commit(
            MemberId sender, List<SqlInbox.Arrival> arrivals, Sorted sorted, boolean answering, Instant now) {
        Set<Lane> over = inbox.full(sender, share, now);
        List<SqlInbox.Arrival> fresh = arrivals.stream()
                .filter(arrival -> !over.contains(lane(arrival)))
                .toList();
        if (fresh.size() < arrivals.size()) {
            security.report(SecurityEvent.Kind.RATE_EXCEEDED, Optional.of(sender), QUEUE_FULL, "a day");
            arrivals.stream()
                    .filter(arrival -> over.contains(lane(arrival)))
                    .forEach(arrival -> sorted.undecided.add(new Answer.Undecided(arrival.id(), QUEUE_FULL)));
        }
        if (fresh.isEmpty()) return;
        List<SqlInbox.Arrival> kept = new ArrayList<>();
        List<Receipt> said = new ArrayList<>();
        List<Answer.Undecided> undecided = new ArrayList<>();
        transactions.executeWithoutResult(status -> {
            inbox.waitNoLongerThan(LOCKED);
            boolean full = inbox.held(sender, mostHeld);
            List<Stream> streams = fresh.stream()
                    .flatMap(arrival -> arrival.place().stream())
                    .map(place -> Stream.of(sender, place))
                    .toList();
            // An order of which nothing is taken does not begin: each would leave a row for ever.
            Map<Stream, Position> awaited = full ? inbox.begun(streams) : inbox.awaited(streams);
            Set<Position> taken = new java.util.HashSet<>(inbox.taken(
                    sender,
                    fresh.stream().flatMap(arrival -> arrival.place().stream()).toList()));
            Set<Stream> gaps = full ? inbox.holding(awaited.keySet()) : Set.of();
            long epoch = newestEpoch(sender, fresh, awaited);
            for (SqlInbox.Arrival arrival : fresh) {
                Optional<String> wait = arrival.place()
                        .flatMap(place -> mustWait(
                                place,
                                Optional.ofNullable(awaited.get(Stream.of(sender, place))),
                                epoch,
                                full,
                                full && !gaps.contains(Stream.of(sender, place))));
                if (wait.isPresent()) undecided.add(new Answer.Undecided(arrival.id(), wait.get()));
                else kept.add(inItsPlace(arrival, sender, awaited, taken));
            }
            inbox.add(sender, kept, now);
            kept.forEach(arrival -> said.add(receipt(arrival, now)));
            if (answering) receipts.giveNow(sender, said, now);
            else receipts.give(sender, said);
            audit.enterAll(
                    NODE,
                    kept.stream()
                            .filter(arrival -> arrival.refusal().isPresent())
                            .map(arrival -> AuditTrail.Deed.done(REFUSE, subject(sender, arrival.id())))
                            .toList());
            brought(kept).forEach((lane, more) -> inbox.count(sender, lane, more, now));
        });
        kept.forEach(arrival -> arrival.refusal().ifPresent(why -> tell(sender, arrival.id(), why)));
        sorted.said.addAll(said);
        sorted.undecided.addAll(undecided);
        arrived.accept(
                kept.stream()
                        .flatMap(arrival -> arrival.place().stream())
                        .map(place -> Stream.of(sender, place))
                        .distinct()
                        .toList(),
                kept.stream()
                        .filter(arrival -> arrival.refusal().isEmpty())
                        .flatMap(arrival -> Optional.ofNullable(sorted.read.get(arrival.id())).stream())
                        .toList());
    }

    /** One that could not be read counts as ordinary. */
    private static Lane lane(SqlInbox.Arrival arrival) {
        return arrival.facts().map(facts -> facts.place().lane()).orElse(Lane.ORDINARY);
    }

    private static SortedMap<Lane, SqlInbox.Brought> brought(List<SqlInbox.Arrival> kept) {
        SortedMap<Lane, SqlInbox.Brought> brought = new TreeMap<>();
        for (SqlInbox.Arrival arrival : kept)
            brought.merge(lane(arrival), new SqlInbox.Brought(1, arrival.sealed().length), SqlInbox.Brought::plus);
        return brought;
    }

    /** The newest that the sender declared; asked only if a message is of one that no order here has come to. */
    private long newestEpoch(MemberId sender, List<SqlInbox.Arrival> fresh, Map<Stream, Position> awaited) {
        boolean ahead = fresh.stream()
                .flatMap(arrival -> arrival.place().stream())
                .anyMatch(place -> Optional.ofNullable(awaited.get(Stream.of(sender, place)))
                        .map(next -> place.epoch() > next.epoch())
                        .orElse(false));
        return ahead ? openings.epochOf(sender) : Long.MAX_VALUE;
    }

    private static Position next(Map<Stream, Position> awaited, Stream stream) {
        Position next = awaited.get(stream);
        if (next == null) throw new IllegalStateException("no order was begun");
        return next;
    }

    /**
     * Beyond a sender's share only what closes a gap is taken; and nothing of an epoch that nobody declared.
     *
     * @param awaited empty if its order has not begun
     * @param full whether there is room for the awaited place alone
     * @param closed whether there is not even that: nothing waits behind it
     */
    private static Optional<String> mustWait(
            Position place, Optional<Position> awaited, long epoch, boolean full, boolean closed) {
        if (place.epoch() > epoch) return Optional.of(Homecoming.EPOCH_UNKNOWN);
        if (closed || (full && !awaited.equals(Optional.of(place)))) return Optional.of(QUEUE_FULL);
        return Optional.empty();
    }

    /** Refuses what comes to a place that was passed or that another message has. */
    private static SqlInbox.Arrival inItsPlace(
            SqlInbox.Arrival arrival, MemberId sender, Map<Stream, Position> awaited, Set<Position> taken) {
        Optional<Position> place = arrival.place();
        if (place.isEmpty()) return arrival;
        boolean passed = place.get().compareTo(next(awaited, Stream.of(sender, place.get()))) < 0;
        if (!passed && taken.add(place.get())) return arrival;
        return new SqlInbox.Arrival(
                arrival.id(),
                arrival.hash(),
                arrival.keyedHash(),
                arrival.facts(),
                Optional.of(Refusal.PLACE_TAKEN),
                arrival.sealed());
    }

    private static Receipt receipt(SqlInbox.Arrival arrival, Instant now) {
        MessageReference reference = new MessageReference(arrival.id(), arrival.hash());
        return arrival.refusal()
                .map(why -> Receipt.refused(reference, why, now))
                .orElseGet(() -> Receipt.delivered(reference, now));
    }
}
