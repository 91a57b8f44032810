package org.sharaka.node.crosscheck;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sharaka.identifiers.Identifier;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.campaign.CampaignId;
import org.sharaka.node.campaign.CampaignTraces;
import org.sharaka.node.exchange.ExchangeProblem;
import org.sharaka.node.exchange.ExchangeService;
import org.sharaka.node.exchange.Sent;
import org.sharaka.node.intake.IntakeService;
import org.sharaka.node.originator.Control;
import org.sharaka.node.originator.Orders;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.content.CrossCheck;
import org.sharaka.protocol.content.CrossCheckAnswer;
import org.sharaka.protocol.content.Trace;
import org.sharaka.protocol.message.Act;
import org.sharaka.protocol.message.Message;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.Order;
import org.sharaka.protocol.message.SignedMessage;

/**
 * Shows what others ask and what our own reports know of it, and what others told of ours. Compared at every look; nothing of it is stored. Every read is
 * entered. Safe for many threads.
 */
final class Reading {
    /** Requests of others that the list shows. */
    static final int SHOWN = 50;

    private static final Duration DAY = Duration.ofDays(1);

    private final SqlCrossChecks checks;
    private final CampaignTraces traces;
    private final TraceReader reader;
    private final IntakeService intake;
    private final ExchangeService exchange;
    private final Control control;
    private final Orders orders;
    private final AuditTrail audit;
    private final CrossCheckSettings settings;
    private final Clock clock;

    Reading(
            SqlCrossChecks checks,
            CampaignTraces traces,
            TraceReader reader,
            IntakeService intake,
            ExchangeService exchange,
            Control control,
            Orders orders,
            AuditTrail audit,
            CrossCheckSettings settings,
            Clock clock) {
        this.checks = checks;
        this.traces = traces;
        this.reader = reader;
        this.intake = intake;
        this.exchange = exchange;
        this.control = control;
        this.orders = orders;
        this.audit = audit;
        this.settings = settings;
        this.clock = clock;
    }

    /** Below this a count is told as fewer. */
    int few() {
        return settings.few();
    }

    /**
     * One request of another in the list.
     *
     * @param shown whether it is compared for the officer; not while its originator's remarks are to be confirmed, nor once it is taken back
     * @param reports of ours that hold what it asks about
     * @param fresh those among them that came after we answered
     */
    record Line(Received received, boolean shown, int reports, int fresh) {}

    /** What others ask and what we know of it, the unanswered first; needs {@link Permission#EXCHANGE_READ} and a purpose. */
    List<Line> list(Actor actor) {
        return audit.read(actor, "crosscheck.list", "crosschecks", () -> {
            requireReader(actor);
            return checks.running(clock.instant(), SHOWN).stream()
                    .map(received -> line(actor, received))
                    .toList();
        });
    }

    private Line line(Actor actor, Received received) {
        if (received.withdrawn()
                || !seen(actor, received.key().peer(), received.message()).shown())
            return new Line(received, false, 0, 0);
        List<CampaignTraces.Wanted> wanted = checks.wanted(received.key());
        return new Line(received, true, traces.count(wanted, 0), fresh(received, wanted));
    }

    private Seen seen(Actor actor, MemberId from, MessageId name) {
        Optional<SignedMessage> held = exchange.received(from, name);
        return new Seen(
                control.standing(from, name),
                held.map(SignedMessage::message),
                held.map(message -> control.mayI(actor, Act.VIEW, message, Optional.empty())));
    }

    /** What a page keeps back from its reader is entered. */
    private Seen look(Actor actor, MemberId from, MessageId name) {
        Seen seen = seen(actor, from, name);
        seen.view()
                .filter(verdict -> !verdict.allowed())
                .ifPresent(verdict -> control.keptBack(actor, from, name, verdict));
        return seen;
    }

    private int fresh(Received received, List<CampaignTraces.Wanted> wanted) {
        return received.answer()
                .map(answer -> traces.count(wanted, answer.upTo()))
                .orElse(0);
    }

    static void requireReader(Actor actor) {
        actor.require(Permission.EXCHANGE_READ).requirePurpose();
        actor.require(Permission.CAMPAIGN_READ);
    }

    /** Members that ask more than campaigns bring: it may be fishing. */
    List<Pace> unusual(Actor actor) {
        actor.require(Permission.EXCHANGE_READ);
        return checks.paces(clock.instant().minus(DAY)).stream()
                .filter(pace -> pace.unusual(settings))
                .toList();
    }

    /** Another text whenever the pages of what others ask would show something else; tells nothing more and is not entered. */
    String news(Actor actor) {
        actor.require(Permission.EXCHANGE_READ);
        return checks.mark() + "-" + (checks.anyRunning(clock.instant()) ? traces.linkedUpTo() : 0);
    }

    /** Likewise for the part of a campaign's page. */
    String news(Actor actor, CampaignId campaign) {
        String ours = checks.markOf(traces.numbersOf(campaign));
        return actor.may(Permission.EXCHANGE_READ) ? ours + "-" + checks.mark() : ours;
    }

    /**
     * A request of another with what we know of it.
     *
     * @param compared empty while its originator has a say that keeps it closed; then what we wrote about it, sent or not, is not shown either
     * @param answer what we told
     * @param sent the same as it was signed
     * @param delivery how far our answer came
     * @param ordered our orders about our answer
     */
    record Opened(
            Received received,
            Seen request,
            Optional<Compared> compared,
            Optional<CrossCheckAnswer> answer,
            Optional<Message> sent,
            Optional<Sent.State> delivery,
            List<Orders.Ordered> ordered,
            Optional<Draft> draft) {
        Opened {
            ordered = List.copyOf(ordered);
        }

        /** Whether our answer can still be taken back. */
        public boolean orderable() {
            return received.answer().isPresent()
                    && ordered.stream().noneMatch(order -> order.kind() == Order.Kind.PURGE);
        }
    }

    /**
     * What is asked, and what our own reports know of it now.
     *
     * @param own reports of ours that hold what it asks about
     * @param fresh those among them that came after we answered
     * @param known the traces that they hold
     * @param closed reports that are closed to the reader's own unit and name one of the traces; in no other figure
     */
    record Compared(CrossCheck check, CampaignTraces.Held own, int fresh, Set<Trace> known, int closed) {}

    /**
     * Opens what another asks; it is read with that.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link CrossCheckProblem#NOT_FOUND}
     */
    Opened open(Actor actor, CheckKey key) {
        return audit.read(actor, "crosscheck.read", key.subject(), () -> {
            requireReader(actor);
            Received received = running(checks.received(key), key);
            Seen request = look(actor, key.peer(), received.message());
            Optional<Compared> compared = request.message().map(message -> compared(actor, received, message));
            if (compared.isPresent() || received.withdrawn()) checks.read(key);
            Optional<MessageId> ours = received.answer().map(Received.OurAnswer::message);
            Optional<Message> sent = compared.flatMap(shown -> ours)
                    .flatMap(exchange::sentMessage)
                    .map(SignedMessage::message);
            return new Opened(
                    received,
                    request,
                    compared,
                    sent.map(message -> CrossCheckAnswer.parse(message.content())),
                    sent,
                    ours.flatMap(exchange::sent).map(Sent::state),
                    ours.map(orders::about).orElse(List.of()),
                    compared.flatMap(shown -> checks.draft(key)));
        });
    }

    private Compared compared(Actor actor, Received received, Message request) {
        CrossCheck check = CrossCheck.parse(request.content());
        List<CampaignTraces.Wanted> wanted = checks.wanted(received.key());
        CampaignTraces.Held held = traces.held(wanted, 0);
        Set<Identifier> named = new HashSet<>();
        check.traces().forEach(trace -> TraceReader.identifier(trace).ifPresent(named::add));
        return new Compared(
                check, held, fresh(received, wanted), known(check, held), intake.closedNaming(actor, named));
    }

    /** An officer has read the remarks on what another asks, and says that they are respected. */
    void confirm(Actor actor, CheckKey key) {
        requireReader(actor);
        control.confirm(actor, Act.VIEW, request(running(checks.received(key), key)));
    }

    /** Likewise those on what was answered to us. */
    void confirmAnswer(Actor actor, CheckKey key) {
        actor.require(Permission.CAMPAIGN_READ).requirePurpose();
        if (!actor.may(Permission.EXCHANGE_READ)) actor.require(Permission.CROSSCHECK_ASK);
        control.confirm(
                actor,
                Act.VIEW,
                checks.asked(key)
                        .flatMap(Asked::answer)
                        .flatMap(answer -> exchange.received(key.peer(), answer.message()))
                        .orElseThrow(() -> notFound(key)));
    }

    Set<Trace> known(CrossCheck check, CampaignTraces.Held held) {
        Set<Trace> known = new HashSet<>();
        for (Trace trace : check.traces())
            if (reader.wanted(trace)
                    .filter(wanted -> held.keys().containsKey(wanted.key()))
                    .isPresent()) known.add(trace);
        return known;
    }

    SignedMessage request(Received received) {
        if (exchange.unsettled(received.key().peer()))
            throw ExchangeProblem.UNSETTLED.because(
                    "cross-check with " + received.key().peer());
        return exchange.received(received.key().peer(), received.message()).orElseThrow(() -> notFound(received.key()));
    }

    Received running(Optional<Received> found, CheckKey key) {
        return found.filter(received -> received.endsAt().isAfter(clock.instant()))
                .orElseThrow(() -> notFound(key));
    }

    static RuntimeException notFound(CheckKey key) {
        return CrossCheckProblem.NOT_FOUND.because("no such cross-check with " + key.peer());
    }

    /**
     * What one member said about a campaign of ours.
     *
     * @param delivery how far our request came
     * @param ordered our orders about it
     * @param seen how its answer stands; empty while there is none
     * @param came its answer as it was signed: how it may be handled, and how its sender grades it; empty unless it is shown
     * @param answer what it says; likewise
     */
    record AbroadPart(
            Asked asked,
            Optional<Sent.State> delivery,
            List<Orders.Ordered> ordered,
            Optional<Seen> seen,
            Optional<Message> came,
            Optional<CrossCheckAnswer> answer) {
        AbroadPart {
            ordered = List.copyOf(ordered);
        }
    }

    /**
     * A campaign in other countries.
     *
     * @param ours whom we asked, and what they released
     * @param theirs who asks about what is in it; empty for officers who may not read what is exchanged
     */
    record Abroad(List<AbroadPart> ours, List<AskedUs> theirs) {}

    /** Another member's part of a campaign, as it told it in its request. */
    record AskedUs(Received received, Optional<CrossCheck> check, Optional<CrossCheckAnswer> answer) {}

    /** Which other members know a campaign, as far as they said or asked; for whoever may ask or read what is exchanged. */
    Abroad abroad(Actor actor, CampaignId campaign) {
        return audit.read(actor, "crosscheck.abroad", "campaign/" + campaign, () -> {
            actor.require(Permission.CAMPAIGN_READ).requirePurpose();
            Instant now = clock.instant();
            List<AbroadPart> ours = checks.askedOf(traces.numbersOf(campaign), now).stream()
                    .map(asked -> part(actor, asked))
                    .toList();
            List<AskedUs> theirs = List.of();
            if (actor.may(Permission.EXCHANGE_READ) && checks.anyRunning(now))
                theirs = checks.wanting(traces.keysIn(campaign, TraceReader.MAY_TRAVEL), now, SHOWN).stream()
                        .filter(received -> seen(actor, received.key().peer(), received.message())
                                .shown())
                        .map(this::askedUs)
                        .toList();
            return new Abroad(ours, theirs);
        });
    }

    private AbroadPart part(Actor actor, Asked asked) {
        Optional<Seen> seen =
                asked.answer().map(answer -> look(actor, asked.key().peer(), answer.message()));
        Optional<Message> came = seen.flatMap(Seen::message);
        return new AbroadPart(
                asked,
                exchange.sent(asked.message()).map(Sent::state),
                orders.about(asked.message()),
                seen,
                came,
                came.map(message -> CrossCheckAnswer.parse(message.content())));
    }

    private AskedUs askedUs(Received received) {
        return new AskedUs(
                received,
                exchange.received(received.key().peer(), received.message())
                        .map(came -> CrossCheck.parse(came.message().content())),
                received.answer()
                        .flatMap(answer -> exchange.sentMessage(answer.message()))
                        .map(sent -> CrossCheckAnswer.parse(sent.message().content())));
    }
}
