package org.sharaka.node.bureau;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.content.Feedback;
import org.sharaka.protocol.content.FreeText;
import org.sharaka.protocol.content.Information;
import org.sharaka.protocol.content.Inquiry;
import org.sharaka.protocol.content.Quoted;
import org.sharaka.protocol.content.Reply;
import org.sharaka.protocol.content.Urgency;
import org.sharaka.protocol.content.Words;
import org.sharaka.protocol.content.Written;
import org.sharaka.protocol.message.MessageReference;

/**
 * What an officer wrote, before it is a message. Not checked until it becomes one: {@link #written}.
 *
 * @param about the name of the message that is answered; empty for none
 * @param outcome name of a {@link Reply.Outcome} or {@link Feedback.Outcome}; empty for none
 * @param files ids of items under custody that go with it, in their order
 * @param feedback whether the sender would like to hear what came of its information
 */
record Composition(
        Kind kind,
        String subject,
        Words words,
        String facts,
        String grounds,
        Urgency urgency,
        String urgencyReason,
        String reference,
        boolean feedback,
        String about,
        String outcome,
        Terms terms,
        List<String> files) {
    Composition {
        // Drafts that were written before messages had files say nothing of them.
        files = Optional.ofNullable(files).map(List::copyOf).orElse(List.of());
    }

    enum Kind {
        REQUEST(Inquiry.TYPE),
        INFORMATION(Information.TYPE),
        ANSWER(Reply.TYPE),
        FEEDBACK(Feedback.TYPE),
        TEXT(FreeText.TYPE);

        private final String type;

        Kind(String type) {
            this.type = type;
        }

        /** The content type of its message. */
        public String type() {
            return type;
        }

        /** Whether it replies to one message. */
        boolean answers() {
            return this == ANSWER || this == FEEDBACK;
        }

        /** Whether a conversation can begin with it. */
        boolean opens() {
            return this == REQUEST || this == INFORMATION;
        }
    }

    /** Whether somebody else has to read it before it travels (SAFEGUARDS S11). */
    boolean needsSecondLook() {
        return !words.quotes().isEmpty();
    }

    /** Names the words and files that somebody was shown: a release is for these and no others. */
    public String shown() {
        return Hash.of(String.join("\0", words.text(), facts, grounds, String.join(",", files))
                        .getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /**
     * The same in other words; whose they repeat stays said.
     *
     * @param facts as {@code grounds} of a request alone
     */
    Composition reworded(String text, String facts, String grounds) {
        return new Composition(
                kind,
                subject,
                words(words.language(), text, words.quotes()),
                facts,
                grounds,
                urgency,
                urgencyReason,
                reference,
                feedback,
                about,
                outcome,
                terms,
                files);
    }

    static Words words(String language, String text, Set<Quoted> quotes) {
        return checked(() -> new Words(language, text, quotes));
    }

    /** Whether its recipient is asked to say something. */
    boolean awaitsAnswer() {
        return kind == Kind.REQUEST || (kind == Kind.INFORMATION && feedback);
    }

    /** How soon, as far as somebody is asked: information is never urgent to answer. */
    Urgency urgencyOfAnswer() {
        return kind == Kind.REQUEST ? urgency : Urgency.ROUTINE;
    }

    /** Whether nothing more follows to the message that it answers. */
    boolean settles() {
        return kind == Kind.FEEDBACK
                || (kind == Kind.ANSWER && Reply.Outcome.valueOf(outcome).last());
    }

    /**
     * As it travels.
     *
     * @param to the message that it answers, if it answers one
     * @param within how soon feedback is wanted; a request leaves that to its urgency
     * @throws org.sharaka.node.platform.ProblemException {@link BureauProblem#BAD_FIELD}
     */
    Written written(Optional<MessageReference> to, Instant now, Duration within) {
        return checked(() -> switch (kind) {
            case REQUEST ->
                new Inquiry(
                        subject,
                        words,
                        facts,
                        grounds,
                        urgency,
                        given(urgencyReason),
                        Optional.empty(),
                        given(reference));
            case INFORMATION ->
                new Information(
                        subject, words, feedback ? Optional.of(now.plus(within)) : Optional.empty(), given(reference));
            case ANSWER -> new Reply(to.orElseThrow(), Reply.Outcome.valueOf(outcome), words);
            case FEEDBACK -> new Feedback(to.orElseThrow(), Feedback.Outcome.valueOf(outcome), Optional.of(words));
            case TEXT -> new FreeText(given(subject), words);
        });
    }

    private static Optional<String> given(String text) {
        return Optional.of(text).filter(each -> !each.isBlank());
    }

    /** The protocol's rules for what may be written are ours. */
    static <T> T checked(java.util.function.Supplier<T> made) {
        try {
            return made.get();
        } catch (RefusedException e) {
            throw BureauProblem.BAD_FIELD.because(e.refusal().code());
        }
    }
}
