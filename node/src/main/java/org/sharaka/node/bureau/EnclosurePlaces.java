package org.sharaka.node.bureau;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.sharaka.node.attachment.AttachmentPlaces;
import org.sharaka.protocol.message.Header;
import org.sharaka.protocol.message.SignedMessage;

/** Files of a conversation are for whom the conversation is for, and end with their message (SAFEGUARDS S19, S20). */
final class EnclosurePlaces implements AttachmentPlaces {
    private final SqlConversations conversations;
    private final Duration retention;
    private final Clock clock;

    EnclosurePlaces(SqlConversations conversations, Duration retention, Clock clock) {
        this.conversations = conversations;
        this.retention = retention;
        this.clock = clock;
    }

    @Override
    public Optional<Place> of(SignedMessage signed) {
        Header header = signed.message().header();
        Instant named = signed.message().handling().keepUntil();
        Instant ours = clock.instant().truncatedTo(ChronoUnit.MICROS).plus(retention);
        return conversations
                .closedTo(new ConversationKey(header.sender(), header.position().conversation()))
                .map(unit -> new Place(
                        Optional.of(unit).filter(one -> !one.isEmpty()), ours.isBefore(named) ? ours : named));
    }
}
