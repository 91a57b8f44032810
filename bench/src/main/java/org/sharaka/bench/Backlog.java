package org.sharaka.bench;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntSupplier;
import org.sharaka.exercise.NodeClient;
import tools.jackson.databind.JsonNode;

/**
 * How long accepted reports wait until they are linked: how many were accepted and how many linked is looked at every
 * 25 milliseconds, and reports are linked in the order in which they came.
 */
final class Backlog {
    private static final long LOOK_EVERY_MILLIS = 25;

    private final NodeClient node;
    private final IntSupplier accepted;
    private final Latencies latencies = new Latencies();
    private final Deque<Seen> waiting = new ArrayDeque<>();
    private final Thread thread = new Thread(this::watch, "backlog");
    private volatile boolean stopping;

    private record Seen(int number, long at) {}

    Backlog(NodeClient node, IntSupplier accepted) {
        this.node = node;
        this.accepted = accepted;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void stop() throws InterruptedException {
        stopping = true;
        thread.join();
    }

    Latencies latencies() {
        return latencies;
    }

    private void watch() {
        int known = 0;
        try {
            while (!stopping || !waiting.isEmpty()) {
                int now = accepted.getAsInt();
                long seen = System.nanoTime();
                for (; known < now; known++) waiting.add(new Seen(known, seen));
                JsonNode state = node.get("/api/v1/linking");
                // What was accepted before the node was asked and does not wait is linked.
                long linked = now - state.path("waiting").asLong();
                long answered = System.nanoTime();
                while (!waiting.isEmpty() && waiting.peek().number() < linked) {
                    latencies.add(answered - waiting.remove().at());
                }
                Thread.sleep(LOOK_EVERY_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
