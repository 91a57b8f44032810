package org.sharaka.node.bureau;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.sharaka.node.access.Actor;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.exchange.ExchangeService;
import org.sharaka.node.exchange.Outgoing;
import org.sharaka.node.exchange.Sent;
import org.sharaka.node.platform.Ids;
import org.sharaka.protocol.content.Information;
import org.sharaka.protocol.content.Inquiry;
import org.sharaka.protocol.content.Reminder;
import org.sharaka.protocol.message.Handling;
import org.sharaka.protocol.message.HandlingCode;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.SignedMessage;

/** Reminds a member of what it has not answered in time; once a day, without a word of anybody's. Safe for many threads. */
final class Reminders {
    private static final Set<String> REMINDED = Set.of(Inquiry.TYPE, Information.TYPE);

    private final SqlConversations conversations;
    private final BureauService bureau;
    private final Correspondents correspondents;
    private final ExchangeService exchange;
    private final Rosters rosters;
    private final AuditTrail audit;
    private final Duration retention;
    private final Ids ids;
    private final Clock clock;

    Reminders(
            SqlConversations conversations,
            BureauService bureau,
            Correspondents correspondents,
            ExchangeService exchange,
            Rosters rosters,
            AuditTrail audit,
            BureauSettings settings,
            Ids ids,
            Clock clock) {
        this.conversations = conversations;
        this.bureau = bureau;
        this.correspondents = correspondents;
        this.exchange = exchange;
        this.rosters = rosters;
        this.audit = audit;
        this.retention = settings.retention();
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Whether an officer may remind of a message now. A question for permission is not reminded of: it may have gone through another member's
     * hands, whom it does not concern.
     */
    static boolean may(String type, Entry.Awaited awaited, Instant now) {
        return REMINDED.contains(type) && awaited.remindable(now);
    }

    /**
     * Sends a reminder of a message of ours, under the law that lets its request pass.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link BureauProblem#NOT_FOUND}, {@link BureauProblem#NOT_AWAITED},
     *     {@link BureauProblem#NOT_OVERDUE}, {@link BureauProblem#REMINDED_BEFORE}, {@link BureauProblem#NOT_ARRIVED}; what the exchange and
     *     the agreements refuse
     */
    void send(Actor actor, ConversationKey key, UUID id) {
        Optional<Void> unused = audit.act(actor, "bureau.remind", "message/" + id, entry -> {
            Conversation conversation = bureau.forWriting(actor, key);
            Instant now = now();
            Entry asked = overdue(key, id, now);
            MessageId name = asked.name().orElseThrow();
            SignedMessage kept = exchange.sentMessage(name)
                    .filter(held -> arrived(name))
                    .orElseThrow(() -> BureauProblem.NOT_ARRIVED.because("message " + id));
            if (!conversations.reminded(id, now)) throw BureauProblem.REMINDED_BEFORE.because("message " + id);
            String basis =
                    correspondents.law(conversation, kept.message().handling().legalBasis());
            Reminder reminder = new Reminder(kept.reference());
            MessageReference sent = exchange.send(
                    actor,
                    Outgoing.of(
                            key.peer(),
                            key.id(),
                            new Handling(
                                    rosters.us(),
                                    conversation.purpose().code(),
                                    basis,
                                    conversation.offence(),
                                    Set.of(HandlingCode.H0),
                                    Optional.empty(),
                                    Set.of(key.peer()),
                                    now.plus(retention)),
                            reminder.toContent()));
            conversations.add(
                    Entry.fresh(
                            ids.timeOrdered(),
                            key,
                            Entry.State.SENT,
                            reminder.type(),
                            Optional.of(sent.id()),
                            Optional.of(actor.id()),
                            now,
                            Optional.empty()),
                    now.plus(retention),
                    Optional.of(new SqlConversations.Entered(entry, "message/" + id)));
            conversations.said(key, now, false);
            return Optional.empty();
        });
    }

    private Entry overdue(ConversationKey key, UUID id, Instant now) {
        Entry asked = conversations
                .entry(key, id)
                .filter(each -> each.state() == Entry.State.SENT)
                .orElseThrow(() -> BureauProblem.NOT_FOUND.because("message " + id));
        Entry.Awaited awaited = asked.awaited()
                .filter(each -> each.open() && REMINDED.contains(asked.type()))
                .orElseThrow(() -> BureauProblem.NOT_AWAITED.because("message " + id));
        if (!awaited.overdue(now)) throw BureauProblem.NOT_OVERDUE.because("message " + id);
        return asked;
    }

    private boolean arrived(MessageId name) {
        return exchange.sent(name)
                .map(Sent::state)
                .filter(state -> state == Sent.State.DELIVERED || state == Sent.State.ACCEPTED)
                .isPresent();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
