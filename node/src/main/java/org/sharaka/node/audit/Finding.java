package org.sharaka.node.audit;

/**
 * Something that {@code verify-audit} found wrong.
 *
 * @param where an index, a range of indexes, an entry's id or an act, as the kind says; never personal data
 */
record Finding(Kind kind, String where) {
    /** Each has a message {@code audit.finding.<kind>}. */
    enum Kind {
        /** The details are not those that the leaf commits to. */
        DETAILS_ALTERED,
        /** The details are gone and no purge took them. */
        DETAILS_MISSING,
        /** No leaf stands at an index. */
        LEAF_MISSING,
        /** Between two heads leaves were altered, put in or reordered. */
        TREE_ALTERED,
        /** Leaves stand past the last head, or a head past the last leaf. */
        HEAD_WRONG,
        /** A stored root of a subtree is wrong: proofs made from it would be refused. */
        SUBTREE_WRONG,
        /** An entry has waited for its leaf for too long. */
        NOT_IN_TREE,
        /** A purge has no entry, or not for this date. */
        PURGE_WITHOUT_ENTRY,
        /** Rows of a module say that an act took place which nobody entered. */
        ACT_WITHOUT_ENTRY,
        /** The tree does not begin with the tree of a head that was noted down before. */
        NOT_THE_KNOWN_TREE
    }
}
