package org.sharaka.node.attachment;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.sharaka.node.evidence.ItemId;

/** Which files somebody writes at this moment, so that nobody else does; and whom to call when there may be something to do. */
final class UnderWay {
    private final Set<ItemId> items = ConcurrentHashMap.newKeySet();
    private volatile Runnable called = () -> {};

    /** @return false if somebody is at it */
    boolean begin(ItemId item) {
        return items.add(item);
    }

    void end(ItemId item) {
        items.remove(item);
    }

    void calls(Runnable worker) {
        called = worker;
    }

    /** There may be something to do. Cheap, and never waits. */
    void wake() {
        called.run();
    }
}
