package org.sharaka.node.screening;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The lists in force as the database has them, to be copied whole. Within a transaction of the caller's. */
public final class PublishedLists {
    private final SqlLists sql;

    PublishedLists(SqlLists sql) {
        this.sql = sql;
    }

    /** By name. */
    public List<ScreeningList> all() {
        return List.copyOf(sql.lists().values());
    }

    /** Hands on every entry of a list that is in force. */
    public void each(String list, Consumer<HeldEntry> entries) {
        try (Stream<HeldEntry> held = sql.held(list)) {
            held.forEach(entries);
        }
    }
}
