package org.sharaka.node.triage;

import java.time.Instant;
import java.util.Optional;
import org.sharaka.node.intake.Category;
import org.sharaka.node.intake.Channel;
import org.sharaka.node.intake.ReportId;

/**
 * A report in the officers' queue.
 *
 * @param closedTo the one unit that may see it, folded; empty text if every officer may
 * @param unit that works on it
 * @param officer id of the officer who works on it
 * @param femaleConfirmed whether a female officer was confirmed, where the reporter asked for one
 * @param heardAt when the reporter wrote last, unless an officer has read it since
 */
public record Item(
        ReportId report,
        Instant receivedAt,
        Category category,
        Optional<String> country,
        Channel channel,
        Priority priority,
        ItemState state,
        String closedTo,
        Optional<String> unit,
        Optional<String> officer,
        boolean wantsFemale,
        boolean femaleConfirmed,
        boolean wantsNews,
        Optional<Instant> heardAt,
        Optional<Instant> readAt,
        Optional<Instant> doneAt,
        Optional<ReportId> mergedInto) {
    public boolean closed() {
        return !closedTo.isEmpty();
    }

    /** A wish that nobody has answered for yet. */
    public boolean femaleUnconfirmed() {
        return wantsFemale && !femaleConfirmed;
    }

    public boolean setAside() {
        return priority.level() == Level.ASIDE;
    }
}
