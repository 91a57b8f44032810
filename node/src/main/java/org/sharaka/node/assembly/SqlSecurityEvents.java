package org.sharaka.node.assembly;

import static org.sharaka.node.platform.SqlTimes.instant;
import static org.sharaka.node.platform.SqlTimes.utc;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.sharaka.protocol.MemberId;
import org.springframework.jdbc.core.JdbcTemplate;

/** Security events in the database, one row for a day, kind, peer and code. */
final class SqlSecurityEvents {
    private final JdbcTemplate sql;

    SqlSecurityEvents(JdbcTemplate sql) {
        this.sql = sql;
    }

    void add(List<SecurityEvent> events) {
        sql.batchUpdate("""
                insert into assembly.security_event as known (day, kind, peer, code, subject, count, first_at, last_at)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (day, kind, peer, code) do update
                set count = known.count + excluded.count, subject = excluded.subject, last_at = excluded.last_at
                """, events, events.size(), (row, event) -> {
            row.setObject(1, event.day());
            row.setString(2, event.kind().name());
            row.setString(3, event.peer().map(MemberId::value).orElse(""));
            row.setString(4, event.code());
            row.setString(5, event.subject());
            row.setLong(6, event.count());
            row.setObject(7, utc(event.firstAt()));
            row.setObject(8, utc(event.lastAt()));
        });
    }

    List<SecurityEvent> latest(int limit) {
        return sql.query(
                """
                select day, kind, peer, code, subject, count, first_at, last_at from assembly.security_event
                order by last_at desc limit ?
                """,
                (row, i) -> new SecurityEvent(
                        row.getObject("day", LocalDate.class),
                        SecurityEvent.Kind.valueOf(row.getString("kind")),
                        Optional.of(row.getString("peer"))
                                .filter(peer -> !peer.isEmpty())
                                .map(MemberId::new),
                        row.getString("code"),
                        row.getString("subject"),
                        row.getLong("count"),
                        instant(row, "first_at"),
                        instant(row, "last_at")),
                limit);
    }
}
