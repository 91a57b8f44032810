package org.sharaka.node.agreement;

import static org.sharaka.node.platform.SqlTimes.instant;
import static org.sharaka.node.platform.SqlTimes.utc;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** Agreements and offences in PostgreSQL: every change a new revision, none ever altered. */
final class SqlAgreements {
    /** Rows that say what stands. */
    enum Subject {
        AGREEMENT,
        OFFENCE
    }

    /**
     * One revision.
     *
     * @param madeBy an actor's id; empty for what the product ships
     */
    record Revision(long serial, Instant madeAt, Optional<String> madeBy) {}

    /**
     * How a revision comes to be.
     *
     * @param shippedVersion of the product's file, if the product brings it
     * @param entrySubject what the audit entry is about: the row's own code, or the file that holds it
     */
    record Making(Instant at, Optional<String> by, Optional<Integer> shippedVersion, UUID entry, String entrySubject) {}

    private final JdbcTemplate sql;

    SqlAgreements(JdbcTemplate sql) {
        this.sql = sql;
    }

    /** Names the state of all rows: another number, another state. */
    long serial() {
        Long serial = sql.queryForObject("select coalesce(max(serial), 0) from agreement.revision", Long.class);
        return serial == null ? 0 : serial;
    }

    List<String> standing(Subject subject) {
        return sql.queryForList("""
            select distinct on (code) document::text from agreement.revision
            where subject = ? order by code, serial desc
            """, String.class, subject.name());
    }

    /** Who made what stands now, by code. */
    Map<String, Revision> latest(Subject subject) {
        Map<String, Revision> latest = new TreeMap<>();
        sql.query(
                """
                select distinct on (code) code, serial, made_at, made_by from agreement.revision
                where subject = ? order by code, serial desc
                """,
                row -> {
                    latest.put(
                            row.getString("code"),
                            new Revision(
                                    row.getLong("serial"),
                                    instant(row, "made_at"),
                                    Optional.ofNullable(row.getString("made_by"))));
                },
                subject.name());
        return latest;
    }

    /** One writer at a time, so that serials are committed in their order and whoever sees one has seen those below. */
    void lock() {
        sql.execute("lock table agreement.revision in share row exclusive mode");
    }

    void add(Subject subject, String code, String document, Making making) {
        sql.update(
                """
                insert into agreement.revision
                    (subject, code, document, made_at, made_by, shipped_version, entry, entry_subject)
                values (?, ?, ?::jsonb, ?, ?, ?, ?, ?)
                """,
                subject.name(),
                code,
                document,
                utc(making.at()),
                making.by().orElse(null),
                making.shippedVersion().orElse(null),
                making.entry(),
                making.entrySubject());
    }
}
