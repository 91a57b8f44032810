package org.sharaka.node.originator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiPredicate;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.exchange.ExchangeService;
import org.sharaka.node.exchange.Outgoing;
import org.sharaka.node.exchange.Sent;
import org.sharaka.node.platform.Ids;
import org.sharaka.node.platform.Page;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.checkpoint.NoteKey;
import org.sharaka.protocol.message.Content;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.Handling;
import org.sharaka.protocol.message.HandlingCode;
import org.sharaka.protocol.message.Header;
import org.sharaka.protocol.message.Lane;
import org.sharaka.protocol.message.Message;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.Order;
import org.sharaka.protocol.message.OrderAnswer;
import org.sharaka.protocol.message.Reader;
import org.sharaka.protocol.message.SignedMessage;
import org.sharaka.protocol.roster.Member;
import org.sharaka.protocol.roster.Roster;

/** Orders about data of our own: given by officers, carried to every holder, followed until each has answered. Safe for many threads. */
public final class Orders {
    /** Orders on a page of the board. */
    static final int SHOWN = 100;

    private static final int AT_ONCE = 500;
    static final Duration TRY_AGAIN = Duration.ofDays(1);

    private static final int REASON_MIN = 3;
    private static final int REASON_MAX = 4_000;
    /** So soon after our first look a holder may not have heard yet that its log was cosigned. */
    private static final Duration HEARD = Duration.ofDays(1);

    private static final Actor NODE = Actor.system("originator");

    private final SqlGiven given;
    private final ExchangeService exchange;
    private final Rosters rosters;
    private final AuditTrail audit;
    private final Ids ids;
    private final BiPredicate<MemberId, Instant> cosigned;
    private final Duration retention;
    private final Duration answerWithin;
    private final Clock clock;

    /** @param cosigned whether we had cosigned a member's log before a time */
    Orders(
            SqlGiven given,
            ExchangeService exchange,
            Rosters rosters,
            AuditTrail audit,
            Ids ids,
            BiPredicate<MemberId, Instant> cosigned,
            OriginatorSettings settings,
            Clock clock) {
        this.given = given;
        this.exchange = exchange;
        this.rosters = rosters;
        this.audit = audit;
        this.ids = ids;
        this.cosigned = cosigned;
        this.retention = settings.retention();
        this.answerWithin = settings.answerWithin();
        this.clock = clock;
    }

    /**
     * What an officer orders.
     *
     * @param corrected what stands instead, for a correction and only then
     */
    public record NewOrder(Order.Kind kind, String reason, Optional<Content> corrected) {}

    /**
     * Orders every holder of a message of ours to stop using it, to use something else instead, or to destroy it. What still waits to
     * leave is given up. The caller has asked whether the officer may see the message.
     *
     * @param closedTo the one unit that sees the conversation, folded; empty for every officer of the bureau
     * @throws org.sharaka.node.platform.ProblemException {@link OriginatorProblem#NOT_FOUND} for what is not data of our own;
     *     {@link OriginatorProblem#REASON_MISSING}, {@link OriginatorProblem#PURGED_BEFORE}; what the exchange refuses
     */
    public UUID give(Actor actor, MessageId ours, NewOrder order, String closedTo) {
        return audit.act(actor, "originator.order", "message/" + ours, entry -> {
            actor.require(Permission.EXCHANGE_SEND).requirePurpose();
            if (order.reason().length() < REASON_MIN || order.reason().length() > REASON_MAX)
                throw OriginatorProblem.REASON_MISSING.because(REASON_MIN + " to " + REASON_MAX + " characters");
            SignedMessage target = exchange.sentMessage(ours)
                    .filter(message -> message.message().onward().isEmpty())
                    .orElseThrow(() -> OriginatorProblem.NOT_FOUND.because("message " + ours));
            if (given.about(ours).stream().anyMatch(before -> before.kind() == Order.Kind.PURGE))
                throw OriginatorProblem.PURGED_BEFORE.because("message " + ours);
            Header header = target.message().header();
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            Given made = new Given(
                    ids.timeOrdered(),
                    order.kind(),
                    target.reference(),
                    header.recipient(),
                    header.position().conversation(),
                    closedTo,
                    Optional.of(order.reason()),
                    actor.id(),
                    now);
            given.add(made, order.reason(), now.plus(retention), entry);
            if (order.kind() != Order.Kind.CORRECTION) {
                boolean unused = exchange.sent(ours)
                                .filter(sent -> sent.state() == Sent.State.WAITING)
                                .isPresent()
                        && exchange.giveUp(NODE, ours);
            }
            given.carried(made.id(), send(made, target.message().handling(), order), now);
            return made.id();
        });
    }

    /**
     * Orders about messages of a conversation stand on the board of whom it is for from now on.
     *
     * @param closedTo as in {@link #give}
     */
    public void keepTo(MemberId recipient, ConversationId conversation, String closedTo) {
        given.keepTo(recipient, conversation, closedTo);
    }

    /** Whether we took back what a message of ours says, or ordered it destroyed. */
    public boolean withdrawn(MessageId ours) {
        return given.about(ours).stream().anyMatch(order -> order.kind() != Order.Kind.CORRECTION);
    }

    private MessageReference send(Given made, Handling of, NewOrder order) {
        try {
            return send(
                    made,
                    handling(of, order.kind()),
                    new Order(order.kind(), made.target(), order.reason(), order.corrected()).toContent());
        } catch (RefusedException e) {
            throw OriginatorProblem.BAD_FIELD.because(e.refusal().code());
        }
    }

    private MessageReference send(Given made, Handling handling, Content content) {
        return exchange.send(
                NODE,
                new Outgoing(
                        made.recipient(),
                        made.conversation(),
                        Lane.CONTROL,
                        handling,
                        Optional.empty(),
                        content,
                        List.of(),
                        Optional.empty(),
                        Optional.of(Header.LONGEST_LIFE)));
    }

    /** A correction is data like what it corrects; any holder may get the others, however far the data went. */
    private Handling handling(Handling of, Order.Kind kind) {
        if (kind == Order.Kind.CORRECTION) return of;
        return new Handling(
                of.originator(),
                of.purpose(),
                of.legalBasis(),
                of.offence(),
                Set.of(HandlingCode.H0),
                Optional.empty(),
                Set.of(),
                clock.instant().plus(retention));
    }

    /** Its log holds the statement, and is the one that other members saw, as far as it says that they did. */
    private void requireProved(SignedMessage said, OrderAnswer answer) {
        List<Member> members = said.message()
                .header()
                .roster()
                .in(rosters.history())
                .map(Roster::members)
                .orElse(List.of());
        List<NoteKey> logKeys = new ArrayList<>();
        List<NoteKey> cosigners = new ArrayList<>();
        for (Member member : members) {
            if (member.id().equals(answer.holder())) logKeys.addAll(member.logKeys());
            else cosigners.addAll(member.cosignerKeys());
        }
        var unused = answer.requireProved(logKeys, cosigners);
    }

    /**
     * A holder says what it did. Called in the transaction that takes the message in.
     *
     * @return false if the order is none of ours
     * @throws RefusedException if it does not say what it may, or does not prove it
     */
    boolean answered(SignedMessage brought, OrderAnswer answer) {
        Optional<Given> order = given.carriedBy(answer.order());
        if (order.isEmpty()) return false;
        SignedMessage said = holdersOwn(brought);
        answer.requireOf(order.get().target(), said.message().header().sender());
        if (answer.outcome() != OrderAnswer.Outcome.REFUSED || answer.proof().isPresent()) requireProved(said, answer);
        // Of a share the entry names the message that shared it, which we do not know.
        if (answer.holder().equals(order.get().recipient())
                && answer.gone()
                        .filter(end -> !end.names(answer.target().id().value()))
                        .isPresent()) throw Refusal.PROOF_WRONG.because("order.answer.gone: of another message");
        given.answered(
                order.get().id(),
                new GivenAnswer(
                        answer.holder(),
                        answer.outcome(),
                        answer.done(),
                        answer.passedTo(),
                        brought.message().header().sender(),
                        brought.message().header().id(),
                        clock.instant().truncatedTo(ChronoUnit.MICROS)));
        return true;
    }

    /** The holder's own message: the innermost, if others handed it on. */
    static SignedMessage holdersOwn(SignedMessage brought) {
        List<SignedMessage> chain = Reader.chain(brought);
        return chain.get(chain.size() - 1);
    }

    /**
     * Refuses what its originator signed with a key that the members' list no longer names and another brings: nothing is destroyed or
     * permitted by a stolen key through somebody who lends it a date.
     *
     * @throws RefusedException {@link Refusal#CERTIFICATE_NOT_LISTED}
     */
    static void requireListed(SignedMessage brought, Rosters rosters) {
        MemberId by = holdersOwn(brought).message().header().sender();
        if (Reader.unlisted(brought, rosters.current()).contains(by))
            throw Refusal.CERTIFICATE_NOT_LISTED.because("what is enclosed of " + by);
    }

    /** Sends again what expired on its way: a holder that was away for months is still one. @return how many */
    int renew(int limit) {
        Instant now = clock.instant();
        int renewed = 0;
        for (SqlGiven.Carried each :
                Lost.among(exchange, last -> given.unanswered(last, now, AT_ONCE), SqlGiven.Carried::by, limit))
            if (renew(each)) renewed++;
        return renewed;
    }

    /** One that cannot go today holds up no other. */
    private boolean renew(SqlGiven.Carried lost) {
        try {
            return audit.act(NODE, "originator.renew", "order/" + lost.order(), () -> {
                Given order = given.find(lost.order())
                        .orElseThrow(() -> OriginatorProblem.NOT_FOUND.because("order " + lost.order()));
                Message before = exchange.sentMessage(lost.by())
                        .orElseThrow(() -> OriginatorProblem.NOT_FOUND.because("message " + lost.by()))
                        .message();
                MessageReference sent = send(order, before.handling(), before.content());
                given.carried(order.id(), sent, clock.instant().truncatedTo(ChronoUnit.MICROS));
                return true;
            });
        } catch (ProblemException e) {
            given.later(lost.order(), clock.instant().plus(TRY_AGAIN));
            return false;
        }
    }

    /** How far an order came at one holder. */
    public enum State {
        /** It waits for the holder's node. */
        ORDERED,
        /** Committed on the holder's disk, or taken in; no answer yet. */
        DELIVERED,
        /** The holder of whom we have it from another's answer; none of its own yet. */
        PASSED_ON,
        /** Done, and the holder's log proves that it says so. */
        OBEYED,
        /** It had been deleted before, or never came; proved likewise. */
        NOT_HELD,
        /** The holder's law forbids it; the sentence says why. */
        REFUSED,
        /** The holder's node did not take the order. */
        TURNED_AWAY,
        /** It expired on its way, and goes again. */
        EXPIRED;

        public boolean done() {
            return this == OBEYED || this == NOT_HELD;
        }
    }

    /**
     * One holder of what we withdrew.
     *
     * @param via who had shared it with that holder; empty if we did
     * @param since of this state
     * @param overdueDays whole days past the time in which nodes answer; 0 within it or once answered, then at least 1
     * @param sentence the holder's words
     * @param byItsWordAlone whether its proof does not begin with what another member saw of its log, though we had cosigned that log
     * @param code with which its node did not take the order
     */
    record Holder(
            MemberId member,
            Optional<MemberId> via,
            State state,
            Instant since,
            long overdueDays,
            Optional<String> sentence,
            boolean byItsWordAlone,
            Optional<String> code) {}

    /** An order with all its known holders. */
    record Line(Given order, List<Holder> holders) {
        Line {
            holders = List.copyOf(holders);
        }

        public boolean done() {
            return holders.stream().allMatch(holder -> holder.state().done());
        }
    }

    /**
     * What we ordered: what somebody still holds, the most overdue first, or all, the latest first.
     *
     * @param cursor where the page before ended
     */
    Page<Line> board(Actor actor, boolean all, Optional<String> cursor) {
        return audit.read(actor, "originator.board", "orders", () -> {
            actor.require(Permission.EXCHANGE_READ).requirePurpose();
            Optional<SqlGiven.Place> after = cursor.flatMap(SqlGiven.Place::parse);
            List<SqlGiven.Placed> found =
                    all ? given.latest(unitOf(actor), after, SHOWN + 1) : given.open(unitOf(actor), after, SHOWN + 1);
            return new Page<>(
                    found.stream().limit(SHOWN).map(each -> line(each.order())).toList(),
                    found.size() > SHOWN
                            ? Optional.of(found.get(SHOWN - 1).place().toString())
                            : Optional.empty());
        });
    }

    /** One order. */
    Line line(Actor actor, UUID id) {
        return audit.read(actor, "originator.proof", "order/" + id, () -> line(visible(actor, id)));
    }

    /** @throws org.sharaka.node.platform.ProblemException {@link OriginatorProblem#NOT_FOUND}, also for what is another unit's */
    Given visible(Actor actor, UUID id) {
        actor.require(Permission.EXCHANGE_READ).requirePurpose();
        return given.find(id)
                .filter(order -> order.visibleTo(unitOf(actor)))
                .orElseThrow(() -> OriginatorProblem.NOT_FOUND.because("order " + id));
    }

    /** The orders about a message of ours, the oldest first; the caller has asked whether the officer may see it. */
    public List<Ordered> about(MessageId ours) {
        return given.about(ours).stream()
                .map(order -> new Ordered(
                        order.id(), order.kind(), order.at(), line(order).done()))
                .toList();
    }

    /** @param done whether no known holder has it any more */
    public record Ordered(UUID id, Order.Kind kind, Instant at, boolean done) {}

    private Line line(Given order) {
        Instant now = clock.instant();
        List<GivenAnswer> answers = given.answers(order.id());
        List<Holder> holders = new ArrayList<>();
        if (answers.stream().noneMatch(answer -> answer.holder().equals(order.recipient())))
            holders.add(waiting(order, now));
        Set<MemberId> known = new TreeSet<>();
        for (GivenAnswer answer : answers) {
            known.add(answer.holder());
            Optional<OrderAnswer> said = said(answer);
            holders.add(new Holder(
                    answer.holder(),
                    Optional.of(answer.peer()).filter(peer -> !peer.equals(answer.holder())),
                    State.valueOf(answer.outcome().name()),
                    answer.doneAt(),
                    0,
                    said.flatMap(OrderAnswer::sentence),
                    said.flatMap(OrderAnswer::proof)
                                    .filter(proof -> proof.witness().isEmpty())
                                    .isPresent()
                            && cosigned.test(answer.holder(), answer.cameAt().minus(HEARD)),
                    Optional.empty()));
        }
        for (GivenAnswer answer : answers)
            for (MemberId third : answer.passedTo())
                if (known.add(third))
                    holders.add(new Holder(
                            third,
                            Optional.of(answer.holder()),
                            State.PASSED_ON,
                            answer.doneAt(),
                            overdue(answer.doneAt(), now),
                            Optional.empty(),
                            false,
                            Optional.empty()));
        return new Line(order, holders);
    }

    private Holder waiting(Given order, Instant now) {
        Optional<Sent> sent = given.carrier(order.id()).flatMap(message -> exchange.sent(message.id()));
        State state = sent.map(each -> switch (each.state()) {
                    case WAITING -> State.ORDERED;
                    case SKIPPED -> State.EXPIRED;
                    case DELIVERED, ACCEPTED -> State.DELIVERED;
                    case REFUSED -> State.TURNED_AWAY;
                })
                .orElse(State.ORDERED);
        return new Holder(
                order.recipient(),
                Optional.empty(),
                state,
                order.at(),
                overdue(order.at(), now),
                Optional.empty(),
                false,
                sent.filter(each -> each.state() == Sent.State.REFUSED).flatMap(Sent::reason));
    }

    private long overdue(Instant since, Instant now) {
        Instant due = since.plus(answerWithin);
        return now.isBefore(due) ? 0 : Math.max(1, Duration.between(due, now).toDays());
    }

    private Optional<OrderAnswer> said(GivenAnswer answer) {
        return exchange.received(answer.peer(), answer.name())
                .map(SignedMessage::message)
                .map(message -> OrderAnswer.parse(message.content()));
    }

    /** A text that no unit's name is stands for no unit. */
    private static String unitOf(Actor actor) {
        return actor.unit()
                .map(unit -> unit.strip().toLowerCase(Locale.ROOT))
                .filter(unit -> !unit.isEmpty())
                .orElse(" ");
    }
}
