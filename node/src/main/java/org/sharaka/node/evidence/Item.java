package org.sharaka.node.evidence;

import java.time.Instant;
import java.util.Optional;
import org.sharaka.protocol.Hash;

/**
 * A file under custody, as an officer who may see it sees it.
 *
 * @param content what only the key tells; empty if it was destroyed, or is closed to this officer
 * @param stored chunks that are here, of {@code chunks}
 * @param originator whose data it is
 * @param sender the member who sent it; empty if it was taken in here
 * @param unit for whose officers alone it exists
 * @param belongsTo a kind and an id
 * @param reviewBy by when the unit must have looked at what may show the abuse of a child; empty if it is not so closed
 */
public record Item(
        ItemId id,
        State state,
        Optional<Content> content,
        long sizeBytes,
        int stored,
        int chunks,
        String originator,
        Optional<String> sender,
        String purpose,
        Optional<String> unit,
        Optional<String> belongsTo,
        Instant receivedAt,
        Instant keepUntil,
        Optional<Instant> reviewBy,
        Optional<Instant> destroyedAt) {
    /** How far a file is. */
    public enum State {
        /** Announced by a member and on its way. */
        EXPECTED,
        HELD,
        /** It came, and is not the file that was announced. */
        WRONG,
        DESTROYED
    }

    /** @param sha256 of the clear file */
    public record Content(String name, String mediaType, Hash sha256) {}

    public boolean restricted() {
        return reviewBy.isPresent();
    }
}
