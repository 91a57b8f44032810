package org.sharaka.node.bureau;

import java.time.Instant;
import java.util.Optional;
import org.sharaka.node.access.Purpose;

/**
 * Messages with one member on one matter.
 *
 * @param subject what it is about; empty if its first message did not say
 * @param closedTo the one unit that sees it, folded; empty for every officer of the bureau
 * @param openedBy our officer; empty if the peer opened it
 * @param changes grows with whatever a page would show otherwise
 */
record Conversation(
        ConversationKey key,
        String subject,
        Purpose purpose,
        String legalBasis,
        Optional<String> offence,
        String closedTo,
        Optional<String> openedBy,
        Instant openedAt,
        Instant latestAt,
        boolean unread,
        long changes) {
    public boolean closed() {
        return !closedTo.isEmpty();
    }
}
