package org.sharaka.node.originator;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.Order;

/**
 * An order of ours about data of our own.
 *
 * @param recipient to whom we had sent it
 * @param closedTo the one unit that sees it, folded; empty for every officer of the bureau
 * @param reason empty once its time is over
 * @param by our officer
 */
record Given(
        UUID id,
        Order.Kind kind,
        MessageReference target,
        MemberId recipient,
        ConversationId conversation,
        String closedTo,
        Optional<String> reason,
        String by,
        Instant at) {
    boolean visibleTo(String unit) {
        return closedTo.isEmpty() || closedTo.equals(unit);
    }
}
