package org.sharaka.node.exchange.wire;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.sharaka.protocol.MemberId;

/**
 * What one member may take of this node: requests at once, requests and messages a second, and of all members together the
 * memory of bodies. Members share nothing but the memory, of which
 * one gets a third at most, and nobody waits for it without end.
 */
final class PeerGate {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int UNIT = 1 << 10;

    /** Two members that announce much and send little leave room for the others. */
    private static final int PART_OF_ONE = 3;
    /** What receipts and questions take: for such some memory is kept that no large body gets. */
    private static final int SMALL = 64 << 10;

    private static final int PART_FOR_SMALL = 8;
    /** While half of all threads answer, nobody has more of them than this. */
    private static final int AT_ONCE_WHEN_BUSY = 2;

    private final WireSettings settings;
    private final Clock clock;
    private final Semaphore memory;
    private final Semaphore memoryForSmall;
    private final AtomicInteger busy = new AtomicInteger();
    private final Map<MemberId, Share> shares = new ConcurrentHashMap<>();

    PeerGate(WireSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        int all = settings.bodiesMegabytes() * UNIT;
        this.memoryForSmall = new Semaphore(all / PART_FOR_SMALL, true);
        this.memory = new Semaphore(all - all / PART_FOR_SMALL, true);
    }

    private static final class Share {
        private int atOnce;
        private Instant counted = Instant.EPOCH;
        private double messages;
        private double requests;
        private int units;
    }

    /** Begins a request; false if the member has too many at once or in this second. */
    boolean enter(MemberId member) {
        Share share = shares.computeIfAbsent(member, unused -> new Share());
        synchronized (share) {
            refill(share);
            int most = busy.get() < settings.threads() / 2
                    ? settings.requestsAtOnce()
                    : Math.min(AT_ONCE_WHEN_BUSY, settings.requestsAtOnce());
            if (share.atOnce >= most || share.requests < 1) return false;
            share.requests--;
            share.atOnce++;
            busy.incrementAndGet();
            return true;
        }
    }

    void leave(MemberId member) {
        Share share = shares.computeIfAbsent(member, unused -> new Share());
        synchronized (share) {
            share.atOnce--;
        }
        busy.decrementAndGet();
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

    /** Counts what an answer cost, whatever is left: it is paid off before the next. */
    void owe(MemberId member, int messages) {
        Share share = shares.computeIfAbsent(member, unused -> new Share());
        synchronized (share) {
            share.messages -= messages;
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

    /**
     * Takes memory for a body; false if the member has its share, or others have it all for longer than is worth waiting for.
     * Whoever has none gets a body of any size that is allowed.
     */
    boolean reserve(MemberId member, int bytes) throws InterruptedException {
        Share share = shares.computeIfAbsent(member, unused -> new Share());
        int units = units(bytes);
        synchronized (share) {
            if (share.units > 0 && share.units + units > settings.bodiesMegabytes() * UNIT / PART_OF_ONE) return false;
            share.units += units;
        }
        boolean got = false;
        try {
            got = memoryFor(bytes).tryAcquire(units, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return got;
        } finally {
            if (!got) giveBack(share, units);
        }
    }

    void release(MemberId member, int bytes) {
        int units = units(bytes);
        giveBack(shares.computeIfAbsent(member, unused -> new Share()), units);
        memoryFor(bytes).release(units);
    }

    private Semaphore memoryFor(int bytes) {
        return bytes <= SMALL ? memoryForSmall : memory;
    }

    private static void giveBack(Share share, int units) {
        synchronized (share) {
            share.units -= units;
        }
    }

    private static int units(int bytes) {
        return (bytes + UNIT - 1) / UNIT;
    }
}
