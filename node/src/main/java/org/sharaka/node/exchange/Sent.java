package org.sharaka.node.exchange;

import java.time.Instant;
import java.util.Optional;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.MessageReference;

/**
 * A message of ours and how far it came.
 *
 * @param reason why it waits still, or the code with which it was refused; empty if there is none
 */
public record Sent(
        MessageReference reference,
        MemberId recipient,
        ConversationId conversation,
        State state,
        Optional<String> reason,
        Instant sentAt,
        Instant expiresAt) {
    /** The names are stored: never rename one. */
    public enum State {
        /** Committed here; the recipient has not said that it has it. */
        WAITING,
        /** It expired on its way. */
        SKIPPED,
        /** Committed on the recipient's disk. */
        DELIVERED,
        /** Verified and taken in. */
        ACCEPTED,
        REFUSED
    }
}
