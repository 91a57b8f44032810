package org.sharaka.node.audit;

import java.util.List;
import org.sharaka.protocol.tree.TreeHead;

/**
 * What {@code verify-audit} found.
 *
 * @param head over the leaves as they stand now
 * @param purged how many leaves have no details because retention took them
 * @param waiting entries that are committed and not yet in the tree; usual within the last second
 * @param found how many findings there are in all
 * @param findings the first of them
 */
record Verification(TreeHead head, long purged, long waiting, long acts, long found, List<Finding> findings) {
    boolean sound() {
        return found == 0;
    }
}
