package org.sharaka.node.intake;

import java.time.Instant;
import java.util.Optional;

/**
 * One message of the correspondence with a reporter.
 *
 * @param text as written: show it escaped and isolated; empty where a withdrawal gave no reason
 * @param language BCP 47 tag, if known
 * @param author id of the officer who wrote a letter; empty for the reporter's messages and for tasks of the node
 * @param readAt when an officer first read what the reporter wrote; empty for letters
 */
public record Message(
        MessageId id,
        MessageKind kind,
        String text,
        Optional<String> language,
        Optional<String> author,
        Instant writtenAt,
        Optional<Instant> readAt) {
    /** In UTF-16 units. */
    public static final int TEXT_LENGTH_MAX = 20_000;

    @Override
    public String toString() {
        return "Message[" + id + ", " + kind + "]";
    }
}
