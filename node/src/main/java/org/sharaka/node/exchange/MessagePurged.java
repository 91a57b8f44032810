package org.sharaka.node.exchange;

import java.util.Optional;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.MessageId;

/**
 * The content of a message was destroyed, before its end or with it; published in the transaction that does.
 *
 * @param sender empty for one of ours
 */
public record MessagePurged(Optional<MemberId> sender, MessageId id) {}
