package org.sharaka.node.evidence;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An item for programs, and for the console's script. */
record ItemJson(
        String id,
        String state,
        @Nullable String name,
        @Nullable String mediaType,
        long sizeBytes,
        @Nullable String sha256,
        boolean restricted,
        Instant receivedAt,
        Instant keepUntil) {
    static ItemJson of(Item item) {
        Optional<Item.Content> content = item.content();
        return new ItemJson(
                item.id().toString(),
                item.state().name(),
                content.map(Item.Content::name).orElse(null),
                content.map(Item.Content::mediaType).orElse(null),
                item.sizeBytes(),
                content.map(known -> known.sha256().toString()).orElse(null),
                item.restricted(),
                item.receivedAt(),
                item.keepUntil());
    }
}
