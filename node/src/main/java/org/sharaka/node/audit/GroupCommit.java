package org.sharaka.node.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets entries that arrive together share one transaction and one write to disk: while one caller commits, the others
 * gather, and the next to come commits for all of them. Nobody waits for a timer, so a single reader loses nothing.
 */
final class GroupCommit {
    /** Bounds a transaction; more waiters form the next group. */
    private static final int GROUP = 500;

    private final ConcurrentLinkedQueue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final ReentrantLock committing = new ReentrantLock();
    private final Consumer<List<Entry>> commit;

    /** @param commit stores the entries in one transaction and returns once it is durable */
    GroupCommit(Consumer<List<Entry>> commit) {
        this.commit = commit;
    }

    /**
     * Returns once the entries are durable: all of them are in one transaction.
     *
     * @throws IllegalStateException if they could not be stored; the cause says why
     */
    void enter(List<Entry> entries) {
        Waiting mine = new Waiting(entries);
        queue.add(mine);
        committing.lock();
        try {
            while (!mine.settled) commitGroup();
        } finally {
            committing.unlock();
        }
        if (mine.failure != null) throw new IllegalStateException("the audit entry was not stored", mine.failure);
    }

    private void commitGroup() {
        List<Waiting> group = new ArrayList<>();
        List<Entry> entries = new ArrayList<>();
        for (Waiting next; entries.size() < GROUP && (next = queue.poll()) != null; ) {
            group.add(next);
            entries.addAll(next.entries);
        }
        RuntimeException failure = null;
        try {
            commit.accept(entries);
        } catch (RuntimeException e) {
            failure = e;
        }
        for (Waiting waiting : group) {
            waiting.failure = failure;
            waiting.settled = true;
        }
    }

    /** Fields are written and read under the lock only. */
    private static final class Waiting {
        private final List<Entry> entries;
        private boolean settled;
        private @Nullable RuntimeException failure;

        private Waiting(List<Entry> entries) {
            this.entries = entries;
        }
    }
}
