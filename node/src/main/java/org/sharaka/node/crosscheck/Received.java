package org.sharaka.node.crosscheck;

import java.time.Instant;
import java.util.Optional;
import org.sharaka.node.access.Purpose;
import org.sharaka.protocol.content.Urgency;
import org.sharaka.protocol.message.MessageId;

/**
 * What another member asks us.
 *
 * @param message how both sides call the request
 * @param unread whether no officer has opened it since it came
 * @param withdrawn whether its originator took it back: it is compared and answered no more
 * @param answer our latest
 * @param draft what waits for the second look or came back from it
 */
record Received(
        CheckKey key,
        MessageId message,
        Purpose purpose,
        String legalBasis,
        Optional<String> offence,
        int traces,
        Urgency urgency,
        Instant at,
        Instant due,
        Instant endsAt,
        boolean unread,
        boolean withdrawn,
        Optional<OurAnswer> answer,
        Optional<Draft.State> draft) {
    /**
     * What we answered.
     *
     * @param upTo the number of the latest report of ours that was looked at when it was written
     */
    record OurAnswer(MessageId message, String by, Instant at, Optional<String> lookedBy, long upTo) {}

    public boolean overdue(Instant now) {
        return answer.isEmpty() && !withdrawn && !now.isBefore(due);
    }
}
