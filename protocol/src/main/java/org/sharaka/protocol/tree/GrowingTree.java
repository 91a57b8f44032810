package org.sharaka.protocol.tree;

import java.util.ArrayList;
import java.util.List;

/**
 * A tree to which leaves are added at the right, held as the roots of its perfect subtrees only: at most 63 hashes,
 * whatever its size. Not thread-safe.
 */
public final class GrowingTree {
    /** Told of every perfect subtree as it becomes complete, leaves (level 0) included. */
    public interface Watcher {
        /** @param index the subtree covers the leaves from {@code index << level} */
        void completed(int level, long index, TreeHash root);
    }

    private final Watcher watcher;
    /** Roots of the perfect subtrees from left (largest) to right; one for each bit that is set in the size. */
    private final List<TreeHash> peaks = new ArrayList<>();

    private long size;

    public GrowingTree() {
        this((level, index, root) -> {});
    }

    public GrowingTree(Watcher watcher) {
        this.watcher = watcher;
    }

    /** @param peaks roots of the perfect subtrees of a tree of this size, largest first */
    public GrowingTree(Watcher watcher, long size, List<TreeHash> peaks) {
        if (Long.bitCount(size) != peaks.size()) throw new IllegalArgumentException("a peak for each bit of the size");
        this.watcher = watcher;
        this.size = size;
        this.peaks.addAll(peaks);
    }

    public void add(TreeHash leaf) {
        TreeHash root = leaf;
        long index = size++;
        int level = 0;
        watcher.completed(level, index, root);
        while ((index & 1) == 1) {
            root = TreeHash.node(peaks.remove(peaks.size() - 1), root);
            index >>= 1;
            watcher.completed(++level, index, root);
        }
        peaks.add(root);
    }

    public TreeHead head() {
        if (size == 0) return TreeHead.EMPTY;
        TreeHash root = peaks.get(peaks.size() - 1);
        for (int i = peaks.size() - 2; i >= 0; i--) root = TreeHash.node(peaks.get(i), root);
        return new TreeHead(size, root);
    }

    public long size() {
        return size;
    }
}
