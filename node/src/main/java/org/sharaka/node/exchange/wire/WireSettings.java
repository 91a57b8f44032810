package org.sharaka.node.exchange.wire;

import java.time.Duration;

/**
 * Where peers reach us and what they may take.
 *
 * @param address IP address to listen on
 * @param port 0 for any free one
 * @param connections open at once, of all members together
 * @param requestsAtOnce of one member
 * @param requestsPerSecond of one member
 * @param messagesPerSecond of one member
 * @param bodiesMegabytes memory of bodies that are being read, of all members together
 * @param patience how long a request may take to come in
 */
public record WireSettings(
        String address,
        int port,
        int connections,
        int requestsAtOnce,
        int requestsPerSecond,
        int messagesPerSecond,
        int bodiesMegabytes,
        Duration patience) {
    /** Requests that are answered at once, of all members together. */
    int threads() {
        return Math.min(200, connections);
    }

    /** Connections of one member, as soon as half of all are taken. */
    int connectionsOfOne() {
        return Math.max(4, connections / 10);
    }

    /** After this age a connection is closed with its next answer; after twice this and the patience whatever it does. */
    Duration connectionAge() {
        return patience.multipliedBy(2);
    }

    /** How long a chunk of a file may take: a line of 300 kbit/s carries one. */
    Duration chunkPatience() {
        return patience.multipliedBy(4);
    }

    Duration longestConnection() {
        return patience.multipliedBy(5);
    }
}
