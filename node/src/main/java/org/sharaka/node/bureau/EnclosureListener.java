package org.sharaka.node.bureau;

import org.sharaka.node.attachment.AttachmentChanged;
import org.springframework.context.event.EventListener;

/** Makes pages show how far a file of a message is, as soon as that changes. */
final class EnclosureListener {
    private final SqlConversations conversations;

    EnclosureListener(SqlConversations conversations) {
        this.conversations = conversations;
    }

    @EventListener
    void on(AttachmentChanged changed) {
        conversations.changed(changed.sender(), changed.message());
    }
}
