package org.sharaka.node.bureau;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
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
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.Handling;
import org.sharaka.protocol.message.HandlingCode;
import org.sharaka.protocol.message.Header;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.Reader;
import org.sharaka.protocol.message.SignedMessage;

/** Puts what members write into its conversation, and opens one where there is none. */
final class Arrivals {
    private final SqlConversations conversations;
    private final LegalBases laws;
    private final Control control;
    private final Duration retention;
    private final String unit;
    private final Ids ids;
    private final SecureRandom random;
    private final Clock clock;

    Arrivals(
            SqlConversations conversations,
            LegalBases laws,
            Control control,
            BureauSettings settings,
            Ids ids,
            SecureRandom random,
            Clock clock) {
        this.conversations = conversations;
        this.laws = laws;
        this.control = control;
        this.retention = settings.retention();
        this.unit = SqlConversations.folded(settings.arrivalsUnit());
        this.ids = ids;
        this.random = random;
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
        String owner = owner(signed);
        ConversationKey key = place(header, owner);
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
                owner.isEmpty() ? unit : owner,
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
                        awaited(written, handling, now)),
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

    /**
     * What its sender waits for. Where the message does not say until when, our agreement or setting does, from now on: its sender's clock
     * begins when it hears that we accepted it (docs/protocol.md, section 5.4).
     */
    private Optional<Entry.Awaited> awaited(Written written, Handling handling, Instant now) {
        if (written instanceof Inquiry inquiry)
            return Optional.of(Entry.Awaited.until(
                    inquiry.urgency(),
                    now,
                    inquiry.answerBy().orElseGet(() -> within(handling, inquiry.urgency(), now))));
        if (written instanceof PermissionRequest)
            return Optional.of(Entry.Awaited.until(Urgency.ROUTINE, now, within(handling, Urgency.ROUTINE, now)));
        if (written instanceof Information information)
            return information.feedbackBy().map(by -> Entry.Awaited.until(Urgency.ROUTINE, now, by));
        return Optional.empty();
    }

    private Instant within(Handling handling, Urgency urgency, Instant now) {
        return now.plus(laws.replyWithin(new AgreementCode(handling.legalBasis()), urgency));
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

    /**
     * The unit that keeps to itself what this names, answers or encloses of ours; an empty text if none does. What is about a unit's data is its
     * too, whoever asks and in whichever conversation (SAFEGUARDS S19).
     */
    private String owner(SignedMessage signed) {
        List<SignedMessage> chain = Reader.chain(signed);
        Stream<MessageId> enclosed =
                chain.stream().skip(1).map(each -> each.message().header().id());
        Stream<MessageId> named = chain.stream()
                .map(each -> each.message().content())
                .filter(Written::isOne)
                .flatMap(content -> named(Written.parse(content)).stream())
                .map(MessageReference::id);
        return Stream.concat(enclosed, named)
                .flatMap(ours -> conversations.ours(ours).stream())
                .flatMap(entry -> conversations.closedTo(entry.conversation()).stream())
                .filter(closed -> !closed.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** In a conversation that others see there is no room for what is a unit's alone: that gets one of its own here. */
    private ConversationKey place(Header header, String owner) {
        ConversationKey said =
                new ConversationKey(header.sender(), header.position().conversation());
        boolean seen = !owner.isEmpty()
                && conversations
                        .closedTo(said)
                        .filter(closed -> !closed.equals(owner))
                        .isPresent();
        return seen ? new ConversationKey(header.sender(), ConversationId.random(random)) : said;
    }

    private static Optional<MessageReference> named(Written written) {
        if (written instanceof Reply reply) return Optional.of(reply.request());
        if (written instanceof Feedback feedback) return Optional.of(feedback.information());
        if (written instanceof Reminder reminder) return Optional.of(reminder.about());
        if (written instanceof PermissionRequest request) return Optional.of(request.target());
        if (written instanceof PermissionAnswer answer) return Optional.of(answer.request());
        return Optional.empty();
    }

    private static Optional<MessageReference> settled(Written written) {
        boolean settles = written instanceof Feedback
                || written instanceof PermissionAnswer
                || (written instanceof Reply reply && reply.outcome().last());
        return settles ? named(written) : Optional.empty();
    }
}
