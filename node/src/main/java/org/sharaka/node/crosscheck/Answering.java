package org.sharaka.node.crosscheck;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.audit.EntryId;
import org.sharaka.node.campaign.CampaignTraces;
import org.sharaka.node.campaign.ReportFigures;
import org.sharaka.node.originator.Control;
import org.sharaka.node.originator.Orders;
import org.sharaka.node.originator.OriginatorProblem;
import org.sharaka.node.platform.Ids;
import org.sharaka.protocol.content.CrossCheck;
import org.sharaka.protocol.content.CrossCheckAnswer;
import org.sharaka.protocol.message.Act;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.Order;
import org.sharaka.protocol.message.SignedMessage;

/**
 * Sends what an officer releases of our own reports. Nothing is answered that nobody decided; words and shared traces leave after a second look only. Every
 * act is entered. Safe for many threads.
 */
final class Answering {
    private static final int REMARK_MAX = 4_000;

    private final SqlCrossChecks checks;
    private final CampaignTraces traces;
    private final Reading reading;
    private final Partners partners;
    private final Outbox outbox;
    private final Control control;
    private final Orders orders;
    private final AuditTrail audit;
    private final Ids ids;
    private final Told told;
    private final Clock clock;

    Answering(
            SqlCrossChecks checks,
            CampaignTraces traces,
            Reading reading,
            Partners partners,
            Outbox outbox,
            Control control,
            Orders orders,
            AuditTrail audit,
            CrossCheckSettings settings,
            Ids ids,
            Clock clock) {
        this.checks = checks;
        this.traces = traces;
        this.reading = reading;
        this.partners = partners;
        this.outbox = outbox;
        this.control = control;
        this.orders = orders;
        this.audit = audit;
        this.ids = ids;
        this.told = new Told(settings);
        this.clock = clock;
    }

    /**
     * Tells what an officer chose. Words and shared traces wait for a second officer; the rest leaves at once.
     *
     * @return whether it left
     * @throws org.sharaka.node.platform.ProblemException {@link CrossCheckProblem#NOT_FOUND}, {@link CrossCheckProblem#NOTHING_KNOWN},
     *     {@link CrossCheckProblem#LOOKED_BEFORE}; {@link OriginatorProblem} where its originator has a say; what the exchange and the agreements
     *     refuse
     */
    boolean answer(Actor actor, CheckKey key, Release release) {
        return audit.act(actor, "crosscheck.answer", key.subject(), entry -> {
            Reading.requireReader(actor);
            actor.require(Permission.EXCHANGE_SEND);
            Received received = reading.running(checks.lock(key), key);
            requireNobodyElsesDraft(actor, key);
            SignedMessage request = usable(actor, received);
            long upTo = traces.linkedUpTo();
            CrossCheckAnswer answer = answer(received, request, release);
            if (answer.traces().isEmpty() && answer.words().isEmpty()) {
                checks.discard(key);
                tell(received, release.terms(), answer, actor.id(), Optional.empty(), upTo, entry);
                return true;
            }
            partners.requireLaw(received, release.terms().basis());
            checks.put(
                    key,
                    new Draft(
                            ids.timeOrdered(),
                            Draft.State.LOOK,
                            actor.id(),
                            now(),
                            upTo,
                            release.terms(),
                            answer,
                            Optional.empty()),
                    entry);
            return false;
        });
    }

    /** Whoever answers has looked at it, as its originator lets them (docs/protocol.md 5.3). */
    private SignedMessage usable(Actor actor, Received received) {
        SignedMessage request = reading.request(received);
        if (received.withdrawn())
            throw OriginatorProblem.WITHDRAWN.because(received.key().subject());
        control.require(actor, Act.VIEW, request, Optional.empty());
        return request;
    }

    private void requireNobodyElsesDraft(Actor actor, CheckKey key) {
        if (checks.draft(key)
                .filter(draft -> draft.state() == Draft.State.LOOK)
                .filter(draft -> !draft.author().equals(actor.id()))
                .isPresent()) throw CrossCheckProblem.LOOKED_BEFORE.because("another answer waits");
    }

    private CrossCheckAnswer answer(Received received, SignedMessage request, Release release) {
        if (release.level() == Release.Level.NOTHING) return CrossCheckAnswer.nothing(request.reference());
        CampaignTraces.Held held = traces.held(checks.wanted(received.key()), 0);
        ReportFigures own = held.figures();
        if (own.reports() == 0) throw CrossCheckProblem.NOTHING_KNOWN.because("no report names it");
        CrossCheck check = CrossCheck.parse(request.message().content());
        return Outbox.checked(() -> new CrossCheckAnswer(
                request.reference(),
                CrossCheckAnswer.Outcome.KNOWN,
                release.tells(Release.Level.FIGURES)
                        ? Optional.of(told.of(own, Optional.of(held.linked()), release.losses()))
                        : Optional.empty(),
                release.tells(Release.Level.TRACES) ? List.copyOf(reading.known(check, held)) : List.of(),
                release.words()));
    }

    private void tell(
            Received received,
            Terms terms,
            CrossCheckAnswer answer,
            String by,
            Optional<String> lookedBy,
            long upTo,
            EntryId entry) {
        MessageReference sent = outbox.send(
                received.key(),
                outbox.handling(
                        received.key(),
                        received.purpose(),
                        terms.basis(),
                        received.offence(),
                        terms.codes(),
                        received.endsAt()),
                terms.evaluation(),
                answer.toContent());
        received.answer().ifPresent(before -> checks.leave(received.key(), before.message(), true, now()));
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
            tell(received, draft.terms(), draft.answer(), draft.author(), Optional.of(actor.id()), draft.upTo(), entry);
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
        Reading.requireReader(actor);
        actor.require(Permission.EXCHANGE_APPROVE);
        Received received = reading.running(checks.lock(key), key);
        SignedMessage unused = usable(actor, received);
        return received;
    }

    /**
     * Orders the other member to stop using our latest answer, or to destroy it; its log proves that it obeyed.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link CrossCheckProblem#NOT_FOUND}, also for what was not answered;
     *     {@link OriginatorProblem}; what the exchange refuses
     */
    void order(Actor actor, CheckKey key, Order.Kind kind, String reason) {
        Optional<Void> unused = audit.act(actor, "crosscheck.order", key.subject(), () -> {
            Reading.requireReader(actor);
            MessageId answer = reading.running(checks.lock(key), key)
                    .answer()
                    .orElseThrow(() -> Reading.notFound(key))
                    .message();
            UUID unusedOrder = orders.give(
                    actor, answer, new Orders.NewOrder(kind, reason, Optional.empty()), Asking.EVERY_OFFICER);
            checks.changed(key);
            return Optional.empty();
        });
    }

    private Draft draft(CheckKey key, UUID shown) {
        return checks.draft(key).orElseThrow(() -> CrossCheckProblem.LOOKED_BEFORE.because("draft " + shown));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
