package org.sharaka.node.bureau;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.agreement.AgreementCode;
import org.sharaka.node.agreement.LegalBases;
import org.sharaka.node.exchange.MessageListener;
import org.sharaka.node.originator.Control;
import org.sharaka.node.platform.Ids;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.content.Feedback;
import org.sharaka.protocol.content.Information;
import org.sharaka.protocol.content.Inquiry;
import org.sharaka.protocol.content.PermissionAnswer;
import org.sharaka.protocol.content.PermissionRequest;
import org.sharaka.protocol.content.Reply;
import org.sharaka.protocol.content.Urgency;
import org.sharaka.protocol.content.Written;
import org.sharaka.protocol.message.Handling;
import org.sharaka.protocol.message.HandlingCode;
import org.sharaka.protocol.message.Header;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.SignedMessage;

/** Puts what members write into its conversation, and opens one where there is none. */
final class BureauListener implements MessageListener {
    private final String contentType;
    private final SqlConversations conversations;
    private final LegalBases laws;
    private final Control control;
    private final Duration retention;
    private final Ids ids;
    private final Clock clock;

    BureauListener(
            String contentType,
            SqlConversations conversations,
            LegalBases laws,
            Control control,
            Duration retention,
            Ids ids,
            Clock clock) {
        this.contentType = contentType;
        this.conversations = conversations;
        this.laws = laws;
        this.control = control;
        this.retention = retention;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public String contentType() {
        return contentType;
    }

    @Override
    public int contentFormat() {
        return Written.FORMAT;
    }

    @Override
    public void take(SignedMessage signed) {
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
        conversations.open(new Conversation(
                key,
                // Its remarks are read first.
                handling.codes().contains(HandlingCode.H3)
                        ? ""
                        : written.subject().orElse(""),
                purpose,
                handling.legalBasis(),
                handling.offence(),
                "",
                Optional.empty(),
                now,
                now,
                true,
                1));
        Instant end = now.plus(retention);
        conversations.add(
                new Entry(
                        ids.timeOrdered(),
                        key,
                        Entry.State.RECEIVED,
                        written.type(),
                        Optional.of(header.id()),
                        Optional.empty(),
                        now,
                        awaited(written, header, handling),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                end.isBefore(handling.keepUntil()) ? end : handling.keepUntil(),
                Optional.empty());
        // What it answers stands in another conversation or is gone? Then it is only read.
        settled(written).ifPresent(answered -> {
            boolean unused = conversations.answered(key, answered.id(), Entry.State.SENT, now);
        });
        conversations.said(key, now, true);
    }

    /** What its sender waits for. Where the message does not say until when, our agreement or setting does, from its sending on. */
    private Optional<Entry.Awaited> awaited(Written written, Header header, Handling handling) {
        if (written instanceof Inquiry inquiry)
            return Optional.of(new Entry.Awaited(
                    inquiry.urgency(),
                    inquiry.answerBy().orElseGet(() -> header.sent()
                            .plus(laws.replyWithin(new AgreementCode(handling.legalBasis()), inquiry.urgency()))),
                    Optional.empty()));
        if (written instanceof PermissionRequest)
            return Optional.of(new Entry.Awaited(
                    Urgency.ROUTINE,
                    header.sent().plus(laws.replyWithin(new AgreementCode(handling.legalBasis()), Urgency.ROUTINE)),
                    Optional.empty()));
        if (written instanceof Information information)
            return information.feedbackBy().map(by -> new Entry.Awaited(Urgency.ROUTINE, by, Optional.empty()));
        return Optional.empty();
    }

    private static Optional<MessageReference> settled(Written written) {
        if (written instanceof Reply reply && reply.outcome().last()) return Optional.of(reply.request());
        if (written instanceof Feedback feedback) return Optional.of(feedback.information());
        if (written instanceof PermissionAnswer answer) return Optional.of(answer.request());
        return Optional.empty();
    }
}
