package org.sharaka.bench;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** A port that passes bytes on to another one and counts those that come back: what really crossed the line, TLS and repetitions included. */
final class CountingForward implements Closeable {
    private static final int BUFFER = 1 << 16;

    private final ServerSocket door;
    private final int to;
    private final AtomicLong back = new AtomicLong();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "bench-forward");
        thread.setDaemon(true);
        return thread;
    });

    CountingForward(int to) throws IOException {
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.to = to;
        threads.execute(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** Bytes that the far side has sent. */
    long bytesBack() {
        return back.get();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket near = door.accept();
                threads.execute(() -> join(near));
            } catch (IOException e) {
                return; // Closed.
            }
        }
    }

    private void join(Socket near) {
        try (near;
                Socket far = new Socket(InetAddress.getLoopbackAddress(), to)) {
            threads.execute(() -> pass(near, far, new AtomicLong()));
            pass(far, near, back);
        } catch (IOException e) {
            // The node behind is not there: the caller sees a connection that ends.
        }
    }

    private static void pass(Socket from, Socket into, AtomicLong count) {
        byte[] buffer = new byte[BUFFER];
        try (from;
                into) {
            InputStream in = from.getInputStream();
            OutputStream out = into.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                count.addAndGet(read);
            }
        } catch (IOException e) {
            // One side was killed; the other sees a connection that ends.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        threads.shutdownNow();
    }
}
