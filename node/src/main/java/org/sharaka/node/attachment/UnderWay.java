package org.sharaka.node.attachment;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.sharaka.node.evidence.ItemId;

/** Which files somebody writes at this moment, so that nobody else does; and a bell for whoever looks for work. */
final class UnderWay {
    private final Set<ItemId> items = ConcurrentHashMap.newKeySet();
    private final Semaphore bell = new Semaphore(0);

    /** @return false if somebody is at it */
    boolean begin(ItemId item) {
        return items.add(item);
    }

    void end(ItemId item) {
        items.remove(item);
    }

    /** There may be something to do. */
    void wake() {
        if (bell.availablePermits() == 0) bell.release();
    }

    /** Returns when somebody wakes it, or after a time. */
    void await(long millis) throws InterruptedException {
        boolean unused = bell.tryAcquire(millis, TimeUnit.MILLISECONDS);
        bell.drainPermits();
    }
}
