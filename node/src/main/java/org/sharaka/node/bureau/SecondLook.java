package org.sharaka.node.bureau;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.protocol.message.MessageReference;

/**
 * What repeats a victim's, witness's or reporter's words leaves when somebody else than its author has read it (SAFEGUARDS S11). Safe for many
 * threads.
 */
final class SecondLook {
    /** Sends what a second officer released, who need not be one who may send. */
    private static final Actor NODE = Actor.system("bureau");

    private final SqlConversations conversations;
    private final Reading reading;
    private final BureauService bureau;
    private final AuditTrail audit;
    private final Duration retention;
    private final Clock clock;

    SecondLook(
            SqlConversations conversations,
            Reading reading,
            BureauService bureau,
            AuditTrail audit,
            BureauSettings settings,
            Clock clock) {
        this.conversations = conversations;
        this.reading = reading;
        this.bureau = bureau;
        this.audit = audit;
        this.retention = settings.retention();
        this.clock = clock;
    }

    /**
     * Lets what repeats a victim's, witness's or reporter's words travel (SAFEGUARDS S11). Whatever the agreements refuse by now is
     * refused.
     *
     * @param shown {@link Composition#shown} of what the officer read; reworded meanwhile, it is refused
     * @throws org.sharaka.node.platform.ProblemException {@link BureauProblem#OWN_WORDS}, {@link BureauProblem#LOOKED_BEFORE},
     *     {@link BureauProblem#NOT_FOUND}; what the exchange refuses
     */
    void release(Actor actor, ConversationKey key, UUID id, String shown) {
        Optional<Void> unused = audit.act(actor, "bureau.release", draftSubject(id), entry -> {
            Conversation conversation = forLook(actor, key);
            draft(key, id).requireLookOf(actor);
            Composition composition =
                    conversations.draft(id).orElseThrow(() -> BureauProblem.NOT_FOUND.because("draft " + id));
            if (!composition.shown().equals(shown)) throw BureauProblem.LOOKED_BEFORE.because("draft " + id);
            Instant now = now();
            MessageReference sent = bureau.send(NODE, actor, conversation, composition, now);
            conversations.released(
                    id, sent.id(), bureau.awaited(composition, now), now.plus(retention), actor.id(), now, entry);
            conversations.said(key, now, false);
            return Optional.empty();
        });
    }

    /**
     * Gives it back to its author.
     *
     * @param remark why, 3 to 4000 characters
     * @throws org.sharaka.node.platform.ProblemException as {@link #release}; {@link BureauProblem#REMARK_MISSING}
     */
    void giveBack(Actor actor, ConversationKey key, UUID id, String remark) {
        Optional<Void> unused = audit.act(actor, "bureau.return", draftSubject(id), entry -> {
            Conversation conversation = forLook(actor, key);
            draft(key, id).requireLookOf(actor);
            if (remark.length() < 3 || remark.length() > BureauService.SENTENCE_MAX)
                throw BureauProblem.REMARK_MISSING.because("3 to " + BureauService.SENTENCE_MAX + " characters");
            conversations.looked(id, Entry.State.RETURNED, actor.id(), now(), entry);
            conversations.putRemark(id, remark);
            conversations.changed(conversation.key());
            return Optional.empty();
        });
    }

    private Conversation forLook(Actor actor, ConversationKey key) {
        actor.require(Permission.EXCHANGE_READ).requirePurpose();
        actor.require(Permission.EXCHANGE_APPROVE);
        return reading.find(actor, key);
    }

    private Entry draft(ConversationKey key, UUID id) {
        return conversations.entry(key, id).orElseThrow(() -> BureauProblem.NOT_FOUND.because("draft " + id));
    }

    /**
     * Its author writes it anew; it goes to the second look again.
     *
     * @param facts as {@code grounds} of a request alone
     * @throws org.sharaka.node.platform.ProblemException as {@link #release}; {@link BureauProblem#NOT_THE_AUTHOR},
     *     {@link BureauProblem#BAD_FIELD}
     */
    void reword(Actor actor, ConversationKey key, UUID id, String text, String facts, String grounds) {
        Optional<Void> unused = audit.act(actor, "bureau.reword", draftSubject(id), entry -> {
            Conversation conversation = bureau.forWriting(actor, key);
            draft(key, id).requireRewordingBy(actor);
            Composition before =
                    conversations.draft(id).orElseThrow(() -> BureauProblem.NOT_FOUND.because("draft " + id));
            Composition after = before.reworded(text, facts, grounds);
            var unusedWritten = bureau.written(key, after, now());
            conversations.reworded(id, after);
            conversations.changed(conversation.key());
            return Optional.empty();
        });
    }

    /** Throws a draft away, and its conversation if nothing else was said in it. @return whether the conversation is still there */
    boolean discard(Actor actor, ConversationKey key, UUID id) {
        return audit.act(actor, "bureau.discard", draftSubject(id), entry -> {
            Conversation conversation = bureau.forWriting(actor, key);
            Entry draft = draft(key, id);
            if (!draft.state().draft()) throw BureauProblem.LOOKED_BEFORE.because("draft " + id);
            conversations.remove(draft);
            return conversations.find(actor, conversation.key()).isPresent();
        });
    }

    private static String draftSubject(UUID id) {
        return "draft/" + id;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
