package org.sharaka.node.originator;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.sharaka.node.access.AccessLog;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.exchange.ExchangeService;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.content.PermissionAnswer;
import org.sharaka.protocol.content.PermissionRequest;
import org.sharaka.protocol.message.Act;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.Lane;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.Order;
import org.sharaka.protocol.message.OrderAnswer;
import org.sharaka.protocol.message.SignedMessage;

/**
 * What may be done with a message of another's: every place that shows, prints, exports or shares one asks here first. Whether the officer may
 * see the message at all, the place itself has asked. Safe for many threads.
 */
public final class Control {
    private static final int SENTENCE_MIN = 3;
    private static final int SENTENCE_MAX = 4_000;

    private final HandlingRules rules;
    private final SqlPermissions permissions;
    private final SqlHoldings holdings;
    private final SqlTaken orders;
    private final SqlPassing passing;
    private final ExchangeService exchange;
    private final Rosters rosters;
    private final AuditTrail audit;
    private final AccessLog log;
    private final Runnable wake;
    private final Clock clock;

    Control(
            HandlingRules rules,
            SqlPermissions permissions,
            SqlHoldings holdings,
            SqlTaken orders,
            SqlPassing passing,
            ExchangeService exchange,
            Rosters rosters,
            AuditTrail audit,
            AccessLog log,
            Runnable wake,
            Clock clock) {
        this.rules = rules;
        this.permissions = permissions;
        this.holdings = holdings;
        this.orders = orders;
        this.passing = passing;
        this.exchange = exchange;
        this.rosters = rosters;
        this.audit = audit;
        this.log = log;
        this.wake = wake;
        this.clock = clock;
    }

    /** How stands what came in a message, also after its content is gone. */
    public Standing standing(MemberId from, MessageId name) {
        return standing(orders.about(from, name), unsettled(from, name));
    }

    /** Whoever has a say in it may have taken it back while we were away. */
    private boolean unsettled(MemberId from, MessageId name) {
        return exchange.returned()
                && unsettled(List.of(from), holdings.originator(from, name).orElse(from));
    }

    /** @param from who gave it to us; of our own data nobody else has a say */
    private boolean unsettled(List<MemberId> from, MemberId originator) {
        return !originator.equals(rosters.us())
                && (exchange.unsettled(originator) || from.stream().anyMatch(exchange::unsettled));
    }

    /** How stands what a message of ours shared onward; good for data of our own. */
    public Standing standingOfShare(MessageId ours) {
        return holdings.share(ours)
                .map(share -> standing(orders.about(share.target()), unsettled(share.target())))
                .orElse(Standing.GOOD);
    }

    private boolean unsettled(Target shared) {
        return exchange.returned()
                && unsettled(
                        holdings.enclosing(shared.message()).stream()
                                .map(SqlHoldings.Held::peer)
                                .toList(),
                        shared.originator());
    }

    private Standing standing(List<Taken> about, boolean unsettled) {
        Optional<Standing.Withdrawal> withdrawn = Optional.empty();
        Optional<Standing.Correction> corrected = Optional.empty();
        for (Taken order : about) {
            Optional<Order> words = exchange.received(order.peer(), order.name())
                    .flatMap(message -> Order.in(message.message().content()));
            if (order.kind() != Order.Kind.CORRECTION) {
                boolean purged = order.kind() == Order.Kind.PURGE;
                if (withdrawn.filter(Standing.Withdrawal::purged).isEmpty())
                    withdrawn = Optional.of(new Standing.Withdrawal(
                            purged,
                            purged && order.outcome() == OrderAnswer.Outcome.REFUSED,
                            order.takenAt(),
                            words.map(Order::reason)));
            } else if (words.isPresent()) {
                corrected = words.get()
                        .corrected()
                        .map(content -> new Standing.Correction(
                                content, order.takenAt(), words.get().reason()));
            }
        }
        return new Standing(withdrawn, withdrawn.isPresent() ? Optional.empty() : corrected, unsettled);
    }

    /**
     * Whether an officer may do something with a message that came, as things stand now.
     *
     * @param to for an onward share: who is to have it; empty while that is open
     */
    public Verdict mayI(Actor actor, Act act, SignedMessage held, Optional<MemberId> to) {
        return verdict(
                actor,
                act,
                held,
                to,
                standing(held),
                rules.under(held.message().handling().codes()));
    }

    private Standing standing(SignedMessage held) {
        return standing(
                held.message().header().sender(), held.message().header().id());
    }

    private Verdict verdict(
            Actor actor,
            Act act,
            SignedMessage held,
            Optional<MemberId> to,
            Standing standing,
            Map<Act, Act.Rule> under) {
        if (standing.withdrawn().isPresent()) return new Verdict(act, Verdict.Say.WITHDRAWN, Optional.empty());
        if (standing.unsettled()) return new Verdict(act, Verdict.Say.UNSETTLED, Optional.empty());
        if (to.filter(member -> !held.message().handling().permits(member)).isPresent())
            return new Verdict(act, Verdict.Say.NOT_PERMITTED, Optional.empty());
        Target target = Target.of(held);
        if (target.originator().equals(rosters.us())) return new Verdict(act, Verdict.Say.ALLOWED, Optional.empty());
        Optional<String> another = anotherPurpose(actor, held);
        Act.Rule rule = another.isPresent() && act != Act.VIEW
                ? Act.Rule.ASK_ORIGINATOR
                : under.getOrDefault(act, Act.Rule.ASK_ORIGINATOR);
        return switch (rule) {
            case ALLOWED -> new Verdict(act, forPurpose(actor, act, held, another), Optional.empty());
            case CONFIRM_REMARKS ->
                new Verdict(
                        act,
                        permissions.has(confirmation(actor, act, held, Optional.empty()))
                                ? forPurpose(actor, act, held, another)
                                : Verdict.Say.CONFIRM_REMARKS,
                        Optional.empty());
            case ASK_ORIGINATOR -> {
                boolean open = act == Act.ONWARD_SHARE && to.isEmpty();
                String came = held.message().handling().purpose();
                Optional<Asked> asked =
                        open ? Optional.empty() : permissions.latest(target, act, to, came, another.orElse(came));
                yield new Verdict(act, said(asked), asked);
            }
        };
    }

    /**
     * The officer's purpose if the data came for another one. Both speak of purposes by the codes of {@link Purpose}; a code that is not the
     * very same is another purpose.
     */
    private static Optional<String> anotherPurpose(Actor actor, SignedMessage held) {
        String ours = actor.purpose().map(Purpose::code).orElse("none");
        return Optional.of(ours)
                .filter(purpose -> !purpose.equals(held.message().handling().purpose()));
    }

    private Verdict.Say forPurpose(Actor actor, Act act, SignedMessage held, Optional<String> another) {
        return another.isEmpty() || permissions.has(confirmation(actor, act, held, another))
                ? Verdict.Say.ALLOWED
                : Verdict.Say.CONFIRM_PURPOSE;
    }

    private static SqlPermissions.Confirmation confirmation(
            Actor actor, Act act, SignedMessage held, Optional<String> purpose) {
        return new SqlPermissions.Confirmation(
                actor.id(),
                held.message().header().sender(),
                held.message().header().id(),
                act,
                purpose);
    }

    private Verdict.Say said(Optional<Asked> asked) {
        if (asked.filter(each -> each.grants(clock.instant())).isPresent()) return Verdict.Say.ALLOWED;
        if (asked.filter(Asked::waits).isPresent()) return Verdict.Say.WAITING;
        if (asked.filter(Asked::revoked).isPresent()) return Verdict.Say.REVOKED;
        return asked.filter(Asked::refused).isPresent() ? Verdict.Say.REFUSED : Verdict.Say.ASK_ORIGINATOR;
    }

    /** The order that says what stands instead of what came in a message, as it was signed. */
    public Optional<SignedMessage> correction(MemberId from, MessageId name) {
        return orders.about(from, name).stream()
                .filter(order -> order.kind() == Order.Kind.CORRECTION)
                .reduce((earlier, later) -> later)
                .flatMap(order -> exchange.received(order.peer(), order.name()));
    }

    /** Every act at once, for a page; of an onward share what is true before a recipient is named. */
    public Map<Act, Verdict> mayI(Actor actor, SignedMessage held, Standing standing) {
        Map<Act, Act.Rule> under = rules.under(held.message().handling().codes());
        Map<Act, Verdict> verdicts = new EnumMap<>(Act.class);
        for (Act act : Act.values()) verdicts.put(act, verdict(actor, act, held, Optional.empty(), standing, under));
        return verdicts;
    }

    /**
     * Does something with a message, if it is allowed; what was granted once is used up. The act or its refusal is entered.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link OriginatorProblem#ASK_FIRST}, {@link OriginatorProblem#REMARKS_FIRST}, {@link OriginatorProblem#PURPOSE_FIRST},
     *     {@link OriginatorProblem#REFUSED_BY_ORIGINATOR}, {@link OriginatorProblem#NOT_PERMITTED}, {@link OriginatorProblem#WITHDRAWN},
     *     {@link org.sharaka.node.exchange.ExchangeProblem#UNSETTLED}
     */
    public <T> T doing(Actor actor, Act act, SignedMessage held, Optional<MemberId> to, Supplier<T> then) {
        return audit.act(actor, action(act), subject(held), () -> {
            require(actor, act, held, to);
            return then.get();
        });
    }

    /** As {@link #doing}, inside an act of the caller's own. */
    public void require(Actor actor, Act act, SignedMessage held, Optional<MemberId> to) {
        Verdict verdict = mayI(actor, act, held, to);
        if (!verdict.allowed()) throw verdict.problem().because(subject(held));
        verdict.asked()
                .filter(asked -> asked.outcome()
                        .filter(said -> said == PermissionAnswer.Outcome.GRANTED_ONCE)
                        .isPresent())
                .filter(asked -> asked.grants(clock.instant()))
                .ifPresent(asked -> {
                    if (!permissions.use(asked.request().id(), clock.instant()))
                        throw OriginatorProblem.ASK_FIRST.because(subject(held));
                });
    }

    /** Enters that a page kept a message's content back from an officer. */
    public void keptBack(Actor actor, MemberId from, MessageId name, Verdict why) {
        log.refused(
                actor,
                action(Act.VIEW),
                "message/" + name + " from " + from,
                new AccessLog.ProblemCode(why.problem().code()));
    }

    /**
     * An officer says that an act respects the originator's remarks, or that it is done for another purpose than the data came for. The caller has
     * asked whether the officer may see the message.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link OriginatorProblem#NOTHING_TO_ASK} if nothing is to be confirmed
     */
    public void confirm(Actor actor, Act act, SignedMessage held) {
        Verdict.Say say = mayI(actor, act, held, Optional.empty()).say();
        Optional<String> another = anotherPurpose(actor, held).filter(purpose -> say == Verdict.Say.CONFIRM_PURPOSE);
        String subject = subject(held)
                + another.map(purpose -> " for " + purpose + ", came for "
                                + held.message().handling().purpose())
                        .orElse("");
        Optional<Void> unused = audit.act(actor, "originator.confirm-" + name(act), subject, entry -> {
            actor.requirePurpose();
            if (say != Verdict.Say.CONFIRM_REMARKS && say != Verdict.Say.CONFIRM_PURPOSE)
                throw OriginatorProblem.NOTHING_TO_ASK.because(subject);
            permissions.add(confirmation(actor, act, held, another), clock.instant(), entry);
            return Optional.empty();
        });
    }

    /**
     * What is asked of an originator, if there is anything to ask.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link OriginatorProblem#NOTHING_TO_ASK}, {@link OriginatorProblem#ASKED_BEFORE},
     *     {@link OriginatorProblem#NOT_PERMITTED}, {@link OriginatorProblem#WITHDRAWN}, {@link org.sharaka.node.exchange.ExchangeProblem#UNSETTLED}
     */
    public Target toAsk(Actor actor, Act act, SignedMessage held, Optional<MemberId> to) {
        Verdict verdict = mayI(actor, act, held, to);
        switch (verdict.say()) {
            case ASK_ORIGINATOR, REFUSED, REVOKED -> {
                return Target.of(held);
            }
            case WAITING -> throw OriginatorProblem.ASKED_BEFORE.because(subject(held));
            case NOT_PERMITTED, WITHDRAWN, UNSETTLED -> throw verdict.problem().because(subject(held));
            default -> throw OriginatorProblem.NOTHING_TO_ASK.because(subject(held));
        }
    }

    /** Notes that an originator was asked for the officer's purpose, in the transaction that asks. */
    public void asked(Actor actor, MessageReference request, Target target, PermissionRequest words) {
        permissions.add(
                new Asked(
                        request,
                        target,
                        words.act(),
                        words.recipient(),
                        clock.instant(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                actor.requirePurpose().code(),
                actor.id());
    }

    /**
     * Takes an originator's answer in: for us, or for whom we handed the question on. In the transaction that accepts it. A revocation is obeyed
     * there and then, and holds whatever was or will be granted to the same request; what was done before stays on record as it was.
     *
     * @return whether it is for us
     * @throws org.sharaka.protocol.RefusedException {@link Refusal#NOT_THE_ORIGINATOR}, {@link Refusal#FIELD_WRONG},
     *     {@link Refusal#CERTIFICATE_NOT_LISTED}
     */
    public boolean answered(SignedMessage brought, PermissionAnswer answer) {
        SignedMessage own = Orders.holdersOwn(brought);
        if (!own.message().content().equals(brought.message().content()))
            throw Refusal.FIELD_WRONG.because("permission.answer: changed on its way");
        Orders.requireListed(brought, rosters);
        Optional<Asked> question = permissions.find(answer.request().id());
        if (question.isPresent()) {
            Asked asked = question.get();
            if (!own.message().header().sender().equals(asked.target().originator()))
                throw Refusal.NOT_THE_ORIGINATOR.because(
                        "permission of " + asked.target().originator());
            if (!asked.request().equals(answer.request())
                    || !asked.target().message().equals(answer.target())
                    || asked.act() != answer.act()
                    || !asked.recipient().equals(answer.recipient()))
                throw Refusal.FIELD_WRONG.because("permission.answer: not what was asked");
            if (answer.outcome() == PermissionAnswer.Outcome.REVOKED) revoked(asked);
            else if (asked.outcome().isEmpty())
                permissions.answered(asked.request().id(), answer.outcome(), answer.until(), clock.instant());
            return true;
        }
        // For people to read: what they had asked for they may remember.
        if (exchange.answersLost(brought, answer.request().id())
                && holdings.shares(new Target(own.message().header().sender(), answer.target()))
                        .isEmpty()) return true;
        handBack(brought, answer);
        return false;
    }

    private void revoked(Asked asked) {
        if (asked.revoked()) return;
        permissions.revoked(asked.request().id(), clock.instant());
        List<org.sharaka.node.audit.EntryId> unused = audit.enterAll(
                Actor.system("originator"),
                List.of(AuditTrail.Deed.done(
                        "originator.permission-revoked",
                        "message/" + asked.target().message().id() + " of "
                                + asked.target().originator())));
    }

    /** A question that we handed on for somebody is answered through us too, by whose data it was about. */
    private void handBack(SignedMessage brought, PermissionAnswer answer) {
        MemberId by = Orders.holdersOwn(brought).message().header().sender();
        if (holdings.shares(new Target(by, answer.target())).isEmpty())
            throw Refusal.NOT_THE_ORIGINATOR.because("permission of " + by);
        for (MemberId asker : exchange.senders(answer.request().id())) {
            Optional<SignedMessage> question =
                    exchange.received(asker, answer.request().id());
            if (question.isEmpty() || !question.get().reference().equals(answer.request())) continue;
            handOn(
                    brought,
                    asker,
                    question.get().message().header().position().conversation(),
                    brought.message().header().position().lane(),
                    question.get().message().handling().legalBasis());
            return;
        }
        throw Refusal.FIELD_WRONG.because("permission.answer.request: nobody here asked");
    }

    /**
     * A question of somebody with whom we shared another's data: if it is about that, it goes on to the originator as it is.
     *
     * @return whether it does; otherwise it is for us
     */
    public boolean handOn(SignedMessage brought, PermissionRequest request) {
        MemberId asker = brought.message().header().sender();
        if (exchange.sentMessage(request.target().id())
                .filter(ours -> ours.reference().equals(request.target()))
                .isPresent()) return false;
        for (SqlHoldings.Held held : held(request.target())) {
            Optional<Share> share = holdings.shares(new Target(held.originator(), request.target())).stream()
                    .filter(each -> each.recipient().equals(asker))
                    .findFirst();
            Optional<SignedMessage> kept = exchange.received(held.peer(), held.name());
            if (share.isEmpty() || kept.isEmpty()) continue;
            handOn(
                    brought,
                    held.peer(),
                    kept.get().message().header().position().conversation(),
                    Lane.ORDINARY,
                    kept.get().message().handling().legalBasis());
            return true;
        }
        if (exchange.answersLost(brought, request.target().id())) return false;
        throw Refusal.FIELD_WRONG.because("permission.request.target: neither ours nor shared with the asker");
    }

    private List<SqlHoldings.Held> held(MessageReference target) {
        List<SqlHoldings.Held> held = new ArrayList<>(holdings.enclosing(target));
        for (MemberId sender : exchange.senders(target.id()))
            exchange.received(sender, target.id())
                    .filter(kept -> kept.reference().equals(target))
                    .ifPresent(kept -> held.add(new SqlHoldings.Held(sender, target.id(), sender)));
        return held;
    }

    private void handOn(SignedMessage brought, MemberId to, ConversationId conversation, Lane lane, String legalBasis) {
        passing.add(
                new Passing(
                        brought.message().header().sender(),
                        brought.message().header().id(),
                        to,
                        conversation,
                        lane,
                        legalBasis,
                        0),
                clock.instant());
        OrderListener.afterCommit(wake);
    }

    /** Notes an onward share, so that orders can be passed on; in the act that shares. */
    public void shared(Share share, org.sharaka.node.audit.EntryId entry) {
        holdings.shared(share, entry);
    }

    /** Why proceedings need a message that came. */
    public Optional<String> hold(MemberId from, MessageId name) {
        return holdings.held(from, name);
    }

    /**
     * Proceedings here need a message: it is not destroyed when its originator orders so, who gets the sentence instead. It is closed all
     * the same.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link OriginatorProblem#REASON_MISSING}
     */
    public void keep(Actor actor, SignedMessage held, String sentence) {
        Optional<Void> unused = audit.act(actor, "originator.hold", subject(held), entry -> {
            actor.require(Permission.EXCHANGE_APPROVE).requirePurpose();
            if (sentence.length() < SENTENCE_MIN || sentence.length() > SENTENCE_MAX)
                throw OriginatorProblem.REASON_MISSING.because(SENTENCE_MIN + " to " + SENTENCE_MAX + " characters");
            holdings.hold(
                    held.message().header().sender(),
                    held.message().header().id(),
                    sentence,
                    actor.id(),
                    clock.instant(),
                    entry);
            return Optional.empty();
        });
    }

    /** Proceedings need it no longer: an order that waits for that is obeyed. */
    public void letGo(Actor actor, MemberId from, MessageId name) {
        Optional<Void> unused = audit.act(actor, "originator.let-go", "message/" + name + " from " + from, () -> {
            actor.require(Permission.EXCHANGE_APPROVE).requirePurpose();
            if (!holdings.release(from, name)) throw OriginatorProblem.NOT_FOUND.because("message " + name);
            Optional<Instant> now = Optional.of(clock.instant());
            orders.about(from, name).forEach(order -> orders.look(order, now));
            OrderListener.afterCommit(wake);
            return Optional.empty();
        });
    }

    /** The members who are known to have got this from us, of those that are asked about. */
    public List<MemberId> sharedWith(SignedMessage held, Collection<MemberId> among) {
        return holdings.shares(Target.of(held)).stream()
                .map(Share::recipient)
                .filter(among::contains)
                .distinct()
                .toList();
    }

    private static String subject(SignedMessage held) {
        return "message/" + held.message().header().id() + " from "
                + held.message().header().sender();
    }

    private static String action(Act act) {
        return "originator." + name(act);
    }

    private static String name(Act act) {
        return act.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
