package org.sharaka.node.bureau;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.agreement.AgreementCode;
import org.sharaka.node.agreement.LegalBases;
import org.sharaka.node.originator.Control;
import org.sharaka.node.platform.Ids;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.content.Feedback;
import org.sharaka.protocol.content.Information;
import org.sharaka.protocol.content.Inquiry;
import org.sharaka.protocol.content.PermissionAnswer;
import org.sharaka.protocol.content.PermissionRequest;
import org.sharaka.protocol.content.Reminder;
import org.sharaka.protocol.content.Reply;
import org.sharaka.protocol.content.Urgency;
import org.sharaka.protocol.content.Written;
import org.sharaka.protocol.message.Handling;
import org.sharaka.protocol.message.HandlingCode;
import org.sharaka.protocol.message.Header;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.SignedMessage;

/** Puts what members write into its conversation, and opens one where there is none. */
final class Arrivals {
    private final SqlConversations conversations;
    private final LegalBases laws;
    private final Control control;
    private final Duration retention;
    private final String unit;
    private final Ids ids;
    private final Clock clock;

    Arrivals(
            SqlConversations conversations,
            LegalBases laws,
            Control control,
            BureauSettings settings,
            Ids ids,
            Clock clock) {
        this.conversations = conversations;
        this.laws = laws;
        this.control = control;
        this.retention = settings.retention();
        this.unit = SqlConversations.folded(settings.arrivalsUnit());
        this.ids = ids;
        this.clock = clock;
    }

    void take(SignedMessage signed) {
        Written said = Written.parse(signed.message().content());
        // What concerns two others goes through this node and is nobody's business here.
        if (said instanceof PermissionRequest request && control.handOn(signed, request)) return;
        if (said instanceof PermissionAnswer answer && !control.answered(signed, answer)) return;
        put(signed, said);
    }

    private void put(SignedMessage signed, Written written) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Header header = signed.message().header();
        Handling handling = signed.message().handling();
        Purpose purpose = Purpose.ofCode(handling.purpose())
                .orElseThrow(() -> Refusal.FIELD_WRONG.because("handling.purpose: not one of the agreed"));
        ConversationKey key =
                new ConversationKey(header.sender(), header.position().conversation());
        // Its remarks are read first.
        boolean told = !handling.codes().contains(HandlingCode.H3);
        conversations.open(new Conversation(
                key,
                told ? written.subject().orElse("") : "",
                "",
                "",
                purpose,
                handling.legalBasis(),
                handling.offence(),
                unit,
                Optional.empty(),
                now,
                now,
                true,
                1));
        Instant end = now.plus(retention);
        UUID id = ids.timeOrdered();
        conversations.add(
                Entry.fresh(
                        id,
                        key,
                        Entry.State.RECEIVED,
                        written.type(),
                        Optional.of(header.id()),
                        Optional.empty(),
                        now,
                        awaited(written, header, handling, now)),
                end.isBefore(handling.keepUntil()) ? end : handling.keepUntil(),
                Optional.empty());
        if (told) reference(written).ifPresent(theirs -> conversations.referTheirs(id, key, theirs));
        // What it answers stands in another conversation or is gone? Then it is only read.
        settled(written).ifPresent(answered -> {
            boolean unused = conversations.answered(key, answered.id(), Entry.State.SENT, now);
        });
        if (written instanceof Reminder reminder && !moves(key, reminder, now)) conversations.changed(key);
        else conversations.said(key, now, true);
    }

    private static Optional<String> reference(Written written) {
        if (written instanceof Inquiry inquiry) return inquiry.reference();
        if (written instanceof Information information) return information.reference();
        return Optional.empty();
    }

    /** What its sender waits for. Where the message does not say until when, our agreement or setting does, from its sending on. */
    private Optional<Entry.Awaited> awaited(Written written, Header header, Handling handling, Instant now) {
        if (written instanceof Inquiry inquiry)
            return Optional.of(Entry.Awaited.until(
                    inquiry.urgency(),
                    now,
                    inquiry.answerBy().orElseGet(() -> within(header, handling, inquiry.urgency()))));
        if (written instanceof PermissionRequest)
            return Optional.of(Entry.Awaited.until(Urgency.ROUTINE, now, within(header, handling, Urgency.ROUTINE)));
        if (written instanceof Information information)
            return information.feedbackBy().map(by -> Entry.Awaited.until(Urgency.ROUTINE, now, by));
        return Optional.empty();
    }

    private Instant within(Header header, Handling handling, Urgency urgency) {
        return header.sent().plus(laws.replyWithin(new AgreementCode(handling.legalBasis()), urgency));
    }

    /**
     * Whether a reminder is one that this member may send now; what others send is read like any message and moves nothing, so that nobody
     * keeps a conversation on top by reminding.
     */
    private boolean moves(ConversationKey key, Reminder reminder, Instant now) {
        return conversations
                .named(key.peer(), reminder.about().id(), false)
                .filter(entry -> entry.conversation().equals(key))
                .filter(entry -> entry.awaited()
                        .filter(awaited -> awaited.remindable(now))
                        .isPresent())
                .filter(entry -> conversations.reminded(entry.id(), now))
                .isPresent();
    }

    private static Optional<MessageReference> settled(Written written) {
        if (written instanceof Reply reply && reply.outcome().last()) return Optional.of(reply.request());
        if (written instanceof Feedback feedback) return Optional.of(feedback.information());
        if (written instanceof PermissionAnswer answer) return Optional.of(answer.request());
        return Optional.empty();
    }
}
