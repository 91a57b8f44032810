package org.sharaka.node.bureau;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sharaka.protocol.content.Urgency;

/**
 * What one shift signed over to the next.
 *
 * @param unit folded; empty text for officers without one
 * @param givenTo the officer who takes over
 */
record Handover(
        UUID id,
        String unit,
        String writtenBy,
        String givenTo,
        Instant writtenAt,
        Signed signed,
        Optional<Instant> takenAt) {
    static final int NOTE_LENGTH_MAX = 4_000;
    private static final int NUMBER_LENGTH = 8;

    /** What a sheet tells apart, in the order in which it matters. */
    enum Part {
        /** Alarms that nobody has taken on. */
        ALARM,
        OVERDUE,
        UNREAD,
        /** Answers of ours that are due in the coming shift. */
        DUE,
        /** Drafts that wait for the second look, or came back from it. */
        LOOK,
        /** What we sent and its recipient does not have, or refused. */
        UNDELIVERED,
        /** Questions for permission, theirs and ours, without an answer. */
        PERMISSION,
        /** What waits for an answer of ours elsewhere, as {@link OpenMatters} has it. */
        OTHER
    }

    /**
     * One message on a sheet, by ids: what stands in it ends with the message and not with the sheet (SAFEGUARDS S20).
     *
     * @param ours whether we sent it or are about to
     * @param urgency empty where no answer is awaited
     * @param due likewise, and while its recipient has not accepted the question
     */
    record Line(
            UUID message,
            String peer,
            String conversation,
            String type,
            boolean ours,
            Instant at,
            Optional<Urgency> urgency,
            Optional<Instant> due) {
        static Line of(Entry entry) {
            return new Line(
                    entry.id(),
                    entry.conversation().peer().value(),
                    entry.conversation().id().value(),
                    entry.type(),
                    entry.ours(),
                    entry.at(),
                    entry.awaited().map(Entry.Awaited::urgency),
                    entry.awaited().flatMap(Entry.Awaited::due));
        }

        static Line of(OpenMatters.Matter matter) {
            return new Line(
                    matter.id(),
                    matter.peer().value(),
                    matter.conversation().value(),
                    matter.type(),
                    false,
                    matter.at(),
                    Optional.of(matter.urgency()),
                    Optional.of(matter.due()));
        }

        public ConversationKey key() {
            return ConversationKey.parse(peer, conversation);
        }

        /** What finds it again from paper: the beginning of the conversation's id, which says nothing. */
        public String number() {
            return conversation.substring(0, NUMBER_LENGTH);
        }

        public boolean late(Instant then) {
            return due.filter(then::isAfter).isPresent();
        }

        public Duration overdueBy(Instant then) {
            return due.map(day -> Duration.between(day, then)).orElse(Duration.ZERO);
        }
    }

    /** @param more whether there are others that the sheet does not list */
    record Section(Part part, List<Line> lines, boolean more) {
        Section {
            lines = List.copyOf(lines);
        }
    }

    /**
     * What was signed; sealed where it lies.
     *
     * @param note untrusted text, at most {@link #NOTE_LENGTH_MAX} characters
     * @param until the end of the shift that the sheet looks ahead to
     */
    record Signed(String note, Instant until, List<Section> sections) {
        Signed {
            sections = List.copyOf(sections);
        }
    }
}
