package org.sharaka.node.assembly;

import org.sharaka.node.platform.ProblemType;

/** Why something that needs our place on the roster is refused. */
public enum AssemblyProblem implements ProblemType {
    /** The node is no member of a network: {@code ./sharaka member join}. */
    NOT_JOINED(409),
    JOINED_BEFORE(409),
    /** The roster lists none of the keys that the node has. */
    KEYS_NOT_LISTED(422),
    /** The keys are another member's. */
    KEYS_OF_ANOTHER(422),
    /** The roster lists no key of ours that may be used now: it was dropped, or its time is over. */
    NO_USABLE_KEY(409);

    private final int status;

    AssemblyProblem(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}
