package org.sharaka.node.exchange;

import java.util.Optional;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.Receipt;

/**
 * A receipt for a message of ours, told with others by {@link MessagesAnswered}.
 *
 * @param refusal the code, for refused ones
 */
public record MessageAnswered(MemberId by, MessageId id, Receipt.State state, Optional<String> refusal) {}
