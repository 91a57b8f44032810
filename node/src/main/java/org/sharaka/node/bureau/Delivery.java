package org.sharaka.node.bureau;

import java.time.Instant;
import java.util.Optional;
import org.sharaka.node.exchange.Sent;

/** How far a message of ours came, as an officer understands it. In the order in which it gets there. */
enum Delivery {
    /** Signed and stored here; it leaves by itself. */
    SEALED,
    /** The recipient could not be reached yet, or has not answered. */
    ON_ITS_WAY,
    /** It lies on the recipient's disk. */
    DELIVERED,
    /** Opened, verified, shown to the recipient's officers. */
    ACCEPTED,
    /** Somebody there acted on it. */
    ACTED,
    /** The recipient's node did not take it; final. */
    REFUSED,
    /** It did not arrive in time; final. */
    EXPIRED;

    static Delivery of(Optional<Sent> sent, boolean acted, Instant now) {
        if (acted) return ACTED;
        return sent.map(each -> switch (each.state()) {
                    case WAITING -> waiting(each, now);
                    case SKIPPED -> EXPIRED;
                    case DELIVERED -> DELIVERED;
                    case ACCEPTED -> ACCEPTED;
                    case REFUSED -> REFUSED;
                })
                .orElse(SEALED);
    }

    private static Delivery waiting(Sent sent, Instant now) {
        if (!sent.expiresAt().isAfter(now)) return EXPIRED;
        return sent.reason().isEmpty() ? SEALED : ON_ITS_WAY;
    }

    /** Whether it did not and will not arrive. */
    public boolean failed() {
        return this == REFUSED || this == EXPIRED;
    }
}
