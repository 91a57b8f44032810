package org.sharaka.node.evidence;

import org.sharaka.node.access.Actor;

/**
 * A module that knows more about an item than this one (whose handling codes it came under, whose case it is in) offers one
 * as a bean: every guard is asked before content is shown, exported or sent.
 */
public interface ItemGuard {
    /** Throws the refusal if the use is not allowed; asked inside the act's transaction. */
    void check(Actor actor, ItemId item, ItemUse use);

    /** Whether not even its name is shown, because it may have to be destroyed. */
    boolean waits(ItemId item);
}
