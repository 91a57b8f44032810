package org.sharaka.node.exchange.wire;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SSLSupport;
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

    /**
     * Closes what anybody has open beyond so many; who he is tells the certificate that he showed.
     *
     * @return whose connections were closed
     */
    synchronized Set<X509Certificate> closeBeyond(int most) {
        Map<X509Certificate, Integer> counted = new HashMap<>();
        Set<X509Certificate> closed = new HashSet<>();
        for (SocketWrapperBase<NioChannel> connection : connectionsOpen())
            shown(connection).ifPresent(certificate -> {
                if (counted.merge(certificate, 1, Integer::sum) <= most) return;
                connection.close();
                closed.add(certificate);
            });
        return closed;
    }

    private static Optional<X509Certificate> shown(SocketWrapperBase<NioChannel> connection) {
        try {
            SSLSupport tls = connection.getSslSupport();
            X509Certificate[] chain = tls == null ? null : tls.getPeerCertificateChain();
            return chain == null || chain.length == 0 ? Optional.empty() : Optional.of(chain[0]);
        } catch (IOException e) { // It is closing, or has not said yet who it is.
            return Optional.empty();
        }
    }

    private Set<SocketWrapperBase<NioChannel>> connectionsOpen() {
        return getEndpoint().getConnections();
    }
}
