package org.sharaka.node.triage;

import java.util.Optional;
import org.sharaka.node.intake.Category;
import org.sharaka.node.intake.Channel;

/** Which part of the queue an officer looks at. */
public record QueueFilter(
        View view,
        Optional<Level> level,
        Optional<Category> category,
        Optional<Channel> channel,
        Optional<String> unit,
        boolean unread) {
    /** The lists of the queue. */
    public enum View {
        OPEN,
        MINE,
        UNIT,
        WAITING,
        ASIDE,
        DONE
    }

    public static QueueFilter of(View view) {
        return new QueueFilter(view, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);
    }
}
