package org.sharaka.node.crosscheck;

import java.time.Instant;
import java.util.Optional;
import org.sharaka.protocol.message.MessageId;

/**
 * What we asked one member about one campaign.
 *
 * @param message how both sides call the request
 * @param campaign the number that the campaign had
 * @param by our officer
 * @param answer the latest answer
 */
record Asked(
        CheckKey key,
        MessageId message,
        long campaign,
        int traces,
        String legalBasis,
        String by,
        Instant at,
        Instant due,
        Instant endsAt,
        Optional<Answered> answer) {
    /** An answer that came. */
    record Answered(MessageId message, Instant at) {}

    public boolean overdue(Instant now) {
        return answer.isEmpty() && !now.isBefore(due);
    }
}
