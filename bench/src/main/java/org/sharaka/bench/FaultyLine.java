package org.sharaka.bench;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** A port before a node, as bad as it is told to be. What it does to one connection it does to all. */
final class FaultyLine implements Closeable {
    private static final int BUFFER = 1 << 14;

    /** What the line does with what comes. */
    enum State {
        SOUND,
        /** Connections end, and no new one is answered. */
        CUT,
        /** Everything takes {@link #SLOW_MILLIS} longer, each way. */
        SLOW,
        /** Connections stand and nothing goes through, as after a router that forgot them. */
        HALF_OPEN,
        /** What is asked arrives, no answer comes back: whoever asked asks again. */
        DEAF,
        /** Each connection takes its own time, so that what two of them carry changes places. */
        UNEVEN
    }

    private static final long SLOW_MILLIS = 300;
    private static final long LOOK_MILLIS = 20;
    private static final int UNEVEN_MILLIS = 1_000;

    private final ServerSocket door;
    private final int to;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile State state = State.SOUND;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "bench-line");
        thread.setDaemon(true);
        return thread;
    });

    FaultyLine(int to) throws IOException {
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.to = to;
        threads.execute(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** After a half-open or deaf time connections end, as they do at last. */
    void become(State next) {
        State before = state;
        state = next;
        if (next == State.CUT || before == State.HALF_OPEN || before == State.DEAF) open.forEach(FaultyLine::close);
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket near = door.accept();
                if (state == State.CUT) close(near);
                else threads.execute(() -> join(near));
            } catch (IOException e) {
                return; // Closed.
            }
        }
    }

    private void join(Socket near) {
        try (near;
                Socket far = new Socket(InetAddress.getLoopbackAddress(), to)) {
            open.add(near);
            open.add(far);
            long own = ThreadLocalRandom.current().nextLong(UNEVEN_MILLIS);
            threads.execute(() -> pass(near, far, false, own));
            pass(far, near, true, own);
        } catch (IOException e) {
            // The node behind is not there: the caller sees a connection that ends.
        } finally {
            open.remove(near);
        }
    }

    /** @param own what it takes longer while the line is uneven */
    private void pass(Socket from, Socket into, boolean back, long own) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = into.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                while (state == State.HALF_OPEN && !from.isClosed()) TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
                if (state == State.SLOW) TimeUnit.MILLISECONDS.sleep(SLOW_MILLIS);
                if (state == State.UNEVEN && !back) TimeUnit.MILLISECONDS.sleep(own);
                if (!(back && state == State.DEAF)) out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // One side ended; the other is told below.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close(from);
        close(into);
        open.remove(from);
        open.remove(into);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        open.forEach(FaultyLine::close);
        threads.shutdownNow();
    }
}
