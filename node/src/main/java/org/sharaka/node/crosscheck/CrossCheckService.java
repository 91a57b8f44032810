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
import java.util.function.Supplier;
import org.sharaka.identifiers.Identifier;
import org.sharaka.identifiers.IdentifierKind;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.agreement.AgreementCode;
import org.sharaka.node.agreement.LegalBases;
import org.sharaka.node.agreement.LegalFindings;
import org.sharaka.node.agreement.OffenceCode;
import org.sharaka.node.agreement.PartyCode;
import org.sharaka.node.agreement.Passage;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.audit.EntryId;
import org.sharaka.node.campaign.CampaignId;
import org.sharaka.node.campaign.CampaignService;
import org.sharaka.node.campaign.CampaignTraces;
import org.sharaka.node.campaign.ReportFigures;
import org.sharaka.node.exchange.ExchangeService;
import org.sharaka.node.exchange.Outgoing;
import org.sharaka.node.exchange.Sent;
import org.sharaka.node.intake.IntakeService;
import org.sharaka.node.platform.Ids;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.content.CrossCheck;
import org.sharaka.protocol.content.CrossCheckAnswer;
import org.sharaka.protocol.content.CrossCheckEnd;
import org.sharaka.protocol.content.Figures;
import org.sharaka.protocol.content.Trace;
import org.sharaka.protocol.message.Content;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.Handling;
import org.sharaka.protocol.message.HandlingCode;
import org.sharaka.protocol.message.Message;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.SignedMessage;
import org.sharaka.protocol.roster.Member;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Asks other members whether they know a campaign, compares what they ask with our own reports, and sends what an officer releases.
 * Nothing is answered that nobody decided. Every read and act is entered. Safe for many threads.
 */
final class CrossCheckService {
    /** Shared things that a page offers. */
    static final int OFFERED_MAX = 200;
    /** Requests of others that the list shows. */
    static final int SHOWN = 50;

    private static final int REMARK_MAX = 4_000;
    private static final Duration DAY = Duration.ofDays(1);
    /** Sends what an officer may ask or release who may not write to other members freely. */
    private static final Actor NODE = Actor.system("crosscheck");

    private final SqlCrossChecks checks;
    private final CampaignService campaigns;
    private final CampaignTraces traces;
    private final TraceReader reader;
    private final IntakeService intake;
    private final ExchangeService exchange;
    private final Rosters rosters;
    private final LegalBases laws;
    private final AuditTrail audit;
    private final TransactionTemplate transactions;
    private final CrossCheckSettings settings;
    private final Told told;
    private final Ids ids;
    private final SecureRandom random;
    private final Clock clock;

    /** So many parts because this is where campaigns and members meet. */
    CrossCheckService(
            SqlCrossChecks checks,
            CampaignService campaigns,
            CampaignTraces traces,
            TraceReader reader,
            IntakeService intake,
            ExchangeService exchange,
            Rosters rosters,
            LegalBases laws,
            AuditTrail audit,
            TransactionTemplate transactions,
            CrossCheckSettings settings,
            Ids ids,
            SecureRandom random,
            Clock clock) {
        this.checks = checks;
        this.campaigns = campaigns;
        this.traces = traces;
        this.reader = reader;
        this.intake = intake;
        this.exchange = exchange;
        this.rosters = rosters;
        this.laws = laws;
        this.audit = audit;
        this.transactions = transactions;
        this.settings = settings;
        this.told = new Told(settings);
        this.ids = ids;
        this.random = random;
        this.clock = clock;
    }

    /** The members that can be asked today, without this node; none if it is not a member of a network. */
    List<Member> correspondents() {
        if (!rosters.joined()) return List.of();
        MemberId us = rosters.us();
        return rosters.current().members().stream()
                .filter(Member::exchanges)
                .filter(member -> !member.id().equals(us))
                .toList();
    }

    /** All that the live roster lists, for their names. */
    List<Member> members() {
        return rosters.joined() ? rosters.current().members() : List.of();
    }

    /** Which agreements let it pass to a member now, and why the others do not (SAFEGUARDS S18). */
    LegalFindings findings(MemberId recipient, Purpose purpose, Optional<String> offence) {
        Member own = rosters.current().member(rosters.us()).orElseThrow();
        Member other = rosters.current()
                .member(recipient)
                .orElseThrow(() -> CrossCheckProblem.NO_RECIPIENT.because("not on the roster"));
        return laws.check(new Passage(
                PartyCode.of(own),
                PartyCode.of(other),
                offence.map(OffenceCode::new),
                purpose,
                clock.instant(),
                Optional.empty()));
    }

    int longestDays() {
        return (int) settings.longest().toDays();
    }

    /** Below this a count is told as fewer. */
    int few() {
        return settings.few();
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
            reader.identifier(each.trace())
                    .filter(identifier -> identifier.kind() == IdentifierKind.PHONE)
                    .ifPresent(telephones::add);
        Set<Identifier> own = intake.reportersOwn(NODE, campaigns.reportsOf(actor, campaign), telephones);
        offered.removeIf(
                each -> reader.identifier(each.trace()).filter(own::contains).isPresent());
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
        CrossCheck check = checked(() -> new CrossCheck(
                chosen,
                figures,
                question.urgency(),
                question.urgencyReason(),
                question.answerBy(),
                question.reference()));
        MessageReference sent = send(
                key,
                handling(key, question.purpose(), basis, question.offence(), question.codes(), ends),
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

    private Handling handling(
            CheckKey key,
            Purpose purpose,
            String basis,
            Optional<String> offence,
            Set<HandlingCode> codes,
            Instant end) {
        return checked(() -> new Handling(
                rosters.us(), purpose.code(), basis, offence, codes, Optional.empty(), Set.of(key.peer()), end));
    }

    private MessageReference send(CheckKey key, Handling handling, Content content) {
        return exchange.send(NODE, Outgoing.of(key.peer(), key.conversation(), handling, content));
    }

    /** A rule of the protocol that what was typed breaks is told as a field that is wrong. */
    private static <T> T checked(Supplier<T> made) {
        try {
            return made.get();
        } catch (RefusedException e) {
            throw CrossCheckProblem.BAD_FIELD.because(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Ends what was asked before its time, at the other member too, unless nothing may be sent there any more: then its copy ends on its
     * day.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link CrossCheckProblem#NOT_FOUND}
     */
    void withdraw(Actor actor, CheckKey key) {
        Optional<Void> unused = audit.act(actor, "crosscheck.withdraw", key.subject(), () -> {
            actor.require(Permission.CROSSCHECK_ASK).requirePurpose();
            Asked asked = checks.asked(key).orElseThrow(() -> notFound(key));
            exchange.sentMessage(asked.message()).ifPresent(request -> end(key, request));
            checks.remove(asked, now());
            return Optional.empty();
        });
    }

    private void end(CheckKey key, SignedMessage request) {
        Handling handling = request.message().handling();
        boolean mayPass =
                correspondents().stream().anyMatch(member -> member.id().equals(key.peer()))
                        && handling.keepUntil().isAfter(clock.instant())
                        && Purpose.ofCode(handling.purpose())
                                .map(purpose -> findings(key.peer(), purpose, handling.offence()))
                                .filter(found -> found.valid().stream()
                                        .anyMatch(basis -> basis.code().value().equals(handling.legalBasis())))
                                .isPresent();
        if (!mayPass) return;
        MessageReference end = send(key, handling, new CrossCheckEnd(request.reference()).toContent());
        checks.leave(key.peer(), end.id(), true, now());
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

    private static void requireReader(Actor actor) {
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
            return new Opened(
                    received,
                    request.message(),
                    check,
                    held,
                    fresh(received, wanted),
                    known(check, held),
                    intake.closedNaming(actor, named),
                    received.answer()
                            .flatMap(answer -> exchange.sentMessage(answer.message()))
                            .map(sent -> CrossCheckAnswer.parse(sent.message().content())),
                    received.answer()
                            .flatMap(answer -> exchange.sent(answer.message()))
                            .map(Sent::state),
                    checks.draft(key));
        });
    }

    private Set<Trace> known(CrossCheck check, CampaignTraces.Held held) {
        Set<Trace> known = new HashSet<>();
        for (Trace trace : check.traces())
            if (reader.wanted(trace)
                    .filter(wanted -> held.keys().containsKey(wanted.key()))
                    .isPresent()) known.add(trace);
        return known;
    }

    private SignedMessage request(Received received) {
        return exchange.received(received.key().peer(), received.message()).orElseThrow(() -> notFound(received.key()));
    }

    private Received running(Optional<Received> found, CheckKey key) {
        return found.filter(received -> received.endsAt().isAfter(clock.instant()))
                .orElseThrow(() -> notFound(key));
    }

    private static RuntimeException notFound(CheckKey key) {
        return CrossCheckProblem.NOT_FOUND.because("no such cross-check with " + key.peer());
    }

    /**
     * Tells what an officer chose. Words and shared traces wait for a second officer; the rest leaves at once.
     *
     * @return whether it left
     * @throws org.sharaka.node.platform.ProblemException {@link CrossCheckProblem#NOT_FOUND}, {@link CrossCheckProblem#NOTHING_KNOWN},
     *     {@link CrossCheckProblem#LOOKED_BEFORE}; what the exchange and the agreements refuse
     */
    boolean answer(Actor actor, CheckKey key, Release release) {
        return audit.act(actor, "crosscheck.answer", key.subject(), entry -> {
            requireReader(actor);
            actor.require(Permission.EXCHANGE_SEND);
            Received received = running(checks.lock(key), key);
            requireNobodyElsesDraft(actor, key);
            SignedMessage request = request(received);
            long upTo = traces.linkedUpTo();
            CrossCheckAnswer answer = answer(received, request, release);
            if (answer.traces().isEmpty() && answer.words().isEmpty()) {
                checks.discard(key);
                tell(received, release.basis(), release.codes(), answer, actor.id(), Optional.empty(), upTo, entry);
                return true;
            }
            requireLaw(received, release.basis());
            checks.put(
                    key,
                    new Draft(
                            ids.timeOrdered(),
                            Draft.State.LOOK,
                            actor.id(),
                            now(),
                            upTo,
                            release.basis(),
                            release.codes(),
                            answer,
                            Optional.empty()),
                    entry);
            return false;
        });
    }

    private void requireNobodyElsesDraft(Actor actor, CheckKey key) {
        if (checks.draft(key)
                .filter(draft -> draft.state() == Draft.State.LOOK)
                .filter(draft -> !draft.author().equals(actor.id()))
                .isPresent()) throw CrossCheckProblem.LOOKED_BEFORE.because("another answer waits");
    }

    /** An officer is told at once, not when a colleague has read it. */
    private void requireLaw(Received received, String basis) {
        var unused = laws.require(
                new AgreementCode(basis),
                new Passage(
                        PartyCode.of(rosters.current().member(rosters.us()).orElseThrow()),
                        PartyCode.of(rosters.current()
                                .member(received.key().peer())
                                .orElseThrow(() -> CrossCheckProblem.NO_RECIPIENT.because("not on the roster"))),
                        received.offence().map(OffenceCode::new),
                        received.purpose(),
                        clock.instant(),
                        Optional.empty()));
    }

    private CrossCheckAnswer answer(Received received, SignedMessage request, Release release) {
        if (release.level() == Release.Level.NOTHING) return CrossCheckAnswer.nothing(request.reference());
        CampaignTraces.Held held = traces.held(checks.wanted(received.key()), 0);
        ReportFigures own = held.figures();
        if (own.reports() == 0) throw CrossCheckProblem.NOTHING_KNOWN.because("no report names it");
        CrossCheck check = CrossCheck.parse(request.message().content());
        return checked(() -> new CrossCheckAnswer(
                request.reference(),
                CrossCheckAnswer.Outcome.KNOWN,
                release.tells(Release.Level.FIGURES)
                        ? Optional.of(told.of(own, Optional.of(held.linked()), release.losses()))
                        : Optional.empty(),
                release.tells(Release.Level.TRACES) ? List.copyOf(known(check, held)) : List.of(),
                release.words()));
    }

    private void tell(
            Received received,
            String basis,
            Set<HandlingCode> codes,
            CrossCheckAnswer answer,
            String by,
            Optional<String> lookedBy,
            long upTo,
            EntryId entry) {
        MessageReference sent = send(
                received.key(),
                handling(received.key(), received.purpose(), basis, received.offence(), codes, received.endsAt()),
                answer.toContent());
        received.answer().ifPresent(before -> checks.leave(received.key().peer(), before.message(), true, now()));
        checks.answer(received.key(), new Received.OurAnswer(sent.id(), by, now(), lookedBy, upTo), entry);
    }

    /**
     * Lets an answer leave that a second officer has read, as it was read. Whatever the agreements refuse by now is
     * refused.
     *
     * @param shown the draft that was read; changed meanwhile, it is refused
     * @throws org.sharaka.node.platform.ProblemException {@link CrossCheckProblem#OWN_WORDS}, {@link CrossCheckProblem#LOOKED_BEFORE},
     *     {@link CrossCheckProblem#NOT_FOUND}; what the exchange and the agreements refuse
     */
    void release(Actor actor, CheckKey key, UUID shown) {
        Optional<Void> unused = audit.act(actor, "crosscheck.release", key.subject(), entry -> {
            Received received = forLook(actor, key);
            Draft draft = draft(key, shown);
            draft.requireLookOf(actor, shown);
            checks.discard(key);
            tell(
                    received,
                    draft.basis(),
                    draft.codes(),
                    draft.answer(),
                    draft.author(),
                    Optional.of(actor.id()),
                    draft.upTo(),
                    entry);
            return Optional.empty();
        });
    }

    /**
     * Gives it back to its author.
     *
     * @param remark why, 3 to 4000 characters
     * @throws org.sharaka.node.platform.ProblemException as {@link #release}; {@link CrossCheckProblem#REMARK_MISSING}
     */
    void giveBack(Actor actor, CheckKey key, UUID shown, String remark) {
        Optional<Void> unused = audit.act(actor, "crosscheck.return", key.subject(), () -> {
            Received unusedReceived = forLook(actor, key);
            draft(key, shown).requireLookOf(actor, shown);
            if (remark.length() < 3 || remark.length() > REMARK_MAX)
                throw CrossCheckProblem.REMARK_MISSING.because("3 to " + REMARK_MAX + " characters");
            checks.giveBack(key, shown, remark);
            return Optional.empty();
        });
    }

    private Received forLook(Actor actor, CheckKey key) {
        requireReader(actor);
        actor.require(Permission.EXCHANGE_APPROVE);
        return running(checks.lock(key), key);
    }

    private Draft draft(CheckKey key, UUID shown) {
        return checks.draft(key).orElseThrow(() -> CrossCheckProblem.LOOKED_BEFORE.because("draft " + shown));
    }

    /**
     * What one member said about a campaign of ours.
     *
     * @param check as it was sent
     * @param delivery how far our request came
     */
    record AbroadPart(
            Asked asked,
            Optional<CrossCheck> check,
            Optional<Sent.State> delivery,
            Optional<CrossCheckAnswer> answer) {}

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
        return new AbroadPart(
                asked,
                exchange.sentMessage(asked.message())
                        .map(sent -> CrossCheck.parse(sent.message().content())),
                exchange.sent(asked.message()).map(Sent::state),
                asked.answer()
                        .flatMap(answer -> exchange.received(asked.key().peer(), answer.message()))
                        .map(came -> CrossCheckAnswer.parse(came.message().content())));
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

    /**
     * Ends what has reached its end, in the exchange too (SAFEGUARDS S20).
     *
     * @return how much was ended; 0 when nothing is left that can be
     */
    int purge(int limit) {
        Integer ended = transactions.execute(status -> {
            Instant now = now();
            int gone = 0;
            for (Asked asked : checks.askedEnded(now, limit)) {
                checks.remove(asked, now);
                gone++;
            }
            for (Received received : checks.receivedEnded(now, limit)) {
                checks.remove(received, now);
                gone++;
            }
            checks.forgetPaceBefore(now.minus(DAY));
            return gone + clear(limit);
        });
        return ended == null ? 0 : ended;
    }

    private int clear(int limit) {
        List<SqlCrossChecks.Leftover> gone = new ArrayList<>();
        for (SqlCrossChecks.Leftover each : checks.leftovers(limit)) {
            if (each.ours()) {
                // What still waits ends with the exchange's own clock.
                if (exchange.sent(each.message())
                        .filter(sent -> sent.state() == Sent.State.WAITING)
                        .isPresent()) {
                    checks.later(each, now());
                    continue;
                }
                if (exchange.sentMessage(each.message()).isPresent()) exchange.purgeSent(NODE, each.message());
            } else if (exchange.received(each.peer(), each.message()).isPresent())
                exchange.purgeReceived(NODE, each.peer(), each.message());
            gone.add(each);
        }
        checks.cleared(gone);
        return gone.size();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
