package org.sharaka.node.screening;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sharaka.matching.Entry;
import org.sharaka.matching.ListIndex;
import org.sharaka.node.screening.ListsInForce.Held;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps the lists in memory as they stand in the database: reads them at the start, then looks forty times a second whether an import, be it
 * of another process, was committed. What changed is put into the index at once; searches go on meanwhile. Looking costs one row of an
 * index; being told would cost a connection that does nothing else, and a call is lost with its connection.
 */
final class ListKeeper implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(ListKeeper.class);

    /** A quarter of the 100 ms within which a change must be searched; the rest is for reading it, on a machine that is busy. */
    private static final Duration LOOK = Duration.ofMillis(25);

    /** Entries of a list from which on what reading it left is worth a collection. */
    private static final int LARGE = 100_000;

    private static final Duration PAUSE_AFTER_OUTAGE = Duration.ofSeconds(1);

    private final SqlLists lists;
    private final ListsInForce inForce;
    private final TransactionTemplate snapshot;
    private final AtomicBoolean compacting = new AtomicBoolean();
    private @Nullable ExecutorService compaction;
    private @Nullable Thread thread;
    private volatile boolean stopping;
    private long followed = -1;

    ListKeeper(SqlLists lists, ListsInForce inForce, PlatformTransactionManager transactions) {
        this.lists = lists;
        this.inForce = inForce;
        snapshot = new TransactionTemplate(transactions);
        snapshot.setReadOnly(true);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    @Override
    public synchronized void start() {
        stopping = false;
        compaction = Executors.newSingleThreadExecutor(work -> daemon(work, "screening-compact"));
        Thread started = daemon(this::run, "screening-lists");
        thread = started;
        started.start();
    }

    private static Thread daemon(Runnable work, String name) {
        Thread made = new Thread(work, name);
        made.setDaemon(true);
        return made;
    }

    @Override
    public synchronized void stop() {
        stopping = true;
        if (compaction != null) compaction.shutdownNow();
        Thread running = thread;
        thread = null;
        if (running == null) return;
        running.interrupt();
        try {
            running.join(Duration.ofSeconds(10).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }

    private void run() {
        while (!stopping) {
            try {
                if (lists.newest() != followed) snapshot.executeWithoutResult(status -> follow());
                sleep(LOOK);
            } catch (DataAccessException | TransactionException e) {
                if (stopping) return;
                // The database is away or restarting. What is in memory goes on being searched.
                LOG.atWarn()
                        .addKeyValue("cause", e.getClass().getSimpleName())
                        .log("lists are not followed, next try soon");
                sleep(PAUSE_AFTER_OUTAGE);
            } catch (RuntimeException e) {
                // What was followed last stays in force; somebody must look why.
                LOG.error("lists cannot be followed", e);
                sleep(PAUSE_AFTER_OUTAGE);
            }
        }
    }

    private void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            stopping = true;
        }
    }

    /** Everything in one snapshot of the database: a list is seen before an import or after it. */
    private void follow() {
        long newest = lists.newest();
        Map<String, Held> before = inForce.loaded() ? inForce.all() : Map.of();
        Map<String, Held> now = new LinkedHashMap<>();
        lists.lists().forEach((name, list) -> now.put(name, held(list, before.get(name))));
        inForce.replace(now, newest);
        followed = newest;
        LOG.atInfo()
                .addKeyValue("import", newest)
                .addKeyValue(
                        "entries",
                        now.values().stream()
                                .mapToInt(each -> each.index().size())
                                .sum())
                .log("lists in force");
    }

    private Held held(ScreeningList list, @Nullable Held before) {
        if (before == null) return new Held(list, whole(list));
        int changes = lists.changesAfter(list.name(), followed);
        if (changes == 0) return new Held(list, before.index());
        // Folding in so much takes longer than reading the list anew.
        if (changes > ListIndex.CHANGES_MAX || changes > before.index().size() / 2) return new Held(list, whole(list));
        before.index().apply(lists.changedAfter(list.name(), followed), lists.goneAfter(list.name(), followed));
        if (before.index().changes() > ListIndex.CHANGES_MAX) compact(before.index());
        return new Held(list, before.index());
    }

    private ListIndex whole(ScreeningList list) {
        ListIndex index;
        try (Stream<Entry> entries = lists.entries(list.name())) {
            index = ReadAhead.through(entries, ListIndex::of);
        }
        giveBack(index);
        return index;
    }

    /**
     * Reading a large list leaves more garbage than the list takes, and nothing else would make the machine have its memory back for an hour. It
     * is collected beside the searches: the launcher says so.
     */
    private static void giveBack(ListIndex index) {
        if (index.size() >= LARGE) System.gc();
    }

    /** Takes as long as loading the list, so changes must not wait for it. */
    private void compact(ListIndex index) {
        ExecutorService workers = compaction;
        if (workers == null || !compacting.compareAndSet(false, true)) return;
        workers.execute(() -> {
            try {
                index.compact();
                giveBack(index);
            } finally {
                compacting.set(false);
            }
        });
    }
}
