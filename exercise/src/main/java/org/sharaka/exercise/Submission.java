package org.sharaka.exercise;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Hands in many reports at once and waits until the node has linked them. */
final class Submission {
    private static final int AT_ONCE = 8;

    private final NodeClient node;

    Submission(NodeClient node) {
        this.node = node;
    }

    /**
     * @param progress told how many are in, now and then
     * @return the references by the reports' keys
     */
    Map<String, String> submit(Collection<SyntheticReport> reports, IntConsumer progress) {
        Map<String, String> references = new ConcurrentHashMap<>();
        ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE);
        try {
            var sent = reports.stream()
                    .map(report -> workers.submit(() -> {
                        references.put(report.key(), node.submit(report));
                        if (references.size() % 100 == 0) progress.accept(references.size());
                    }))
                    .collect(Collectors.toList());
            for (Future<?> one : sent) one.get();
            return Map.copyOf(references);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw new IllegalStateException(e);
        } finally {
            workers.shutdownNow();
        }
    }

    /**
     * Returns when nothing waits any more.
     *
     * @throws IllegalStateException after the patience
     */
    void awaitLinked(long patienceSeconds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(patienceSeconds);
        while (!linked()) {
            if (System.nanoTime() > end) throw new IllegalStateException("linking did not settle: " + state());
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }

    private boolean linked() {
        JsonNode state = state();
        return state.path("waiting").asLong(-1) == 0 && state.path("settled").asBoolean(false);
    }

    private JsonNode state() {
        return node.get("/api/v1/linking");
    }
}
