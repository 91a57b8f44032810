package org.sharaka.node.bureau;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.sharaka.node.access.Actor;
import org.sharaka.protocol.content.Urgency;
import org.sharaka.protocol.message.MessageId;

/**
 * One message of a conversation as the bureau keeps it; what it says lies in the exchange, or is a draft.
 *
 * @param type its content type
 * @param name how both sides call it; empty until it is sent
 * @param author our officer, of what is ours
 * @param awaited set where an answer or feedback is wanted
 * @param lookedBy who gave the second look
 * @param actedBy our officer who acted on what came
 * @param actedAt of what we sent: when its recipient said so
 */
record Entry(
        UUID id,
        ConversationKey conversation,
        State state,
        String type,
        Optional<MessageId> name,
        Optional<String> author,
        Instant at,
        Optional<Awaited> awaited,
        Optional<String> lookedBy,
        Optional<String> actedBy,
        Optional<Instant> actedAt) {
    /** The names are stored: never rename one. */
    enum State {
        /** Ours; waits for the second look. */
        LOOK,
        /** Ours; the second officer did not let it go. */
        RETURNED,
        SENT,
        RECEIVED;

        public boolean draft() {
            return this == LOOK || this == RETURNED;
        }
    }

    /** An answer that is wanted. */
    record Awaited(Urgency urgency, Instant due, Optional<Instant> answeredAt) {
        public boolean open() {
            return answeredAt.isEmpty();
        }

        public boolean overdue(Instant now) {
            return open() && due.isBefore(now);
        }
    }

    public boolean ours() {
        return state != State.RECEIVED;
    }

    /** Whether somebody still waits for an answer to it. */
    public boolean open() {
        return !state.draft() && awaited.filter(Awaited::open).isPresent();
    }

    /**
     * Lets an officer decide about it, if it waits for that and is not the officer's own (SAFEGUARDS S11).
     *
     * @throws org.sharaka.node.platform.ProblemException {@link BureauProblem#LOOKED_BEFORE}, {@link BureauProblem#OWN_WORDS}
     */
    void requireLookOf(Actor officer) {
        if (state != State.LOOK) throw BureauProblem.LOOKED_BEFORE.because("draft " + id);
        if (author.filter(officer.id()::equals).isPresent()) throw BureauProblem.OWN_WORDS.because("draft " + id);
    }

    /**
     * Lets its author write it anew, once it came back.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link BureauProblem#LOOKED_BEFORE}, {@link BureauProblem#NOT_THE_AUTHOR}
     */
    void requireRewordingBy(Actor officer) {
        if (state != State.RETURNED) throw BureauProblem.LOOKED_BEFORE.because("draft " + id);
        if (author.filter(officer.id()::equals).isEmpty()) throw BureauProblem.NOT_THE_AUTHOR.because("draft " + id);
    }
}
