package org.sharaka.node.exchange;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.agreement.AgreementCode;
import org.sharaka.node.agreement.LegalBases;
import org.sharaka.node.agreement.LegalBasis;
import org.sharaka.node.agreement.OffenceCode;
import org.sharaka.node.agreement.PartyCode;
import org.sharaka.node.agreement.Passage;
import org.sharaka.node.assembly.OwnMember;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.audit.EntryId;
import org.sharaka.node.platform.Vault;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.cms.Profile1;
import org.sharaka.protocol.cms.SignedData;
import org.sharaka.protocol.content.CrossCheckEnd;
import org.sharaka.protocol.content.PermissionAnswer;
import org.sharaka.protocol.message.Content;
import org.sharaka.protocol.message.Handling;
import org.sharaka.protocol.message.Header;
import org.sharaka.protocol.message.Lane;
import org.sharaka.protocol.message.Message;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.Order;
import org.sharaka.protocol.message.OrderAnswer;
import org.sharaka.protocol.message.Position;
import org.sharaka.protocol.message.Reader;
import org.sharaka.protocol.message.Receipt;
import org.sharaka.protocol.message.RosterReference;
import org.sharaka.protocol.message.SignedMessage;
import org.sharaka.protocol.roster.Member;
import org.sharaka.protocol.transport.SignedBytes;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Sends messages to members and tells what became of them. What is sent is signed and stored in the caller's transaction, if
 * there is one, and leaves after it has committed. Safe for many threads.
 */
public final class ExchangeService {
    static final String PURGE = "exchange.purge";
    private static final String SEND = "exchange.send";

    private final SqlOutbox outbox;
    private final SqlInbox inbox;
    private final SqlReceipts receipts;
    private final ReceiptBook book;
    private final Rosters rosters;
    private final LegalBases laws;
    private final AuditTrail audit;
    private final Vault vault;
    private final Profile1 profile;
    private final SecureRandom random;
    private final Openings openings;
    private final Settling settling;
    private final Supplier<MessageFiles> files;
    private final ApplicationEventPublisher events;
    private final BiConsumer<MemberId, Lane> wake;
    private final Room room;
    private final Duration life;
    private final int mostWaiting;
    private final Clock clock;

    ExchangeService(
            SqlOutbox outbox,
            SqlInbox inbox,
            SqlReceipts receipts,
            ReceiptBook book,
            Rosters rosters,
            LegalBases laws,
            AuditTrail audit,
            Vault vault,
            Profile1 profile,
            SecureRandom random,
            Openings openings,
            Settling settling,
            Supplier<MessageFiles> files,
            ApplicationEventPublisher events,
            BiConsumer<MemberId, Lane> wake,
            ExchangeSettings settings,
            Clock clock) {
        this.outbox = outbox;
        this.inbox = inbox;
        this.receipts = receipts;
        this.book = book;
        this.rosters = rosters;
        this.laws = laws;
        this.audit = audit;
        this.vault = vault;
        this.profile = profile;
        this.random = random;
        this.openings = openings;
        this.settling = settling;
        this.files = files;
        this.events = events;
        this.wake = wake;
        this.room = new Room(outbox, settings.waiting(), clock);
        this.life = settings.life();
        this.mostWaiting = settings.waiting();
        this.clock = clock;
    }

    /**
     * Sends a message, if the agreement that its handling names lets it go (SAFEGUARDS S18). An order that ends the use of data
     * and its answer always go.
     *
     * @return its name and the hash of what was signed: its identity for ever
     * @throws org.sharaka.node.platform.ProblemException {@link org.sharaka.node.agreement.AgreementProblem#NO_LEGAL_BASIS};
     *     {@link ExchangeProblem}; {@link org.sharaka.node.assembly.AssemblyProblem}
     */
    public MessageReference send(Actor actor, Outgoing what) {
        MessageId id = MessageId.random(random);
        return audit.act(actor, SEND, "message/" + id + " to " + what.recipient(), entry -> {
            actor.require(Permission.EXCHANGE_SEND);
            return send(actor, id, what, entry);
        });
    }

    private MessageReference send(Actor actor, MessageId id, Outgoing what, EntryId entry) {
        Instant now = clock.instant();
        OwnMember own = rosters.own();
        Member recipient = recipient(what.recipient(), own, now);
        if (!protects(what)) {
            LegalBasis unused = lawFor(
                    own.entry(),
                    recipient,
                    what.handling(),
                    what.onward().map(ExchangeService::lawsOf).orElse(List.of()),
                    now);
        }
        openings.undeclared().ifPresent(restore -> {
            throw ExchangeProblem.RESTORED.because("return " + restore.number() + " from a backup is not declared yet");
        });
        if (!room.take(recipient.id()))
            throw ExchangeProblem.QUEUE_FULL.because(mostWaiting + " wait for " + recipient.id());
        try {
            Position place = outbox.next(own.entry().id(), recipient.id(), what.conversation(), what.lane());
            SignedMessage signed = SignedMessage.sign(message(id, what, own, place, now), own.signing(), profile);
            outbox.add(signed, vault.seal(Couriers.context(id), signed.signed().der()), entry);
            if (!what.files().isEmpty()) files.get().sent(actor, signed);
            afterCommit(() -> wake.accept(recipient.id(), what.lane()));
            return signed.reference();
        } catch (RefusedException e) {
            throw ExchangeProblem.MESSAGE_UNSOUND.because(e.refusal().code());
        }
    }

    private Member recipient(MemberId id, OwnMember own, Instant now) {
        if (id.equals(own.entry().id())) throw ExchangeProblem.RECIPIENT_NOT_ACTIVE.because("it is this node");
        try {
            return rosters.history()
                    .usableAt(now)
                    .member(id)
                    .filter(Member::exchanges)
                    .orElseThrow(() -> ExchangeProblem.RECIPIENT_NOT_ACTIVE.because(id.value()));
        } catch (RefusedException e) {
            throw ExchangeProblem.ROSTER_OVER.because(e.refusal().code());
        }
    }

    /**
     * An originator's recall or purge and its answer, the revocation of a permission and the end of a cross-check carry nothing of the data but a
     * reason of bounded length, and end its use: they are owed under the law that the data went by, also when that has ended meanwhile.
     */
    private static boolean protects(Outgoing what) {
        Content content = what.content();
        return what.files().isEmpty()
                && (content.type().equals(OrderAnswer.TYPE)
                        || content.type().equals(CrossCheckEnd.TYPE)
                        || PermissionAnswer.revokes(content)
                        || Order.in(content)
                                .filter(order -> order.kind() != Order.Kind.CORRECTION)
                                .isPresent());
    }

    private LegalBasis lawFor(
            Member own, Member recipient, Handling handling, List<AgreementCode> onwardFrom, Instant now) {
        Purpose purpose = Purpose.ofCode(handling.purpose())
                .orElseThrow(() -> ExchangeProblem.PURPOSE_UNKNOWN.because(handling.purpose()));
        return laws.require(
                new AgreementCode(handling.legalBasis()),
                new Passage(
                        PartyCode.of(own),
                        PartyCode.of(recipient),
                        handling.offence().map(OffenceCode::new),
                        purpose,
                        now,
                        onwardFrom));
    }

    /** Under which laws the data came to us, through every hand: the first may bind where the last does not. */
    private static List<AgreementCode> lawsOf(SignedData onward) {
        try {
            return Reader.chain(SignedMessage.ofKept(onward.der())).stream()
                    .map(each -> new AgreementCode(each.message().handling().legalBasis()))
                    .toList();
        } catch (RefusedException e) {
            throw ExchangeProblem.MESSAGE_UNSOUND.because(e.refusal().code());
        }
    }

    private Message message(MessageId id, Outgoing what, OwnMember own, Position place, Instant now) {
        Instant expires = now.plus(what.life().orElse(life));
        if (expires.isAfter(what.handling().keepUntil()))
            expires = what.handling().keepUntil();
        return new Message(
                new Header(
                        id,
                        own.entry().id(),
                        what.recipient(),
                        now,
                        expires,
                        place,
                        RosterReference.toCurrent(rosters.history())),
                what.handling(),
                what.evaluation(),
                what.content(),
                what.files(),
                what.onward());
    }

    private static void afterCommit(Runnable then) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                then.run();
            }
        });
    }

    /**
     * Says that a person did something about an accepted message. Its sender gets the sentence, sealed, if the law by which the message came
     * lets one go back today (SAFEGUARDS S18); that somebody acted may always be said. A second one changes nothing.
     *
     * @param sentence what was done, without anybody's name; up to 4000 characters
     * @throws org.sharaka.node.platform.ProblemException {@link ExchangeProblem#NOT_FOUND}; with a sentence as {@link #send}
     */
    public void acted(Actor actor, MemberId sender, MessageId id, Optional<String> sentence) {
        Optional<Void> unused = audit.act(actor, "exchange.acted", Reception.subject(sender, id), () -> {
            actor.require(Permission.EXCHANGE_SEND);
            // A sentence that came after the end of its message would have none.
            if (!inbox.hold(sender, id)) throw ExchangeProblem.NOT_FOUND.because("message " + id);
            SignedMessage message = kept(sender, id);
            Instant now = clock.instant();
            if (sentence.isPresent()) {
                OwnMember own = rosters.own();
                LegalBasis unusedLaw = lawFor(
                        own.entry(),
                        recipient(sender, own, now),
                        message.message().handling(),
                        List.of(),
                        now);
            }
            try {
                receipts.give(sender, List.of(Receipt.acted(message.reference(), sentence, now)));
            } catch (RefusedException e) {
                throw ExchangeProblem.MESSAGE_UNSOUND.because(e.refusal().code());
            }
            afterCommit(() -> wake.accept(sender, Lane.CONTROL));
            return Optional.empty();
        });
    }

    /** An accepted message that is still kept. The caller enters the read, for it knows what is read. */
    public Optional<SignedMessage> received(MemberId sender, MessageId id) {
        return inbox.content(sender, id)
                .map(kept -> SignedMessage.ofKept(vault.open(Reception.context(sender, id), kept)))
                .filter(this::mayBeKept);
    }

    /** What has ended is shown to nobody, also where it is not purged yet: a node that was away comes late to that. */
    private boolean mayBeKept(SignedMessage message) {
        return message.message().handling().keepUntil().isAfter(clock.instant());
    }

    private SignedMessage kept(MemberId sender, MessageId id) {
        return received(sender, id).orElseThrow(() -> ExchangeProblem.NOT_FOUND.because("message " + id));
    }

    /** Whether we came back from a backup and have not declared it yet: what we show of us would belie what the others saw. */
    public boolean returning() {
        return openings.undeclared().isPresent();
    }

    /** Whether we ever came back from a backup: otherwise nobody's data wait. */
    public boolean returned() {
        return settling.returned();
    }

    /**
     * Whether what a member sent answers a message of ours that was lost with a return from a backup: we do not know that, and the answer is
     * younger than the backup. Its sender did nothing wrong, so it is taken in; what it was about nobody here knows any more.
     *
     * @param question what it names as ours
     */
    public boolean answersLost(SignedMessage answer, MessageId question) {
        return openings.lostSince()
                        .filter(since -> !answer.message().header().sent().isBefore(since))
                        .isPresent()
                && outbox.find(question).isEmpty();
    }

    /**
     * Whether we came back from a backup and have not heard yet what a member ordered since about its data, which may have to be destroyed
     * or no longer used. Costs nothing where it is settled.
     */
    public boolean unsettled(MemberId member) {
        return !settling.settled(member);
    }

    /** Members of today's roster, the departed too, whose data wait for that, in the order of their ids. */
    public List<MemberId> unsettled() {
        return settling.unsettled();
    }

    /**
     * An officer uses a member's data again without its word. Whatever it orders later holds from then on.
     *
     * @param reason 3 to 4000 characters
     * @throws org.sharaka.node.platform.ProblemException {@link ExchangeProblem#REASON_MISSING}, {@link ExchangeProblem#SETTLED_BEFORE};
     *     without {@link Permission#EXCHANGE_APPROVE} or purpose
     */
    public void goOnWithout(Actor actor, MemberId member, String reason) {
        settling.goOnWithout(actor, member, reason);
    }

    /** Where somebody did so since the last return, the latest first. */
    public List<WithoutWord> withoutWord() {
        return settling.withoutWord();
    }

    /** Our newest declaration that we came back from a backup, as it was signed. */
    public Optional<SignedBytes> newestOpening() {
        return openings.newest(rosters.us());
    }

    /** Which members of today's roster sent us a message of this name that was taken in, whether or not we still keep it. */
    public List<MemberId> senders(MessageId id) {
        return inbox.senders(
                id, rosters.current().members().stream().map(Member::id).toList());
    }

    /**
     * Gives up a message of ours that waits still: its recipient gets a mark instead. One that is just being delivered may arrive
     * all the same.
     *
     * @return whether it waited
     */
    public boolean giveUp(Actor actor, MessageId id) {
        return audit.act(actor, "exchange.skip", "message/" + id, () -> {
            Optional<SqlOutbox.Lost> lost = outbox.giveUp(id);
            lost.ifPresent(each -> {
                receipts.give(
                        each.recipient(), List.of(Receipt.skipped(each.reference(), each.position(), clock.instant())));
                events.publishEvent(new MessageGivenUp(each.recipient(), id));
                afterCommit(() -> wake.accept(each.recipient(), each.position().lane()));
            });
            return lost.isPresent();
        });
    }

    /** The receipts for a message of ours as their givers signed them, the oldest first: SignedData in DER. */
    public List<byte[]> receiptBatches(MessageId id) {
        return receipts.proofs(id).stream().map(SignedBytes::der).toList();
    }

    /** How far a message of ours came. */
    public Optional<Sent> sent(MessageId id) {
        return outbox.find(id);
    }

    /** Which of these messages of ours expired on their way or were given up. */
    public Set<MessageId> skipped(Collection<MessageId> ids) {
        return outbox.skipped(ids);
    }

    /** A message of ours as it was signed, if it is still kept. */
    public Optional<SignedMessage> sentMessage(MessageId id) {
        return outbox.content(id)
                .map(kept -> SignedMessage.ofKept(vault.open(Couriers.context(id), kept)))
                .filter(this::mayBeKept);
    }

    /**
     * All receipts for a message of ours, verified anew against the roster of their day.
     *
     * @throws RefusedException if one of them does not hold
     */
    public List<Receipt> proved(MessageId id) {
        return book.proved(id);
    }

    /**
     * Destroys the content of a message that somebody sent us. Sender, id, keyed hash and receipts stay: if it comes again, it gets
     * the receipts that it had.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link ExchangeProblem#NOT_FOUND} if there is none, or none any more
     */
    public void purgeReceived(Actor actor, MemberId sender, MessageId id) {
        Optional<Void> unused = audit.act(actor, PURGE, Reception.subject(sender, id), entry -> {
            if (!inbox.purge(sender, id, entry, clock.instant()))
                throw ExchangeProblem.NOT_FOUND.because("message " + id);
            events.publishEvent(new MessagePurged(Optional.of(sender), id));
            return Optional.empty();
        });
    }

    /**
     * The end of what somebody sent us.
     *
     * @param entry of the act that destroyed the content, which names message and sender
     */
    public record Gone(Instant at, EntryId entry) {}

    /** When and by which act the content of an accepted message was destroyed; empty while it is kept. */
    public Optional<Gone> gone(MemberId sender, MessageId id) {
        return inbox.gone(sender, id);
    }

    /**
     * Destroys the content of a message of ours, once it waits no more. Hash, place and receipts stay.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link ExchangeProblem#NOT_FOUND} if there is none, or none any more
     */
    public void purgeSent(Actor actor, MessageId id) {
        Optional<Void> unused = audit.act(actor, PURGE, "message/" + id, () -> {
            Instant now = clock.instant();
            if (!outbox.purge(id, now)) throw ExchangeProblem.NOT_FOUND.because("message " + id);
            outbox.stop(id)
                    .ifPresent(lost -> receipts.give(
                            lost.recipient(), List.of(Receipt.skipped(lost.reference(), lost.position(), now))));
            events.publishEvent(new MessagePurged(Optional.empty(), id));
            return Optional.empty();
        });
    }
}
