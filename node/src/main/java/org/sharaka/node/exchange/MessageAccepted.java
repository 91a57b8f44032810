package org.sharaka.node.exchange;

import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.MessageId;

/** A message was taken in; published in the transaction that does. */
public record MessageAccepted(MemberId sender, MessageId id, ConversationId conversation, String contentType) {}
