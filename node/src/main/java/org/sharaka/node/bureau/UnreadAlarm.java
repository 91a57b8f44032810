package org.sharaka.node.bureau;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.sharaka.protocol.MemberId;

/**
 * An urgent message stayed unread too long. Says nothing of what stands in it.
 *
 * @param message our id of it
 * @param peer who sent it
 * @param since when the message came
 * @param latestAt when it rang last
 * @param times how often it rang
 */
public record UnreadAlarm(UUID message, MemberId peer, Instant since, Instant latestAt, int times) {
    /** How long nobody has done anything about it. */
    public Duration unread(Instant now) {
        return Duration.between(since, now);
    }
}
