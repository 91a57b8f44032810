package org.sharaka.node.bureau;

import java.time.Duration;
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
 * @param readAt of what came: when one of our officers first opened it
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
        Optional<Instant> readAt,
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

    /**
     * An answer that is wanted.
     *
     * @param since when its clock began; before that, when it was asked for
     * @param due empty while its recipient has not accepted the question: only then its clock begins (docs/protocol.md, section 5.4)
     * @param within how long its recipient has from then on, of what is ours; empty where the message itself gives the date
     * @param remindedAt the latest reminder, ours or theirs
     */
    record Awaited(
            Urgency urgency,
            Instant since,
            Optional<Instant> due,
            Optional<Duration> within,
            Optional<Instant> answeredAt,
            Optional<Instant> remindedAt) {
        /** The part of the time at whose beginning a list shows that it runs out. */
        private static final int LAST_PART = 4;

        /** One that nobody has answered or reminded of. */
        static Awaited until(Urgency urgency, Instant since, Instant due) {
            return new Awaited(urgency, since, Optional.of(due), Optional.empty(), Optional.empty(), Optional.empty());
        }

        /** One of ours whose clock begins when its recipient accepts it. */
        static Awaited onceThere(Urgency urgency, Instant asked, Duration within) {
            return new Awaited(
                    urgency, asked, Optional.empty(), Optional.of(within), Optional.empty(), Optional.empty());
        }

        public boolean open() {
            return answeredAt.isEmpty();
        }

        public boolean overdue(Instant now) {
            return open() && due.filter(now::isAfter).isPresent();
        }

        /** Whether the last quarter of its time runs. */
        public boolean soon(Instant now) {
            return open()
                    && !overdue(now)
                    && due.filter(end -> !now.isBefore(
                                    end.minus(Duration.between(since, end).dividedBy(LAST_PART))))
                            .isPresent();
        }

        /** How long until it is due, or since; only where that is known. */
        public Duration distance(Instant now) {
            return Duration.between(now, due.orElseThrow()).abs();
        }

        /** Whether it may be reminded of again (docs/protocol.md, section 5.4). */
        public boolean remindable(Instant now) {
            return overdue(now)
                    && remindedAt
                            .filter(last -> last.plus(REMINDED_EVERY).isAfter(now))
                            .isEmpty();
        }
    }

    /** At most one reminder of a message in this time (docs/protocol.md, section 5.4). */
    static final Duration REMINDED_EVERY = Duration.ofHours(24);

    /** One with which nobody has done anything yet. */
    static Entry fresh(
            UUID id,
            ConversationKey conversation,
            State state,
            String type,
            Optional<MessageId> name,
            Optional<String> author,
            Instant at,
            Optional<Awaited> awaited) {
        return new Entry(
                id,
                conversation,
                state,
                type,
                name,
                author,
                at,
                awaited,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
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
