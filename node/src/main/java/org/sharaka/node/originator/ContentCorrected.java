package org.sharaka.node.originator;

import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.MessageId;

/** An originator says what stands instead of what a message holds; as {@link ContentWithdrawn}. */
public record ContentCorrected(MemberId peer, MessageId name, boolean ours) {}
