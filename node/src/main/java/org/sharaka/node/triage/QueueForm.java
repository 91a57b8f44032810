package org.sharaka.node.triage;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.intake.Category;
import org.sharaka.node.intake.Channel;

/**
 * What an officer chose of the queue, as it stands in the address. A value that is none of a list chooses nothing; a box
 * that is not ticked is not sent.
 */
public record QueueForm(
        @Nullable String view,
        @Nullable String level,
        @Nullable String category,
        @Nullable String channel,
        @Nullable String unit,
        @Nullable Boolean unread) {
    QueueFilter filter() {
        return new QueueFilter(
                shown(),
                chosen(Level.values(), level),
                chosen(Category.values(), category),
                chosen(Channel.values(), channel),
                Optional.ofNullable(unit).map(String::strip).filter(text -> !text.isEmpty()),
                Boolean.TRUE.equals(unread));
    }

    public QueueFilter.View shown() {
        return chosen(QueueFilter.View.values(), view).orElse(QueueFilter.View.OPEN);
    }

    public boolean narrows() {
        return !filter().equals(QueueFilter.of(shown()));
    }

    static <E extends Enum<E>> Optional<E> chosen(E[] values, @Nullable String name) {
        return Arrays.stream(values).filter(each -> each.name().equals(name)).findFirst();
    }
}
