package org.sharaka.node.exchange;

import java.time.Duration;
import org.sharaka.node.exchange.wire.WireSettings;
import org.sharaka.protocol.message.Header;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the node speaks with its peers.
 *
 * @param enabled whether it does, once it is a member
 * @param address IP address to listen on; loopback unless told otherwise
 * @param port 0 for any free one
 * @param life how long a message may be on its way, unless its sender says otherwise
 * @param poll how often a node without an address of its own looks for mail at its peers
 * @param couriers peers that are served at once; half as many more serve the control lane alone
 * @param longestPause between two tries to reach a peer
 * @param connections open at once, of all peers together
 * @param requestsAtOnce of one peer
 * @param requestsPerSecond of one peer
 * @param messagesPerSecond of one peer
 * @param bodiesMegabytes memory for what is coming in, of all peers together
 * @param patience how long one request may take to come in, and an answer
 * @param waiting messages that may wait for one peer
 * @param held messages of one peer that may wait for a gap to close
 * @param messagesPerDay of one peer in each lane, and what they hold in {@code megabytesPerDay}; what exceeds it comes again the next day (UTC)
 */
@ConfigurationProperties(prefix = "sharaka.exchange", ignoreUnknownFields = false)
record ExchangeSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("127.0.0.1") String address,
        @DefaultValue("8446") int port,
        @DefaultValue("30d") Duration life,
        @DefaultValue("1m") Duration poll,
        @DefaultValue("8") int couriers,
        @DefaultValue("15m") Duration longestPause,
        @DefaultValue("1000") int connections,
        @DefaultValue("8") int requestsAtOnce,
        @DefaultValue("200") int requestsPerSecond,
        @DefaultValue("2000") int messagesPerSecond,
        @DefaultValue("64") int bodiesMegabytes,
        @DefaultValue("30s") Duration patience,
        @DefaultValue("20000") int waiting,
        @DefaultValue("10000") int held,
        @DefaultValue("250000") int messagesPerDay,
        @DefaultValue("10000") int megabytesPerDay) {
    ExchangeSettings {
        require(port >= 0 && port <= 65_535, "port is not within 0 and 65535");
        require(positive(life) && life.compareTo(Header.LONGEST_LIFE) <= 0, "life is not within 0 and 90d");
        require(positive(poll), "poll is not positive");
        require(couriers >= 1 && couriers <= 64, "couriers is not within 1 and 64");
        require(longestPause.compareTo(Duration.ofSeconds(1)) >= 0, "longest-pause is less than 1s");
        require(connections >= 10 && connections <= 10_000, "connections is not within 10 and 10000");
        require(requestsAtOnce >= 1 && requestsAtOnce <= 64, "requests-at-once is not within 1 and 64");
        require(requestsPerSecond >= 1, "requests-per-second is not positive");
        require(messagesPerSecond >= 1, "messages-per-second is not positive");
        require(bodiesMegabytes >= 16 && bodiesMegabytes <= 1_024, "bodies-megabytes is not within 16 and 1024");
        require(patience.compareTo(Duration.ofSeconds(1)) >= 0, "patience is less than 1s");
        require(waiting >= 1, "waiting is not positive");
        require(held >= 1, "held is not positive");
        require(messagesPerDay >= 1, "messages-per-day is not positive");
        require(megabytesPerDay >= 1, "megabytes-per-day is not positive");
    }

    private static boolean positive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    private static void require(boolean kept, String what) {
        if (!kept) throw new IllegalArgumentException("sharaka.exchange." + what);
    }

    SqlInbox.Brought share() {
        return new SqlInbox.Brought(messagesPerDay, megabytesPerDay * 1_000_000L);
    }

    WireSettings wire() {
        return new WireSettings(
                address,
                port,
                connections,
                requestsAtOnce,
                requestsPerSecond,
                messagesPerSecond,
                bodiesMegabytes,
                patience);
    }
}
