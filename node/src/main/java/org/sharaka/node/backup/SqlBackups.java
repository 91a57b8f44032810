package org.sharaka.node.backup;

import static org.sharaka.node.platform.SqlTimes.utc;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the database knows of backups. In whatever transaction the caller has open. */
final class SqlBackups {
    private final JdbcTemplate sql;

    SqlBackups(JdbcTemplate sql) {
        this.sql = sql;
    }

    void add(BackupService.Made made, Instant finished, UUID entry) {
        sql.update(
                """
                insert into backup.made (name, at, finished_at, size_bytes, items, damaged, entry) values (?, ?, ?, ?, ?, ?, ?)
                """,
                made.name(),
                utc(made.at()),
                utc(finished),
                made.sizeBytes(),
                made.evidenceItems(),
                made.damaged().size(),
                entry);
    }

    /** The recovery point of the newest backup. */
    Optional<Instant> newest() {
        return sql
                .query(
                        "select at from backup.made order by at desc limit 1",
                        (row, i) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .stream()
                .findFirst();
    }

    /** The number of the last return that is in the audit record; 0 before the first. */
    int lastReturn() {
        Integer last = sql.queryForObject("select coalesce(max(number), 0) from backup.returned", Integer.class);
        return last == null ? 0 : last;
    }

    void returned(int number, String backup, UUID entry) {
        sql.update("insert into backup.returned (number, backup, entry) values (?, ?, ?)", number, backup, entry);
    }
}
