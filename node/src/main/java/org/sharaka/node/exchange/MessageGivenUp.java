package org.sharaka.node.exchange;

import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.MessageId;

/**
 * A message of ours will not be delivered any more: it expired on its way, or was taken back while it waited. Published in the
 * transaction that gives it up.
 */
public record MessageGivenUp(MemberId recipient, MessageId id) {}
