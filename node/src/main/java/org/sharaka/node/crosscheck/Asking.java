package org.sharaka.node.crosscheck;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.sharaka.identifiers.Identifier;
import org.sharaka.identifiers.IdentifierKind;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.agreement.AgreementCode;
import org.sharaka.node.agreement.LegalBases;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.audit.EntryId;
import org.sharaka.node.campaign.CampaignId;
import org.sharaka.node.campaign.CampaignService;
import org.sharaka.node.campaign.CampaignTraces;
import org.sharaka.node.exchange.ExchangeService;
import org.sharaka.node.intake.IntakeService;
import org.sharaka.node.originator.Orders;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.content.CrossCheck;
import org.sharaka.protocol.content.CrossCheckEnd;
import org.sharaka.protocol.content.Figures;
import org.sharaka.protocol.content.Trace;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.Handling;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.Order;
import org.sharaka.protocol.message.SignedMessage;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Asks other members whether they know a campaign, and takes it back. Every act is entered. Safe for many threads.
 */
final class Asking {
    /** Shared things that a page offers. */
    static final int OFFERED_MAX = 200;
    /** No unit keeps a cross-check to itself. */
    static final String EVERY_OFFICER = "";

    private final SqlCrossChecks checks;
    private final CampaignService campaigns;
    private final CampaignTraces traces;
    private final TraceReader reader;
    private final IntakeService intake;
    private final ExchangeService exchange;
    private final Partners partners;
    private final Outbox outbox;
    private final Orders orders;
    private final LegalBases laws;
    private final AuditTrail audit;
    private final TransactionTemplate transactions;
    private final CrossCheckSettings settings;
    private final Told told;
    private final SecureRandom random;
    private final Clock clock;

    Asking(
            SqlCrossChecks checks,
            CampaignService campaigns,
            CampaignTraces traces,
            TraceReader reader,
            IntakeService intake,
            ExchangeService exchange,
            Partners partners,
            Outbox outbox,
            Orders orders,
            LegalBases laws,
            AuditTrail audit,
            TransactionTemplate transactions,
            CrossCheckSettings settings,
            SecureRandom random,
            Clock clock) {
        this.checks = checks;
        this.campaigns = campaigns;
        this.traces = traces;
        this.reader = reader;
        this.intake = intake;
        this.exchange = exchange;
        this.partners = partners;
        this.outbox = outbox;
        this.orders = orders;
        this.laws = laws;
        this.audit = audit;
        this.transactions = transactions;
        this.settings = settings;
        this.told = new Told(settings);
        this.random = random;
        this.clock = clock;
    }

    int longestDays() {
        return (int) settings.longest().toDays();
    }

    /** Something of a campaign that may travel. */
    record Offered(CampaignTraces.Shared shared, Trace trace) {}

    /** What an analyst may send of a campaign: never the reporters' own, never what is marked as a true service's. */
    List<Offered> offered(Actor actor, CampaignId campaign) {
        return audit.read(actor, "crosscheck.compose", "campaign/" + campaign, () -> {
            actor.require(Permission.CROSSCHECK_ASK).requirePurpose();
            return offer(actor, campaign);
        });
    }

    private List<Offered> offer(Actor actor, CampaignId campaign) {
        List<Offered> offered = new ArrayList<>();
        for (CampaignTraces.Shared shared : traces.of(campaign, TraceReader.MAY_TRAVEL, OFFERED_MAX))
            reader.traceOf(shared).ifPresent(trace -> offered.add(new Offered(shared, trace)));
        Set<Identifier> telephones = new HashSet<>();
        for (Offered each : offered)
            TraceReader.identifier(each.trace())
                    .filter(identifier -> identifier.kind() == IdentifierKind.PHONE)
                    .ifPresent(telephones::add);
        Set<Identifier> own = intake.reportersOwn(Outbox.NODE, campaigns.reportsOf(actor, campaign), telephones);
        offered.removeIf(each ->
                TraceReader.identifier(each.trace()).filter(own::contains).isPresent());
        return offered;
    }

    /**
     * Asks each of several members; all or none. None learns who else is asked.
     *
     * @param recipients each with the agreement under which it is asked
     * @throws org.sharaka.node.platform.ProblemException {@link CrossCheckProblem}; what the exchange and the agreements refuse
     */
    List<CheckKey> ask(Actor actor, CampaignId campaign, Map<MemberId, String> recipients, Question question) {
        if (recipients.isEmpty()) throw CrossCheckProblem.NO_RECIPIENT.because("nobody was chosen");
        List<CheckKey> asked = new ArrayList<>();
        transactions.executeWithoutResult(status -> recipients.forEach((recipient, basis) -> {
            CheckKey key = new CheckKey(recipient, ConversationId.random(random));
            asked.add(audit.act(actor, "crosscheck.ask", key.subject(), entry -> {
                actor.require(Permission.CROSSCHECK_ASK).requirePurpose();
                actor.require(Permission.CAMPAIGN_READ);
                ask(actor, campaign, key, basis, question, entry);
                return key;
            }));
        }));
        return asked;
    }

    private void ask(Actor actor, CampaignId campaign, CheckKey key, String basis, Question question, EntryId entry) {
        partners.requireAskable(key.peer());
        // A question carries nobody's words: they go by a message of the bureau, after its second look (SAFEGUARDS
        // S11).
        if (!question.quotes().isEmpty()) throw CrossCheckProblem.WORDS_OF_OTHERS.because("the reason of a question");
        if (question.days() < 1 || question.days() > longestDays()) throw CrossCheckProblem.BAD_FIELD.because("days");
        Instant now = now();
        Instant ends = now.plus(Duration.ofDays(question.days()));
        List<Trace> chosen = offer(actor, campaign).stream()
                .filter(each -> question.keys().contains(each.shared().key()))
                .map(Offered::trace)
                .toList();
        if (chosen.isEmpty()) throw CrossCheckProblem.NO_TRACES.because("campaign " + campaign);
        Optional<Figures> figures = question.tellFigures()
                ? Optional.of(told.of(traces.figures(campaign), Optional.empty(), question.tellLosses()))
                : Optional.empty();
        CrossCheck check = Outbox.checked(() -> new CrossCheck(
                chosen,
                figures,
                question.urgency(),
                question.urgencyReason(),
                question.answerBy(),
                question.reference()));
        MessageReference sent = outbox.send(
                key,
                outbox.handling(key, question.purpose(), basis, question.offence(), question.codes(), ends),
                Optional.empty(),
                check.toContent());
        checks.add(
                new Asked(
                        key,
                        sent.id(),
                        campaign.number(),
                        chosen.size(),
                        basis,
                        actor.id(),
                        now,
                        question.answerBy()
                                .orElseGet(
                                        () -> now.plus(laws.replyWithin(new AgreementCode(basis), question.urgency()))),
                        ends,
                        Optional.empty()),
                entry);
    }

    /**
     * Ends what was asked before its time, at the other member too, also when the law under which it went has ended; unless it is no active member
     * any more: then its copy ends on its day.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link CrossCheckProblem#NOT_FOUND}
     */
    void withdraw(Actor actor, CheckKey key) {
        Optional<Void> unused = audit.act(actor, "crosscheck.withdraw", key.subject(), () -> {
            actor.require(Permission.CROSSCHECK_ASK).requirePurpose();
            Asked asked = checks.asked(key).orElseThrow(() -> Reading.notFound(key));
            exchange.sentMessage(asked.message()).ifPresent(request -> end(key, request));
            checks.remove(asked, now());
            return Optional.empty();
        });
    }

    /**
     * Orders the other member to stop using what we asked, or to destroy it; its log proves that it obeyed. What was to be destroyed is over here too,
     * with the answers to it.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link CrossCheckProblem#NOT_FOUND};
     *     {@link org.sharaka.node.originator.OriginatorProblem}; what the exchange refuses
     */
    void order(Actor actor, CheckKey key, Order.Kind kind, String reason) {
        Optional<Void> unused = audit.act(actor, "crosscheck.order", key.subject(), () -> {
            actor.require(Permission.CROSSCHECK_ASK).requirePurpose();
            Asked asked = checks.asked(key).orElseThrow(() -> Reading.notFound(key));
            UUID unusedOrder = orders.give(
                    actor, asked.message(), new Orders.NewOrder(kind, reason, Optional.empty()), EVERY_OFFICER);
            if (kind == Order.Kind.PURGE) checks.remove(asked, now());
            else checks.changed(key.peer(), List.of(asked.message()));
            return Optional.empty();
        });
    }

    private void end(CheckKey key, SignedMessage request) {
        Handling handling = request.message().handling();
        boolean mayPass = partners.correspondents().stream()
                        .anyMatch(member -> member.id().equals(key.peer()))
                && handling.keepUntil().isAfter(clock.instant());
        if (!mayPass) return;
        MessageReference end =
                outbox.send(key, handling, Optional.empty(), new CrossCheckEnd(request.reference()).toContent());
        checks.leave(key, end.id(), true, now());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
