package org.sharaka.node.bureau;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.sharaka.node.originator.ContentCorrected;
import org.sharaka.node.originator.ContentPurged;
import org.sharaka.node.originator.ContentWithdrawn;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.MessageId;
import org.springframework.context.event.EventListener;

/** What an originator's order means for conversations; in the transaction that obeys. */
final class OrderEffects {
    private final SqlConversations conversations;
    private final Clock clock;

    OrderEffects(SqlConversations conversations, Clock clock) {
        this.conversations = conversations;
        this.clock = clock;
    }

    @EventListener
    void on(ContentWithdrawn withdrawn) {
        end(withdrawn.peer(), withdrawn.name(), withdrawn.ours(), false);
    }

    @EventListener
    void on(ContentPurged purged) {
        end(purged.peer(), purged.name(), purged.ours(), true);
    }

    @EventListener
    void on(ContentCorrected corrected) {
        conversations
                .named(corrected.peer(), corrected.name(), corrected.ours())
                .ifPresent(entry -> conversations.said(entry.conversation(), now(), true));
    }

    /** Nobody answers what was taken back; its subject is its words. Purged, drafts that answer it and what was done about it go too. */
    private void end(MemberId peer, MessageId name, boolean ours, boolean purged) {
        conversations.named(peer, name, ours).ifPresent(entry -> {
            boolean unused = conversations.answered(entry.conversation(), name, entry.state(), now());
            conversations.emptySubject(entry);
            conversations.forgetTheirs(entry.id());
            if (purged) {
                conversations.forgetDeed(entry.id());
                for (Entry draft : conversations.entries(entry.conversation()))
                    if (draft.state().draft()
                            && conversations
                                    .draft(draft.id())
                                    .filter(composition -> composition.about().equals(name.value()))
                                    .isPresent()) conversations.remove(draft);
            }
            conversations.said(entry.conversation(), now(), true);
        });
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
