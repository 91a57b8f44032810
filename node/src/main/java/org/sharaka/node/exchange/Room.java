package org.sharaka.node.exchange;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.sharaka.protocol.MemberId;

/**
 * Whether more may wait for a member. The line is counted once a second and whenever it seems full, not for every message: a long
 * line would make each the dearer.
 */
final class Room {
    private static final Duration COUNTED_ANEW = Duration.ofSeconds(1);

    private final SqlOutbox outbox;
    private final int most;
    private final Clock clock;
    private final Map<MemberId, Line> lines = new ConcurrentHashMap<>();

    private static final class Line {
        private Instant counted = Instant.MIN;
        private int left;
    }

    /** @param most messages that may wait for one member */
    Room(SqlOutbox outbox, int most, Clock clock) {
        this.outbox = outbox;
        this.most = most;
        this.clock = clock;
    }

    /** Takes a place in the line of a member, in the caller's transaction; false if there is none. */
    boolean take(MemberId recipient) {
        Line line = lines.computeIfAbsent(recipient, unused -> new Line());
        synchronized (line) {
            Instant now = clock.instant();
            if (line.left <= 0 || line.counted.isBefore(now.minus(COUNTED_ANEW)) || line.counted.isAfter(now)) {
                line.left = most - outbox.waiting(recipient, most);
                line.counted = now;
            }
            if (line.left <= 0) return false;
            line.left--;
            return true;
        }
    }
}
