package org.sharaka.node.portal;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Counts the reports of each source, so that the excess of one can be set aside. Nobody is refused: behind one address there
 * may be a whole town. A source is an IPv4 address or an IPv6 /64; it is known only by a hash under a key that lives in
 * memory for a day, and nothing of it is ever stored.
 */
final class Waves {
    /** Over which a source is counted. */
    static final Duration WINDOW = Duration.ofMinutes(10);

    private static final int HASH_BYTES = 8;

    private final int limit;
    private final SecureRandom random;
    private final Clock clock;
    private final Map<Long, Integer> counts = new HashMap<>();
    private byte[] key = new byte[0];
    private LocalDate day = LocalDate.MIN;
    private long window = Long.MIN_VALUE;

    Waves(int limit, SecureRandom random, Clock clock) {
        this.limit = limit;
        this.random = random;
        this.clock = clock;
    }

    /** Counts a report. @return true if its source sent more than the limit in this window */
    synchronized boolean excess(String address) {
        turn();
        return counts.merge(source(address), 1, Integer::sum) > limit;
    }

    private void turn() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (!today.equals(day)) {
            key = new byte[32];
            random.nextBytes(key);
            day = today;
            counts.clear();
        }
        long current = clock.millis() / WINDOW.toMillis();
        if (current != window) counts.clear();
        window = current;
    }

    private long source(String address) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return ByteBuffer.wrap(mac.doFinal(network(address)), 0, HASH_BYTES).getLong();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks HMAC-SHA-256", e);
        }
    }

    /** One household or provider gets a whole /64. */
    private static byte[] network(String address) {
        try {
            // The servlet container gives an address and never a name, so nothing is looked up.
            InetAddress parsed = InetAddress.getByName(address);
            return parsed instanceof Inet6Address ? Arrays.copyOf(parsed.getAddress(), 8) : parsed.getAddress();
        } catch (UnknownHostException e) {
            return new byte[0];
        }
    }
}
