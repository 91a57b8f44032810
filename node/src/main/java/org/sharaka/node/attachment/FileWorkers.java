package org.sharaka.node.attachment;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.sharaka.node.evidence.ItemId;
import org.sharaka.protocol.MemberId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Threads that carry chunks: few at once, of one member one, on one file one. */
final class FileWorkers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileWorkers.class);

    private final int atOnce;
    private final UnderWay underWay;
    private final ExecutorService threads;
    private final Set<MemberId> busy = ConcurrentHashMap.newKeySet();
    private final AtomicInteger running = new AtomicInteger();

    FileWorkers(int atOnce, UnderWay underWay) {
        this.atOnce = atOnce;
        this.underWay = underWay;
        AtomicInteger count = new AtomicInteger();
        this.threads = Executors.newFixedThreadPool(atOnce, task -> {
            Thread thread = new Thread(task, "attachment-file-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Begins it, unless all are at work, or somebody is with this member or at this file.
     *
     * @param work tells whether it may go on at once
     */
    void begin(MemberId peer, ItemId item, BooleanSupplier work) {
        if (running.get() >= atOnce || !busy.add(peer)) return;
        if (!underWay.begin(item)) {
            busy.remove(peer);
            return;
        }
        running.incrementAndGet();
        try {
            threads.execute(() -> run(peer, item, work));
        } catch (RejectedExecutionException e) { // The node stops.
            ended(peer, item);
        }
    }

    private void run(MemberId peer, ItemId item, BooleanSupplier work) {
        boolean more = false;
        try {
            more = work.getAsBoolean();
        } catch (RuntimeException e) {
            if (!threads.isShutdown())
                LOG.atWarn()
                        .addKeyValue("item", item)
                        .addKeyValue("cause", e.getClass().getName())
                        .log("a file could not be worked on, tried again");
        } finally {
            ended(peer, item);
        }
        if (more) underWay.wake();
    }

    private void ended(MemberId peer, ItemId item) {
        running.decrementAndGet();
        underWay.end(item);
        busy.remove(peer);
    }

    /** What is under way ends with its chunk. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            boolean unused = threads.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
