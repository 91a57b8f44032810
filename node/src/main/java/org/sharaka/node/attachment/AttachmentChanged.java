package org.sharaka.node.attachment;

import java.util.Optional;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.MessageId;

/**
 * A file of a message is in another state than before; published in the transaction that says so. Not for each chunk.
 *
 * @param sender empty for a message of ours
 */
public record AttachmentChanged(Optional<MemberId> sender, MessageId message) {}
