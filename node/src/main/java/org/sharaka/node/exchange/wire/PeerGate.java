package org.sharaka.node.exchange.wire;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.sharaka.protocol.MemberId;

/**
 * What one member may take of this node: requests at once, requests and messages a second, and of all members together the
 * memory of bodies. Members share nothing but the memory, and nobody waits for it without end.
 */
final class PeerGate {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int UNIT = 1 << 10;

    private final WireSettings settings;
    private final Clock clock;
    private final Semaphore memory;
    private final Map<MemberId, Share> shares = new ConcurrentHashMap<>();

    PeerGate(WireSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.memory = new Semaphore(settings.bodiesMegabytes() * UNIT, true);
    }

    private static final class Share {
        private int atOnce;
        private Instant counted = Instant.EPOCH;
        private double messages;
        private double requests;
    }

    /** Begins a request; false if the member has too many at once or in this second. */
    boolean enter(MemberId member) {
        Share share = shares.computeIfAbsent(member, unused -> new Share());
        synchronized (share) {
            refill(share);
            if (share.atOnce >= settings.requestsAtOnce() || share.requests < 1) return false;
            share.requests--;
            share.atOnce++;
            return true;
        }
    }

    void leave(MemberId member) {
        Share share = shares.computeIfAbsent(member, unused -> new Share());
        synchronized (share) {
            share.atOnce--;
        }
    }

    /** Counts messages that a request brought. Whoever has a little left may bring a whole request, and pays it off then. */
    boolean take(MemberId member, int messages) {
        Share share = shares.computeIfAbsent(member, unused -> new Share());
        synchronized (share) {
            refill(share);
            if (share.messages <= 0) return false;
            share.messages -= messages;
            return true;
        }
    }

    /** One second's worth can be saved up. */
    private void refill(Share share) {
        Instant now = clock.instant();
        double seconds = share.counted.equals(Instant.EPOCH)
                ? 1
                : Math.max(0, Math.min(1, Duration.between(share.counted, now).toNanos() / 1e9));
        share.counted = now;
        share.messages =
                Math.min(settings.messagesPerSecond(), share.messages + seconds * settings.messagesPerSecond());
        share.requests =
                Math.min(settings.requestsPerSecond(), share.requests + seconds * settings.requestsPerSecond());
    }

    /** Takes memory for a body; false if others have it all for longer than is worth waiting for. */
    boolean reserve(int bytes) throws InterruptedException {
        return memory.tryAcquire(units(bytes), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    void release(int bytes) {
        memory.release(units(bytes));
    }

    private static int units(int bytes) {
        return (bytes + UNIT - 1) / UNIT;
    }
}
