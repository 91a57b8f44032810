package org.sharaka.node.originator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.sharaka.node.access.Actor;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.exchange.ExchangeService;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.content.Written;
import org.sharaka.protocol.message.Content;
import org.sharaka.protocol.message.Header;
import org.sharaka.protocol.message.Lane;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.Order;
import org.sharaka.protocol.message.OrderAnswer;
import org.sharaka.protocol.message.Reader;
import org.sharaka.protocol.message.SignedMessage;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Does what originators order about their data, at once and in the transaction that takes the order in; who it was shared with gets the order too.
 * Modules that keep something of the data beside hear an event in that transaction.
 */
final class Obedience {
    private static final Actor NODE = Actor.system("originator");
    /** No transaction that takes messages in lasts so long. */
    private static final Duration AT_ONCE = Duration.ofSeconds(30);

    /** Between two looks at most. */
    static final Duration SOON = Duration.ofSeconds(5);

    private final SqlHoldings holdings;
    private final SqlTaken orders;
    private final SqlPassing passing;
    private final ExchangeService exchange;
    private final Rosters rosters;
    private final AuditTrail audit;
    private final ApplicationEventPublisher events;
    private final Duration retention;
    private final Clock clock;

    Obedience(
            SqlHoldings holdings,
            SqlTaken orders,
            SqlPassing passing,
            ExchangeService exchange,
            Rosters rosters,
            AuditTrail audit,
            ApplicationEventPublisher events,
            OriginatorSettings settings,
            Clock clock) {
        this.holdings = holdings;
        this.orders = orders;
        this.passing = passing;
        this.exchange = exchange;
        this.rosters = rosters;
        this.audit = audit;
        this.events = events;
        this.retention = settings.retention();
        this.clock = clock;
    }

    /**
     * Takes an order in.
     *
     * @throws org.sharaka.protocol.RefusedException {@link Refusal#NOT_THE_ORIGINATOR}, {@link Refusal#CERTIFICATE_NOT_LISTED};
     *     {@link Refusal#FORMAT_UNKNOWN} for a correction that nobody here could read, {@link Refusal#FIELD_WRONG} for one of another type than what it corrects
     */
    void obey(SignedMessage brought, Order order) {
        SignedMessage first = Orders.holdersOwn(brought);
        MemberId by = first.message().header().sender();
        Order.requireOriginator(brought, by);
        Orders.requireListed(brought, rosters);
        Target target = new Target(by, order.target());
        requireTheirs(target);
        order.corrected().ifPresent(content -> {
            if (!Written.isOne(content)) throw Refusal.FORMAT_UNKNOWN.because(content.type());
            Written unused = Written.parse(content);
            requireSameType(target, content);
        });
        Header header = brought.message().header();
        Instant now = now();
        Optional<Taken> before = orders.about(target).stream()
                .filter(each -> each.kind() == Order.Kind.PURGE && each.outcome() == OrderAnswer.Outcome.OBEYED)
                .findFirst();
        Done done = before.isPresent()
                ? new Done(OrderAnswer.Outcome.OBEYED, Optional.empty(), Optional.empty())
                : carryOut(target, order.kind());
        Taken taken = new Taken(
                header.sender(),
                header.id(),
                header.position().conversation(),
                brought.message().handling().legalBasis(),
                first.reference(),
                order.kind(),
                target,
                now,
                done.outcome(),
                before.filter(each -> order.kind() == Order.Kind.PURGE)
                        .map(Taken::doneAt)
                        .or(() -> done.gone().map(ExchangeService.Gone::at))
                        .orElse(now),
                done.sentence(),
                done.gone().map(gone -> gone.entry().value()),
                Set.of(),
                Optional.empty(),
                Optional.empty());
        orders.add(taken, now.plus(retention));
        for (Share share : holdings.shares(target))
            if (!share.recipient().equals(header.sender()) && !share.recipient().equals(by))
                passing.add(
                        new Passing(
                                header.sender(),
                                header.id(),
                                share.recipient(),
                                share.conversation(),
                                Lane.CONTROL,
                                share.legalBasis(),
                                0),
                        now);
    }

    /** What we hold under that name from somebody else is not theirs to order about. */
    private void requireTheirs(Target target) {
        List<SqlHoldings.Held> enclosing = holdings.enclosing(target.message());
        if (enclosing.stream().anyMatch(held -> !held.originator().equals(target.originator())))
            throw Refusal.NOT_THE_ORIGINATOR.because(
                    "message " + target.message().id());
        List<MemberId> senders = exchange.senders(target.message().id());
        if (enclosing.isEmpty() && !senders.isEmpty() && !senders.contains(target.originator()))
            throw Refusal.NOT_THE_ORIGINATOR.because(
                    "message " + target.message().id());
        if (senders.contains(target.originator())
                && holdings.encloses(target.originator(), target.message().id()))
            throw Refusal.NOT_THE_ORIGINATOR.because("it was shared onward, by " + target.originator());
    }

    /** What is compared or counted here cannot be used in a text's stead, nor the other way round. */
    private void requireSameType(Target target, Content corrected) {
        for (SqlHoldings.Held held : held(target)) {
            List<SignedMessage> chain =
                    Reader.chain(exchange.received(held.peer(), held.name()).orElseThrow());
            if (!chain.get(chain.size() - 1).message().content().type().equals(corrected.type()))
                throw Refusal.FIELD_WRONG.because("order.corrected: of another type than what it corrects");
        }
    }

    private record Done(OrderAnswer.Outcome outcome, Optional<String> sentence, Optional<ExchangeService.Gone> gone) {}

    private Done carryOut(Target target, Order.Kind kind) {
        List<SqlHoldings.Held> held = held(target);
        boolean shared = holdings.shares(target).stream()
                .anyMatch(share -> exchange.sentMessage(share.name()).isPresent());
        if (held.isEmpty() && !shared) return new Done(OrderAnswer.Outcome.NOT_HELD, Optional.empty(), gone(target));
        Optional<String> hold = held.stream()
                .flatMap(each -> holdings.held(each.peer(), each.name()).stream())
                .findFirst();
        boolean destroys = kind == Order.Kind.PURGE && hold.isEmpty();
        for (SqlHoldings.Held each : held) carryOut(each.peer(), each.name(), false, kind, destroys);
        for (Share share : holdings.shares(target)) carryOut(share.recipient(), share.name(), true, kind, destroys);
        if (destroys) destroyCorrections(target);
        return kind == Order.Kind.PURGE && hold.isPresent()
                ? new Done(OrderAnswer.Outcome.REFUSED, hold, Optional.empty())
                : new Done(OrderAnswer.Outcome.OBEYED, Optional.empty(), Optional.empty());
    }

    /** When the last of the messages by which we had it ended. */
    private Optional<ExchangeService.Gone> gone(Target target) {
        return Stream.concat(
                        Stream.of(exchange.gone(
                                target.originator(), target.message().id())),
                        holdings.enclosing(target.message()).stream()
                                .map(each -> exchange.gone(each.peer(), each.name())))
                .flatMap(Optional::stream)
                .max(Comparator.comparing(ExchangeService.Gone::at));
    }

    /** The messages by which we have it and still keep it. */
    private List<SqlHoldings.Held> held(Target target) {
        List<SqlHoldings.Held> held = new ArrayList<>();
        MessageReference message = target.message();
        exchange.received(target.originator(), message.id())
                .filter(kept -> kept.reference().equals(message))
                .ifPresent(
                        kept -> held.add(new SqlHoldings.Held(target.originator(), message.id(), target.originator())));
        for (SqlHoldings.Held each : holdings.enclosing(message))
            if (exchange.received(each.peer(), each.name()).isPresent()) held.add(each);
        return held;
    }

    private void carryOut(MemberId peer, MessageId name, boolean ours, Order.Kind kind, boolean destroys) {
        if (destroys) {
            destroy(peer, name, ours);
            events.publishEvent(new ContentPurged(peer, name, ours));
        } else if (kind == Order.Kind.CORRECTION) {
            events.publishEvent(new ContentCorrected(peer, name, ours));
        } else {
            events.publishEvent(new ContentWithdrawn(peer, name, ours));
        }
        String what =
                destroys ? "originator.purge" : "originator." + kind.name().toLowerCase(java.util.Locale.ROOT);
        List<org.sharaka.node.audit.EntryId> unused = audit.enterAll(
                NODE, List.of(AuditTrail.Deed.done(what, "message/" + name + (ours ? " to " : " from ") + peer)));
    }

    private void destroy(MemberId peer, MessageId name, boolean ours) {
        if (!ours) {
            exchange.purgeReceived(NODE, peer, name);
            return;
        }
        boolean unused = exchange.giveUp(NODE, name);
        if (exchange.sentMessage(name).isPresent()) exchange.purgeSent(NODE, name);
    }

    /** What stood instead is the same data. */
    private void destroyCorrections(Target target) {
        for (Taken earlier : orders.about(target))
            if (earlier.kind() == Order.Kind.CORRECTION
                    && exchange.received(earlier.peer(), earlier.name()).isPresent())
                exchange.purgeReceived(NODE, earlier.peer(), earlier.name());
    }

    /**
     * Looks again at an order whose data was not here, or not let go. What came with an order of its own in two transactions at once neither of
     * them saw, so an order of a moment ago is looked at until that is over.
     */
    void again(Taken order) {
        Instant now = now();
        Done done = carryOut(order.target(), order.kind());
        if (done.outcome() == order.outcome()) {
            boolean fresh = order.takenAt().isAfter(now.minus(AT_ONCE));
            orders.look(order, fresh ? Optional.of(now.plus(SOON)) : Optional.empty());
        } else {
            orders.changed(
                    order.ended(
                            done.outcome(),
                            done.gone().map(ExchangeService.Gone::at).orElse(now),
                            done.sentence(),
                            done.gone().map(gone -> gone.entry().value())),
                    now);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
