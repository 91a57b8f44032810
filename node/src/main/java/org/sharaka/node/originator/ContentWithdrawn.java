package org.sharaka.node.originator;

import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.MessageId;

/**
 * An originator recalled what a message holds: it is no longer used, and kept sealed until the originator says more. Published in
 * the transaction that obeys.
 *
 * @param peer who sent it to us, or to whom we shared it onward
 * @param ours whether it is our own message that shared it onward
 */
public record ContentWithdrawn(MemberId peer, MessageId name, boolean ours) {}
