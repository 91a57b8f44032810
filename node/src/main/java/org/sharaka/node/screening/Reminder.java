package org.sharaka.node.screening;

import org.sharaka.node.access.Actor;

/** Something that waits for an officer on another page of screening; each part offers one as a bean, and the first page shows them. */
public interface Reminder {
    /** Where it is. */
    String path();

    /** Key of the sentence that tells it, with the count as its argument. */
    String text();

    /** How much waits; 0 for an officer whom it does not concern. */
    long count(Actor actor);
}
