package org.sharaka.node.exchange;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.sharaka.node.assembly.OwnMember;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.node.assembly.SecurityEvent;
import org.sharaka.node.assembly.SecurityEvents;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.cms.Certificate;
import org.sharaka.protocol.cms.Profile1;
import org.sharaka.protocol.message.Lane;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.Position;
import org.sharaka.protocol.message.Reader;
import org.sharaka.protocol.message.Receipt;
import org.sharaka.protocol.message.ReceiptBatch;
import org.sharaka.protocol.message.RosterReference;
import org.sharaka.protocol.roster.Member;
import org.sharaka.protocol.transport.SignedBytes;
import org.springframework.transaction.support.TransactionTemplate;

/** Signs the receipts that we give, verifies and stores those that we get. */
final class ReceiptBook {
    /** Places that one member gave up and that still lie behind a gap of its own. */
    private static final int MOST_MARKS = 100_000;

    private final SqlReceipts receipts;
    private final SqlOutbox outbox;
    private final SqlInbox inbox;
    private final Rosters rosters;
    private final SecurityEvents security;
    private final Profile1 profile;
    private final TransactionTemplate transactions;
    private final Announcer announcer;
    private final Supplier<Optional<Instant>> lostSince;
    private final Consumer<List<Stream>> closed;
    private final SqlInbox.Brought share;
    private final Clock clock;

    /**
     * @param lostSince since when we may have lost messages of ours with a return from a backup
     * @param closed told in which orders a gap may have closed, once that is committed
     * @param share of one sender in each lane, a day
     */
    ReceiptBook(
            SqlReceipts receipts,
            SqlOutbox outbox,
            SqlInbox inbox,
            Rosters rosters,
            SecurityEvents security,
            Profile1 profile,
            TransactionTemplate transactions,
            Announcer announcer,
            Supplier<Optional<Instant>> lostSince,
            Consumer<List<Stream>> closed,
            SqlInbox.Brought share,
            Clock clock) {
        this.receipts = receipts;
        this.outbox = outbox;
        this.inbox = inbox;
        this.rosters = rosters;
        this.security = security;
        this.profile = profile;
        this.transactions = transactions;
        this.announcer = announcer;
        this.lostSince = lostSince;
        this.closed = closed;
        this.share = share;
        this.clock = clock;
    }

    /**
     * Receipts as they travel.
     *
     * @param sealed to their recipient, because they carry text
     */
    record Signed(SignedBytes bytes, boolean sealed) {}

    /** Those that may travel together. One with a sentence goes alone: its text ends with its message, and no other proof with it. */
    private static List<SqlReceipts.Given> together(List<SqlReceipts.Given> waiting) {
        List<SqlReceipts.Given> plain = waiting.stream()
                .takeWhile(given -> given.receipt().sentence().isEmpty())
                .toList();
        return plain.isEmpty() ? waiting.stream().limit(1).toList() : plain;
    }

    Signed sign(Member to, Collection<Receipt> given) {
        Instant now = clock.instant();
        OwnMember own = rosters.own();
        ReceiptBatch batch = new ReceiptBatch(
                own.entry().id(), to.id(), now, RosterReference.toCurrent(rosters.history()), List.copyOf(given));
        byte[] signed = batch.sign(own.signing(), profile);
        if (!batch.carriesText()) return new Signed(new SignedBytes(signed), false);
        Certificate sealing = to.sealingAt(now)
                .orElseThrow(() -> Refusal.CERTIFICATE_NOT_VALID.because("no sealing certificate of " + to.id()));
        return new Signed(new SignedBytes(profile.seal(signed, sealing)), true);
    }

    /**
     * Verifies receipts by the live roster and stores them as they were signed. Those that are known change nothing.
     *
     * @return what was said, of whatever messages
     * @throws RefusedException if they are not what this member may say
     */
    List<Receipt> record(Member from, SignedBytes given, boolean sealed) {
        Instant now = clock.instant();
        try {
            OwnMember own = rosters.own();
            SignedBytes signed = sealed ? new SignedBytes(profile.open(given.der(), own.sealing())) : given;
            ReceiptBatch batch = new Reader(profile, rosters.history())
                    .openReceipts(signed.der(), own.entry().id(), now);
            if (!batch.from().equals(from.id()))
                throw Refusal.HEADER_MISMATCH.because("receipts of " + batch.from() + " brought by " + from.id());
            if (sealed != batch.carriesText()) throw Refusal.FIELD_WRONG.because("receipts with text are sealed");
            Stored stored = new Stored();
            try {
                transactions.executeWithoutResult(status -> {
                    stored.of(store(from.id(), signed, batch, now));
                    if (!stored.fresh.isEmpty())
                        announcer.together(List.of(new MessagesAnswered(from.id(), stored.fresh)));
                });
            } catch (Announcer.FailedException e) { // The others of the batch are not to suffer from it.
                transactions.executeWithoutResult(status -> {
                    stored.of(store(from.id(), signed, batch, now));
                    announcer.oneByOne(stored.fresh.stream()
                            .map(answer -> new MessagesAnswered(from.id(), List.of(answer)))
                            .toList());
                });
            }
            // Of what is known nothing has changed: whoever repeats himself makes no work in his orders.
            closed.accept(stored.closed.stream()
                    .map(place -> Stream.of(from.id(), place))
                    .distinct()
                    .toList());
            return batch.receipts();
        } catch (RefusedException e) {
            security.report(
                    SecurityEvent.Kind.RECEIPT_REFUSED,
                    Optional.of(from.id()),
                    e.refusal().code(),
                    "");
            throw e;
        }
    }

    private static List<Position> skipped(ReceiptBatch batch) {
        return batch.receipts().stream()
                .flatMap(receipt -> receipt.skipped().stream())
                .toList();
    }

    /**
     * What came of a batch.
     *
     * @param fresh what modules are to hear
     * @param closed places that stay empty
     */
    private record News(List<MessageAnswered> fresh, List<Position> closed) {
        private static final News NONE = new News(List.of(), List.of());
    }

    /** The news of the transaction that was committed in the end. */
    private static final class Stored {
        private List<MessageAnswered> fresh = List.of();
        private List<Position> closed = List.of();

        private void of(News news) {
            fresh = news.fresh();
            closed = news.closed();
        }
    }

    private News store(MemberId from, SignedBytes signed, ReceiptBatch batch, Instant now) {
        Optional<Long> number = receipts.store(from, signed, batch.carriesText(), now);
        if (number.isEmpty()) return News.NONE;
        List<Position> places = skipped(batch);
        boolean closes = !places.isEmpty() && skip(from, places, signed, now);
        List<Receipt> ours = ofOurs(from, batch);
        List<Receipt> fresh = receipts.add(number.get(), ours);
        for (Receipt.State state : List.of(Receipt.State.DELIVERED, Receipt.State.ACCEPTED, Receipt.State.REFUSED))
            settle(state, ours);
        if (fresh.isEmpty() && !closes) {
            // It proves nothing that is not proved already: signed anew each time, the same would fill the disk.
            receipts.forget(number.get());
            return News.NONE;
        }
        if (batch.carriesText())
            receipts.keepText(
                    number.get(),
                    signed,
                    ours.stream()
                            .filter(receipt -> receipt.sentence().isPresent())
                            .map(receipt -> receipt.message().id())
                            .distinct()
                            .toList());
        return new News(
                fresh.stream()
                        .map(receipt ->
                                new MessageAnswered(from, receipt.message().id(), receipt.state(), receipt.refusal()))
                        .toList(),
                closes ? places : List.of());
    }

    /** @return whether one of them was not known to stay empty */
    private boolean skip(MemberId from, List<Position> places, SignedBytes signed, Instant now) {
        if (inbox.marked(from, MOST_MARKS) || inbox.full(from, share, now).contains(Lane.CONTROL)) {
            security.report(SecurityEvent.Kind.RATE_EXCEEDED, Optional.of(from), "", "");
            throw new OverloadedException();
        }
        boolean closes = inbox.skip(from, places);
        if (closes) inbox.count(from, Lane.CONTROL, new SqlInbox.Brought(places.size(), signed.sizeBytes()), now);
        return closes;
    }

    /** For this batch there is no room now; whoever brought it may bring it again. */
    private static final class OverloadedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private OverloadedException() {
            super("too many places were given up, and lie behind gaps or came today");
        }
    }

    private void settle(Receipt.State state, List<Receipt> ours) {
        List<Receipt> those =
                ours.stream().filter(receipt -> receipt.state() == state).toList();
        outbox.settle(
                Sent.State.valueOf(state.name()),
                those.stream().map(receipt -> receipt.message().id()).toList(),
                those.stream().map(receipt -> receipt.refusal().orElse("")).toList());
    }

    /**
     * Receipts for messages that we sent to this member; whatever else it says is told and passed over. For what it refused, the
     * place is marked as skipped.
     */
    private List<Receipt> ofOurs(MemberId from, ReceiptBatch batch) {
        List<Receipt> told = batch.receipts().stream()
                .filter(receipt -> receipt.state() != Receipt.State.SKIPPED)
                .toList();
        Map<MessageId, SqlOutbox.Lost> known = new HashMap<>();
        outbox.known(from, told.stream().map(receipt -> receipt.message().id()).toList())
                .forEach(sent -> known.put(sent.reference().id(), sent));
        List<Receipt> ours = new ArrayList<>();
        List<Receipt> marks = new ArrayList<>();
        for (Receipt receipt : told) {
            SqlOutbox.Lost sent = known.get(receipt.message().id());
            if (sent == null && ofLost(receipt)) continue;
            if (sent == null || !sent.reference().equals(receipt.message())) {
                security.report(
                        SecurityEvent.Kind.RECEIPT_REFUSED,
                        Optional.of(from),
                        "message-unknown",
                        "message " + receipt.message().id());
                continue;
            }
            ours.add(receipt);
            if (receipt.state() == Receipt.State.REFUSED)
                marks.add(Receipt.skipped(sent.reference(), sent.position(), clock.instant()));
        }
        outbox.passed(ours.stream()
                .filter(receipt -> receipt.refusal().equals(Optional.of(Refusal.PLACE_TAKEN.code())))
                .map(receipt -> receipt.message().id())
                .toList());
        receipts.give(from, marks);
        return ours;
    }

    /** Of what we sent after the backup from which we came back we know nothing; others do. */
    private boolean ofLost(Receipt receipt) {
        return lostSince.get().filter(since -> !receipt.at().isBefore(since)).isPresent();
    }

    /**
     * Verifies anew what was stored about a message, against the roster of that day. In the order in which a message
     * passes through its states: a later batch may have been faster on its way, a clock set back in between. What was said in words
     * ended with the message: of that the state and the time are on record, and the hash by which the original is known again.
     */
    List<Receipt> proved(MessageId message) {
        Reader reader = new Reader(profile, rosters.history());
        return receipts.proofs(message).stream()
                .flatMap(signed -> reader.verifyKeptReceipts(signed.der()).receipts().stream())
                .filter(receipt -> receipt.message().id().equals(message))
                .distinct() // A batch may repeat what an earlier one said.
                .sorted(Comparator.comparing(Receipt::state))
                .toList();
    }

    /** As many as a batch may hold. */
    List<SqlReceipts.Given> waiting(MemberId recipient) {
        return together(receipts.waiting(recipient, Limits.RECEIPTS_PER_BATCH / 2));
    }
}
