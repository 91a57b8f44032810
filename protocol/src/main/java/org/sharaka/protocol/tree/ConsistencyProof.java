package org.sharaka.protocol.tree;

import java.util.ArrayList;
import java.util.List;

/**
 * Proves that one tree begins with the other: nothing was altered, removed or put between (RFC 9162 section 2.1.4).
 *
 * @param from size of the smaller tree
 * @param to size of the larger tree
 */
public record ConsistencyProof(long from, long to, List<TreeHash> path) {
    public ConsistencyProof {
        path = List.copyOf(path);
    }

    /** RFC 9162 section 2.1.4.1. */
    public static ConsistencyProof make(Subtrees tree, long from, long to) {
        if (from < 1 || from > to) throw new IllegalArgumentException("from " + from + " to " + to);
        List<TreeHash> path = new ArrayList<>();
        long begin = 0;
        long end = to;
        boolean known = true;
        while (from != end) {
            long split = begin + InclusionProof.splitOf(end - begin);
            if (from <= split) {
                path.add(0, tree.root(split, end));
                end = split;
            } else {
                path.add(0, tree.root(begin, split));
                begin = split;
                known = false;
            }
        }
        if (!known) path.add(0, tree.root(begin, end));
        return new ConsistencyProof(from, to, path);
    }

    /** RFC 9162 section 2.1.4.2. A malformed proof is not an error: it proves nothing. */
    public boolean proves(TreeHead older, TreeHead newer) {
        if (older.size() != from || newer.size() != to || from < 1 || from > to) return false;
        if (from == to) return path.isEmpty() && older.root().equals(newer.root());
        List<TreeHash> hashes = new ArrayList<>(path);
        if (Long.bitCount(from) == 1) hashes.add(0, older.root());
        if (hashes.isEmpty()) return false;
        long fn = from - 1;
        long sn = to - 1;
        while ((fn & 1) == 1) {
            fn >>= 1;
            sn >>= 1;
        }
        TreeHash oldRoot = hashes.get(0);
        TreeHash newRoot = oldRoot;
        for (TreeHash hash : hashes.subList(1, hashes.size())) {
            if (sn == 0) return false;
            if ((fn & 1) == 1 || fn == sn) {
                oldRoot = TreeHash.node(hash, oldRoot);
                newRoot = TreeHash.node(hash, newRoot);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                newRoot = TreeHash.node(newRoot, hash);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && oldRoot.equals(older.root()) && newRoot.equals(newer.root());
    }
}
