package org.sharaka.protocol.tree;

import java.util.ArrayList;
import java.util.List;

/** Gives the roots of perfect subtrees, from which every root and proof is made. */
public interface Subtrees {
    /** @return root over the leaves from {@code index << level} on, {@code 1 << level} of them; all must exist */
    TreeHash perfect(int level, long index);

    /** Root over the leaves from begin, a multiple of a power of two not smaller than the range, up to before end. */
    default TreeHash root(long begin, long end) {
        long count = end - begin;
        if (count < 1) throw new IllegalArgumentException("an empty range has no root");
        if (Long.bitCount(count) == 1) {
            int level = Long.numberOfTrailingZeros(count);
            return perfect(level, begin >> level);
        }
        long split = begin + Long.highestOneBit(count);
        return TreeHash.node(root(begin, split), root(split, end));
    }

    /** The root over neighbouring perfect subtrees of one level; their number is a power of two. */
    static TreeHash fold(List<TreeHash> neighbours) {
        List<TreeHash> level = neighbours;
        while (level.size() > 1) {
            List<TreeHash> above = new ArrayList<>(level.size() / 2);
            for (int i = 0; i < level.size(); i += 2) above.add(TreeHash.node(level.get(i), level.get(i + 1)));
            level = above;
        }
        return level.get(0);
    }

    /** The roots of the perfect subtrees that make up a tree of this size, largest first. */
    static List<TreeHash> peaks(Subtrees tree, long size) {
        List<TreeHash> peaks = new ArrayList<>();
        long begin = 0;
        while (begin < size) {
            int level = 63 - Long.numberOfLeadingZeros(size - begin);
            peaks.add(tree.perfect(level, begin >> level));
            begin += 1L << level;
        }
        return peaks;
    }
}
