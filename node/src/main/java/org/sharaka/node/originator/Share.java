package org.sharaka.node.originator;

import java.time.Instant;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.MessageId;

/**
 * That we shared somebody's data onward.
 *
 * @param name our message, which encloses the originator's
 * @param legalBasis the law between the recipient and us
 */
public record Share(
        MessageId name,
        MemberId recipient,
        ConversationId conversation,
        String legalBasis,
        Target target,
        Instant sharedAt) {}
