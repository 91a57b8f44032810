package org.sharaka.node.bureau;

import static org.sharaka.node.platform.SqlTimes.utc;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which messages of ours have arrived, in PostgreSQL. In whatever transaction the caller has open. */
final class SqlDeliveries {
    private final JdbcTemplate sql;

    SqlDeliveries(JdbcTemplate sql) {
        this.sql = sql;
    }

    /** Messages of ours of which it is not known whether their recipient has them, behind a place in their order. */
    List<Entry> unsettled(UUID after, int limit) {
        return sql.query(
                "select " + SqlConversations.ENTRY
                        + " from bureau.message where state = 'SENT' and settled_at is null and id > ? order by id limit ?",
                (row, i) -> SqlConversations.entry(row),
                after,
                limit);
    }

    /** It is known that the recipient of a message of ours has it, or never will. */
    void settled(UUID id, boolean failed, Instant at) {
        sql.update(
                "update bureau.message set settled_at = ?, failed = ? where id = ? and settled_at is null or id = ? and ? and not failed",
                utc(at),
                failed,
                id,
                id,
                failed);
    }
}
