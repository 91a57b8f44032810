package org.sharaka.node.access;

import java.util.UUID;

/** Names an officer inside the node. */
public record OfficerId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
