package org.sharaka.node.originator;

import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.MessageId;

/**
 * An originator ordered what a message holds destroyed, and the exchange has destroyed it: whatever a module kept of it beside, drafts,
 * quotations, files, goes in the same transaction. As {@link ContentWithdrawn}.
 */
public record ContentPurged(MemberId peer, MessageId name, boolean ours) {}
