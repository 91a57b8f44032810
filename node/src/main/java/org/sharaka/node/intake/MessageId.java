package org.sharaka.node.intake;

import java.util.UUID;

/** Names a message inside the node; time-ordered, so it never leaves it. */
public record MessageId(UUID value) {
    /** @throws IllegalArgumentException if the text is no UUID */
    public static MessageId parse(String text) {
        return new MessageId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
