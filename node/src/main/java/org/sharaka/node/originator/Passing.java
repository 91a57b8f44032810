package org.sharaka.node.originator;

import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.Lane;
import org.sharaka.protocol.message.MessageId;

/**
 * A message of another that we hand on as it is, enclosed in one of ours.
 *
 * @param legalBasis the law between its next recipient and us
 * @param tries how often it was tried
 */
record Passing(
        MemberId peer,
        MessageId name,
        MemberId recipient,
        ConversationId conversation,
        Lane lane,
        String legalBasis,
        int tries) {}
