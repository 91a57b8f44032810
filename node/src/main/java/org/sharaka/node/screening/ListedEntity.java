package org.sharaka.node.screening;

import java.time.Instant;
import org.sharaka.matching.Entry;

/**
 * An entry of a list in force.
 *
 * @param firstSeen when an import first brought it
 * @param lastSeen when its list was last read and still had it
 * @param changedAt when it last changed
 */
public record ListedEntity(Entry entry, ScreeningList list, Instant firstSeen, Instant lastSeen, Instant changedAt) {
    public Standing standing() {
        return list.standing();
    }

    /** Its main name; empty for a thing without one. */
    public String caption() {
        return entry.particulars().names().isEmpty()
                ? ""
                : entry.particulars().names().get(0);
    }
}
