package org.sharaka.node.screening;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.sharaka.matching.Entry;

/** What imports changed: so that a standing watch looks at that alone. Within a transaction of the caller's. */
public final class ListChanges {
    /** Entries that are looked at together: bounds the memory when a whole list is new. */
    private static final int AT_ONCE = 5_000;

    private final SqlLists sql;
    private final ListsInForce lists;

    ListChanges(SqlLists sql, ListsInForce lists) {
        this.sql = sql;
        this.lists = lists;
    }

    /** The newest import in the database; 0 before the first. */
    public long newest() {
        return sql.newest();
    }

    /**
     * The import up to which the lists are in memory: an answer given now knows at least that.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link ScreeningProblem#LISTS_LOADING}
     */
    public long inForce() {
        return lists.revision();
    }

    /** An entry as it is in force; for an act or a page that enters itself. */
    public Optional<Entry> inForce(String entity) {
        return lists.entry(entity);
    }

    /** Hands on the entries that imports after one and up to another brought or changed, in parts. */
    public void changed(long after, long upTo, Consumer<List<Entry>> parts) {
        try (Stream<Entry> entries = sql.entriesBetween(after, upTo)) {
            List<Entry> part = new ArrayList<>();
            entries.forEach(entry -> {
                part.add(entry);
                if (part.size() == AT_ONCE) {
                    parts.accept(List.copyOf(part));
                    part.clear();
                }
            });
            if (!part.isEmpty()) parts.accept(List.copyOf(part));
        }
    }

    /** Those of the entries that left their list in that time. */
    public Set<String> gone(long after, long upTo, Set<String> entities) {
        return entities.isEmpty() ? Set.of() : sql.goneBetween(after, upTo, entities);
    }
}
