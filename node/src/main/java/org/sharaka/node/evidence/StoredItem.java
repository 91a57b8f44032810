package org.sharaka.node.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sharaka.protocol.Hash;

/**
 * An item as its row has it.
 *
 * @param hashes of the sealed chunks; empty once it was destroyed
 * @param sealed the {@link ItemSecret}; empty once it was destroyed
 */
record StoredItem(
        ItemId id,
        String address,
        Item.State state,
        long sizeBytes,
        int chunks,
        int stored,
        List<Hash> hashes,
        Optional<byte[]> sealed,
        String originator,
        Optional<String> sender,
        String purpose,
        Optional<String> unit,
        Optional<String> belongsTo,
        Instant receivedAt,
        Instant keepUntil,
        Optional<Instant> reviewBy,
        Optional<Instant> destroyedAt) {
    StoredItem {
        hashes = List.copyOf(hashes);
    }

    String subject() {
        return subject(id);
    }

    static String subject(ItemId id) {
        return "evidence/" + id;
    }

    boolean restricted() {
        return reviewBy.isPresent();
    }

    Item shown(Optional<ItemSecret> secret) {
        return new Item(
                id,
                state,
                secret.map(open -> new Item.Content(open.name(), open.mediaType(), open.sha256())),
                sizeBytes,
                stored,
                chunks,
                originator,
                sender,
                purpose,
                unit,
                belongsTo,
                receivedAt,
                keepUntil,
                reviewBy,
                destroyedAt);
    }
}
