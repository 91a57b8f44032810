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
import org.sharaka.node.exchange.ExchangeService;
import org.sharaka.node.exchange.Sent;
import org.sharaka.node.intake.IntakeService;
import org.sharaka.protocol.content.CrossCheck;
import org.sharaka.protocol.content.CrossCheckAnswer;
import org.sharaka.protocol.content.Trace;
import org.sharaka.protocol.message.Message;
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
    private final AuditTrail audit;
    private final CrossCheckSettings settings;
    private final Clock clock;

    Reading(
            SqlCrossChecks checks,
            CampaignTraces traces,
            TraceReader reader,
            IntakeService intake,
            ExchangeService exchange,
            AuditTrail audit,
            CrossCheckSettings settings,
            Clock clock) {
        this.checks = checks;
        this.traces = traces;
        this.reader = reader;
        this.intake = intake;
        this.exchange = exchange;
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
     * @param reports of ours that hold what it asks about
     * @param fresh those among them that came after we answered
     */
    record Line(Received received, int reports, int fresh) {}

    /** What others ask and what we know of it, the unanswered first; needs {@link Permission#EXCHANGE_READ} and a purpose. */
    List<Line> list(Actor actor) {
        return audit.read(actor, "crosscheck.list", "crosschecks", () -> {
            requireReader(actor);
            return checks.running(clock.instant(), SHOWN).stream()
                    .map(received -> {
                        List<CampaignTraces.Wanted> wanted = checks.wanted(received.key());
                        return new Line(received, traces.count(wanted, 0), fresh(received, wanted));
                    })
                    .toList();
        });
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
     * @param request as it was signed
     * @param own reports of ours that hold what it asks about
     * @param fresh those among them that came after we answered
     * @param known the traces that they hold
     * @param closed reports that are closed to the reader's own unit and name one of the traces; in no other figure
     * @param answer what we told
     * @param sent the same as it was signed
     * @param delivery how far our answer came
     */
    record Opened(
            Received received,
            Message request,
            CrossCheck check,
            CampaignTraces.Held own,
            int fresh,
            Set<Trace> known,
            int closed,
            Optional<CrossCheckAnswer> answer,
            Optional<Message> sent,
            Optional<Sent.State> delivery,
            Optional<Draft> draft) {}

    /**
     * Opens what another asks; it is read with that.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link CrossCheckProblem#NOT_FOUND}
     */
    Opened open(Actor actor, CheckKey key) {
        return audit.read(actor, "crosscheck.read", key.subject(), () -> {
            requireReader(actor);
            Received received = running(checks.received(key), key);
            checks.read(key);
            SignedMessage request = request(received);
            CrossCheck check = CrossCheck.parse(request.message().content());
            List<CampaignTraces.Wanted> wanted = checks.wanted(key);
            CampaignTraces.Held held = traces.held(wanted, 0);
            Set<Identifier> named = new HashSet<>();
            check.traces().forEach(trace -> reader.identifier(trace).ifPresent(named::add));
            Optional<Message> sent = received.answer()
                    .flatMap(answer -> exchange.sentMessage(answer.message()))
                    .map(SignedMessage::message);
            return new Opened(
                    received,
                    request.message(),
                    check,
                    held,
                    fresh(received, wanted),
                    known(check, held),
                    intake.closedNaming(actor, named),
                    sent.map(message -> CrossCheckAnswer.parse(message.content())),
                    sent,
                    received.answer()
                            .flatMap(answer -> exchange.sent(answer.message()))
                            .map(Sent::state),
                    checks.draft(key));
        });
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
     * @param check as it was sent
     * @param delivery how far our request came
     * @param came its answer as it was signed: how it may be handled, and how its sender grades it
     */
    record AbroadPart(
            Asked asked,
            Optional<CrossCheck> check,
            Optional<Sent.State> delivery,
            Optional<CrossCheckAnswer> answer,
            Optional<Message> came) {}

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
                    .map(this::part)
                    .toList();
            List<AskedUs> theirs = List.of();
            if (actor.may(Permission.EXCHANGE_READ) && checks.anyRunning(now))
                theirs = checks.wanting(traces.keysIn(campaign, TraceReader.MAY_TRAVEL), now, SHOWN).stream()
                        .map(this::askedUs)
                        .toList();
            return new Abroad(ours, theirs);
        });
    }

    private AbroadPart part(Asked asked) {
        Optional<Message> came = asked.answer()
                .flatMap(answer -> exchange.received(asked.key().peer(), answer.message()))
                .map(SignedMessage::message);
        return new AbroadPart(
                asked,
                exchange.sentMessage(asked.message())
                        .map(sent -> CrossCheck.parse(sent.message().content())),
                exchange.sent(asked.message()).map(Sent::state),
                came.map(message -> CrossCheckAnswer.parse(message.content())),
                came);
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
