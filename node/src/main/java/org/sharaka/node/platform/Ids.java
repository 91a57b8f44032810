package org.sharaka.node.platform;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;

/** Makes ids. Time-ordered ones stay inside the node; what leaves it, or a member of the public sees, is random. */
public final class Ids {
    private final Clock clock;
    private final SecureRandom random;

    public Ids(Clock clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    /** RFC 9562 section 5.7: 48 bits of milliseconds, version 7, 74 random bits. */
    public UUID timeOrdered() {
        long high = (clock.millis() << 16) | 0x7000L | (random.nextInt() & 0x0FFFL);
        return new UUID(high, (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L);
    }

    /** RFC 9562 section 5.4: version 4, says nothing of when it was made. */
    public UUID random() {
        long high = (random.nextLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x4000L;
        return new UUID(high, (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L);
    }
}
