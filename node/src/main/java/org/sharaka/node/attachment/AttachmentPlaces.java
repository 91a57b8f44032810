package org.sharaka.node.attachment;

import java.time.Instant;
import java.util.Optional;
import org.sharaka.protocol.message.SignedMessage;

/** A module that takes messages in says who may meet their files here, and until when. Offered as a bean. */
public interface AttachmentPlaces {
    /**
     * @param unit for whose officers alone the files exist; empty for all who may read evidence
     * @param keepUntil never after the end that the message names
     */
    record Place(Optional<String> unit, Instant keepUntil) {}

    /** Asked in the transaction that takes the message in, after its module has; empty for messages of others. */
    Optional<Place> of(SignedMessage message);
}
