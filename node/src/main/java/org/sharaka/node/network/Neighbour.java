package org.sharaka.node.network;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.sharaka.node.exchange.PeerLine;
import org.sharaka.protocol.roster.Member;

/**
 * Another member as this node knows it.
 *
 * @param seen its log as we saw and cosigned it last
 * @param cosigned until which size, and when, it cosigned ours
 * @param certificatesEnd when the first of its certificates ends
 * @param findings how often its log was caught
 */
public record Neighbour(
        Member member,
        PeerLine line,
        Optional<SeenLog> seen,
        Optional<Cosigned> cosigned,
        Instant certificatesEnd,
        long findings) {
    /** Time enough for the members to sign a roster with the next one. */
    private static final Duration SOON = Duration.ofDays(30);

    /** @param size entries of our log that nobody can rewrite unseen */
    public record Cosigned(long size, Instant at) {}

    /** Messages. */
    public long waiting() {
        return line.control() + line.ordinary();
    }

    public boolean endsSoon(Instant now) {
        return certificatesEnd.isBefore(now.plus(SOON));
    }
}
