package org.sharaka.node.exchange.wire;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Tomcat's HTTP/1.1 whose connections end at an age. Tomcat's own timeouts are between two reads, so that whoever sends a byte
 * now and then stays for ever; an age ends it.
 */
final class WatchedProtocol extends Http11NioProtocol {
    private final Map<SocketWrapperBase<NioChannel>, Long> firstSeen = new HashMap<>();

    /**
     * Closes what is older; to be called every second or so.
     *
     * @param nanoTime {@link System#nanoTime}
     * @return how many were closed
     */
    synchronized int closeOlderThan(Duration age, long nanoTime) {
        Set<SocketWrapperBase<NioChannel>> open = connectionsOpen();
        firstSeen.keySet().retainAll(open);
        int closed = 0;
        for (SocketWrapperBase<NioChannel> connection : open) {
            long since = firstSeen.computeIfAbsent(connection, unused -> nanoTime);
            if (nanoTime - since < age.toNanos()) continue;
            connection.close();
            closed++;
        }
        return closed;
    }

    int open() {
        return connectionsOpen().size();
    }

    private Set<SocketWrapperBase<NioChannel>> connectionsOpen() {
        return getEndpoint().getConnections();
    }
}
