package org.sharaka.node.bureau;

import java.util.Optional;
import org.sharaka.node.access.Actor;

/** Says where something has a page that a conversation's reference names; offered as a bean by the module whose it is. */
public interface ReferencePage {
    /** @return the page's address; empty if the reference is not of its kind, or the officer may not read such pages */
    Optional<String> of(Actor actor, String reference);
}
