package org.sharaka.node.originator;

import java.util.Optional;
import org.sharaka.node.access.Actor;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.ConversationId;

/** Where officers find what was said in a conversation with a member; a module offers one as a bean. */
@FunctionalInterface
public interface Whereabouts {
    /** The path of its page; empty if it is none of the module's, is no longer kept, or is not this officer's to see. */
    Optional<String> of(Actor actor, MemberId peer, ConversationId conversation);
}
