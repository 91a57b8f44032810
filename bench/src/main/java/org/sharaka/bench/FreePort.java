package org.sharaka.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** A port of the loopback address for a listener that is yet to start, or to start again. */
final class FreePort {
    /** Below those that Linux gives by itself to whoever asks for any: one of these would be gone while its listener is down. */
    private static final int FIRST = 20_000;

    private static final int END = 32_000;

    private FreePort() {}

    static int find() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // Somebody listens there: another.
            }
        }
    }
}
