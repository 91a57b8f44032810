package org.sharaka.protocol.content;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.Time;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.message.Act;
import org.sharaka.protocol.message.Content;
import org.sharaka.protocol.message.MessageReference;

/**
 * An originator's answer: says again what it is about, so that it stands for itself before a judge.
 *
 * @param until with a grant: when it ends, if before the data does
 * @param words conditions, or why not; a revocation always says why
 */
public record PermissionAnswer(
        MessageReference request,
        MessageReference target,
        Act act,
        Optional<MemberId> recipient,
        Outcome outcome,
        Optional<Instant> until,
        Optional<Words> words)
        implements Written {
    public static final String TYPE = "permission.answer";
    /** It goes without a law, so it carries a reason and no story. */
    private static final int MAX_WHY = 4_000;

    public enum Outcome {
        GRANTED,
        /** For one act; whoever wants to do it again asks again. */
        GRANTED_ONCE,
        REFUSED,
        /**
         * What was granted to this request is so no longer, from the moment that a holder takes this in. Final: no answer to the same request, come
         * before or after, grants anything any more; whoever needs it asks anew.
         */
        REVOKED;

        /** Whether it lets a holder do something. */
        public boolean grants() {
            return this == GRANTED || this == GRANTED_ONCE;
        }
    }

    public PermissionAnswer {
        PermissionRequest.requireRecipient(act, recipient);
        until = until.map(Time::truncate);
        if (!outcome.grants() && until.isPresent())
            throw Refusal.FIELD_WRONG.because("permission.answer: a refusal has no end");
        if (outcome == Outcome.REVOKED && words.isEmpty())
            throw Refusal.FIELD_WRONG.because("permission.answer.words: a revocation says why");
        if (outcome == Outcome.REVOKED && words.get().text().length() > MAX_WHY)
            throw Refusal.FIELD_WRONG.because("permission.answer.words: why, in up to " + MAX_WHY + " characters");
    }

    /** The answer to a request. */
    public static PermissionAnswer to(
            MessageReference request,
            PermissionRequest asked,
            Outcome outcome,
            Optional<Instant> until,
            Optional<Words> words) {
        return new PermissionAnswer(request, asked.target(), asked.act(), asked.recipient(), outcome, until, words);
    }

    /** Takes this grant back. */
    public PermissionAnswer revoked(Words why) {
        return new PermissionAnswer(
                request, target, act, recipient, Outcome.REVOKED, Optional.empty(), Optional.of(why));
    }

    /** Whether it lets a holder do this now, if nothing revoked it; what was granted once, the holder counts itself. */
    public boolean grants(MessageReference what, Act wanted, Optional<MemberId> to, Instant now) {
        return outcome.grants()
                && target.equals(what)
                && act == wanted
                && recipient.equals(to)
                && until.map(now::isBefore).orElse(true);
    }

    /** Whether a content takes a permission back. */
    public static boolean revokes(Content content) {
        return content.type().equals(TYPE)
                && Written.isOne(content)
                && Written.parse(content) instanceof PermissionAnswer answer
                && answer.outcome() == Outcome.REVOKED;
    }

    static PermissionAnswer parse(Fields body) {
        return new PermissionAnswer(
                MessageReference.parse(body.fields("request")),
                MessageReference.parse(body.fields("target")),
                body.constant("act", Act.class),
                body.parsedIfAny("recipient", 32, MemberId::new),
                body.constant("outcome", Outcome.class),
                body.parsedIfAny("until", 24, Time::parse),
                body.fieldsIfAny("words").map(Words::parse));
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Content toContent() {
        JsonBuilder body = JsonBuilder.object()
                .with("request", request.toJson())
                .with("target", target.toJson())
                .with("act", act)
                .withText("recipient", recipient)
                .with("outcome", outcome);
        until.ifPresent(time -> body.with("until", time));
        words.ifPresent(written -> body.with("words", written.toJson()));
        return new Content(TYPE, FORMAT, body.build());
    }

    @Override
    public Written quoting(Set<Quoted> more) {
        return new PermissionAnswer(
                request, target, act, recipient, outcome, until, words.map(own -> own.quoting(more)));
    }
}
