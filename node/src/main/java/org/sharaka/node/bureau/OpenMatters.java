package org.sharaka.node.bureau;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.sharaka.node.access.Actor;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.content.Urgency;
import org.sharaka.protocol.message.ConversationId;

/** What a shift hands over beside the bureau's own conversations; a module offers one as a bean, with a sentence for its types. */
@FunctionalInterface
public interface OpenMatters {
    /** What waits for an answer of ours and an officer may see, what is due first. */
    List<Matter> open(Actor actor, int limit);

    /** @param type of its message, as the key {@code bureau.type.TYPE} names it */
    record Matter(
            UUID id,
            MemberId peer,
            ConversationId conversation,
            String type,
            Instant at,
            Urgency urgency,
            Instant due) {}
}
