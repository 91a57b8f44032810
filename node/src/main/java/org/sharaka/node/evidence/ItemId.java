package org.sharaka.node.evidence;

import java.util.Optional;
import java.util.UUID;

/** Names one file under custody inside this node. Time-ordered: it never leaves the node; what leaves is the file's own id. */
public record ItemId(UUID value) {
    public static Optional<ItemId> parse(String text) {
        try {
            UUID id = UUID.fromString(text);
            return id.toString().equals(text) ? Optional.of(new ItemId(id)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
