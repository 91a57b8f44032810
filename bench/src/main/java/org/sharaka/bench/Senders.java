package org.sharaka.bench;

import java.net.http.HttpTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.sharaka.exercise.NodeClient;
import org.sharaka.exercise.SyntheticReport;

/** Clients that hand in one report after another and try again, under the same key, until each is accepted. */
final class Senders {
    private static final long RETRY_PAUSE_MILLIS = 200;

    private final NodeClient node;
    private final Supplier<SyntheticReport> reports;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopping;

    final Latencies latencies = new Latencies();
    /** References by the reports' keys: what the node has confirmed. */
    final Map<String, String> confirmed = new ConcurrentHashMap<>();

    final AtomicInteger accepted = new AtomicInteger();
    final AtomicLong retries = new AtomicLong();
    /** Confirmations that named another reference than an earlier one for the same report. */
    final AtomicInteger contradictions = new AtomicInteger();

    Senders(NodeClient node, Supplier<SyntheticReport> reports) {
        this.node = node;
        this.reports = reports;
    }

    void start(int clients) {
        for (int i = 0; i < clients; i++) {
            Thread thread = new Thread(this::send, "sender-" + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    /** Lets every client finish the report it is at. */
    void stop() throws InterruptedException {
        stopping = true;
        for (Thread thread : threads) thread.join();
    }

    private void send() {
        while (!stopping) {
            SyntheticReport report = reports.get();
            byte[] body = NodeClient.body(report);
            for (boolean done = false; !done; ) {
                long begun = System.nanoTime();
                try {
                    String reference = node.submit(report.key(), body);
                    latencies.add(System.nanoTime() - begun);
                    String before = confirmed.putIfAbsent(report.key(), reference);
                    if (before != null && !before.equals(reference)) contradictions.incrementAndGet();
                    accepted.incrementAndGet();
                    done = true;
                } catch (java.io.UncheckedIOException e) {
                    if (e.getCause() instanceof HttpTimeoutException) latencies.add(System.nanoTime() - begun);
                    pause();
                } catch (NodeClient.Refused e) {
                    // 4xx will not get better by trying again; too many requests and faults of the server may.
                    if (e.status() < 500 && e.status() != 429) throw e;
                    pause();
                }
            }
        }
    }

    private void pause() {
        retries.incrementAndGet();
        try {
            Thread.sleep(RETRY_PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }
}
