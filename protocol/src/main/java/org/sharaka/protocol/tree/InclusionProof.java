package org.sharaka.protocol.tree;

import java.util.ArrayList;
import java.util.List;

/**
 * Proves that an entry stands at an index of a tree, to someone who knows the tree's head alone (RFC 9162 section
 * 2.1.3).
 *
 * @param index of the leaf, from 0
 * @param size of the tree
 * @param path sibling hashes from the leaf up
 */
public record InclusionProof(long index, long size, List<TreeHash> path) {
    public InclusionProof {
        path = List.copyOf(path);
    }

    /** RFC 9162 section 2.1.3.1. */
    public static InclusionProof make(Subtrees tree, long index, long size) {
        if (index < 0 || index >= size)
            throw new IllegalArgumentException("no leaf " + index + " in a tree of " + size);
        List<TreeHash> path = new ArrayList<>();
        long begin = 0;
        long end = size;
        while (end - begin > 1) {
            long split = begin + splitOf(end - begin);
            if (index < split) {
                path.add(0, tree.root(split, end));
                end = split;
            } else {
                path.add(0, tree.root(begin, split));
                begin = split;
            }
        }
        return new InclusionProof(index, size, path);
    }

    /** RFC 9162 section 2.1.3.2. A malformed proof is not an error: it proves nothing. */
    public boolean proves(TreeHash leaf, TreeHead head) {
        if (head.size() != size || index < 0 || index >= size) return false;
        long fn = index;
        long sn = size - 1;
        TreeHash root = leaf;
        for (TreeHash sibling : path) {
            if (sn == 0) return false;
            if ((fn & 1) == 1 || fn == sn) {
                root = TreeHash.node(sibling, root);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                root = TreeHash.node(root, sibling);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && root.equals(head.root());
    }

    /** The largest power of two smaller than the count, which is at least 2. */
    static long splitOf(long count) {
        return Long.highestOneBit(count - 1);
    }
}
