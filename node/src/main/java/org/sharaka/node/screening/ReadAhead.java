package org.sharaka.node.screening;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Lets one thread read from the database while another makes an index of what was read: with a million entries each takes about as long
 * as the other. Some thousand entries wait between the two.
 */
final class ReadAhead<T> implements Iterator<T> {
    private static final int TOGETHER = 1_000;
    private static final int PARTS = 4;
    private static final long LOOK_MILLIS = 100;

    private final BlockingQueue<List<T>> parts = new ArrayBlockingQueue<>(PARTS);
    private List<T> part = List.of();
    private int next;
    private boolean ended;

    private ReadAhead() {}

    /**
     * Reads on this thread and uses on another.
     *
     * @param use may go through what it is given once
     * @throws RuntimeException whatever reading or using throws
     */
    static <T, R> R through(Stream<T> source, Function<Iterable<T>, R> use) {
        ReadAhead<T> ahead = new ReadAhead<>();
        FutureTask<R> using = new FutureTask<>(() -> use.apply(() -> ahead));
        Thread thread = new Thread(using, "screening-index");
        thread.setDaemon(true);
        thread.start();
        try {
            ahead.fill(source.iterator(), using);
            return using.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) throw failure;
            if (e.getCause() instanceof Error failure) throw failure;
            throw new IllegalStateException(e.getCause());
        } finally {
            // Whoever still waits for more when reading failed waits in vain.
            thread.interrupt();
        }
    }

    private void fill(Iterator<T> source, FutureTask<?> using) throws InterruptedException {
        List<T> full = new ArrayList<>(TOGETHER);
        while (source.hasNext()) {
            full.add(source.next());
            if (full.size() < TOGETHER) continue;
            if (!handedOver(full, using)) return;
            full = new ArrayList<>(TOGETHER);
        }
        // A part that is not full is the last.
        var unused = handedOver(full, using);
    }

    /** @return false if nobody wants it any more */
    private boolean handedOver(List<T> full, FutureTask<?> using) throws InterruptedException {
        while (!parts.offer(full, LOOK_MILLIS, TimeUnit.MILLISECONDS)) if (using.isDone()) return false;
        return true;
    }

    @Override
    public boolean hasNext() {
        while (next == part.size() && !ended) {
            try {
                part = parts.take();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("nothing more comes", e);
            }
            next = 0;
            ended = part.size() < TOGETHER;
        }
        return next < part.size();
    }

    @Override
    public T next() {
        if (!hasNext()) throw new NoSuchElementException();
        return part.get(next++);
    }
}
