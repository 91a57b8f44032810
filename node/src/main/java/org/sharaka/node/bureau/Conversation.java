package org.sharaka.node.bureau;

import java.time.Instant;
import java.util.Optional;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Purpose;
import org.sharaka.protocol.content.Written;

/**
 * Messages with one member on one matter.
 *
 * @param subject what it is about; empty if its first message did not say
 * @param reference our case number or campaign; empty for none. Stays here
 * @param theirReference the latest that a message of theirs brought, as it came; empty for none
 * @param closedTo the one unit that sees it, folded; empty for every officer of the bureau
 * @param openedBy our officer; empty if the peer opened it
 * @param changes grows with whatever a page would show otherwise
 */
record Conversation(
        ConversationKey key,
        String subject,
        String reference,
        String theirReference,
        Purpose purpose,
        String legalBasis,
        Optional<String> offence,
        String closedTo,
        Optional<String> openedBy,
        Instant openedAt,
        Instant latestAt,
        boolean unread,
        long changes) {
    /**
     * One line, as a message's own reference.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link BureauProblem#BAD_FIELD}
     */
    static void requireReference(String reference) {
        if (reference.length() > Written.REFERENCE_LENGTH_MAX
                || reference.chars().anyMatch(Character::isISOControl))
            throw BureauProblem.BAD_FIELD.because(
                    "reference: one line of " + Written.REFERENCE_LENGTH_MAX + " characters");
    }

    public boolean closed() {
        return !closedTo.isEmpty();
    }

    /** Whether it is open to every officer or closed to this one's unit; else the officer was let look into it. */
    boolean isOf(Actor actor) {
        return !closed() || closedTo.equals(SqlConversations.unitOf(actor));
    }
}
