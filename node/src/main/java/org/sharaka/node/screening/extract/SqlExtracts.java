package org.sharaka.node.screening.extract;

import static org.sharaka.node.platform.SqlTimes.ifAny;
import static org.sharaka.node.platform.SqlTimes.instant;
import static org.sharaka.node.platform.SqlTimes.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sharaka.node.access.OfficerId;
import org.sharaka.node.audit.EntryId;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Extracts that were made, and how much of their logs came home. In whatever transaction the caller has open. */
public final class SqlExtracts {
    private static final int SHOWN = 100;

    private final JdbcTemplate sql;
    private final JsonMapper json;

    SqlExtracts(JdbcTemplate sql, JsonMapper json) {
        this.sql = sql;
        this.json = json;
    }

    /**
     * An extract that was made.
     *
     * @param lines of its log that are entered
     * @param head hash of the last of them, empty before the first
     * @param homeAt when its log came home whole
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record Row(
            long number,
            UUID id,
            String post,
            Instant madeAt,
            Instant endsAt,
            long lines,
            byte[] head,
            Optional<Instant> homeAt) {}

    /** @return its number */
    long add(UUID id, String post, Instant madeAt, Instant endsAt, ExtractService.Contents contents, EntryId entry) {
        Long number = sql.queryForObject(
                """
                insert into screening.extract (id, post, made_at, ends_at, contents, entry) values (?, ?, ?, ?, ?::jsonb, ?)
                returning number
                """, Long.class, id, post, utc(madeAt), utc(endsAt), json.writeValueAsString(contents), entry.value());
        if (number == null) throw new IllegalStateException("no number");
        return number;
    }

    List<Row> all() {
        return sql.query("select * from screening.extract order by number desc limit ?", (row, i) -> row(row), SHOWN);
    }

    Optional<Row> lock(UUID id) {
        return sql.query("select * from screening.extract where id = ? for update", (row, i) -> row(row), id).stream()
                .findFirst();
    }

    private static Row row(ResultSet row) throws SQLException {
        byte[] head = row.getBytes("log_head");
        return new Row(
                row.getLong("number"),
                row.getObject("id", UUID.class),
                row.getString("post"),
                instant(row, "made_at"),
                instant(row, "ends_at"),
                row.getLong("log_lines"),
                head == null ? new byte[0] : head,
                ifAny(row, "home_at"));
    }

    void collected(UUID id, long lines, byte[] head, boolean last, Instant now, EntryId entry) {
        sql.update("""
                update screening.extract set log_lines = ?, log_head = ?, home_at = case when ? then coalesce(home_at, ?) end
                where id = ?
                """, lines, head, last, utc(now), id);
        sql.update(
                "insert into screening.extract_collected (extract, lines, collected_at, entry) values (?, ?, ?, ?)",
                id,
                lines,
                utc(now),
                entry.value());
    }

    /** The hash of the code that an officer has for a post. */
    Optional<String> code(String post, OfficerId officer) {
        return sql
                .queryForList(
                        "select hash from screening.post_code where post = ? and officer = ?",
                        String.class,
                        post,
                        officer.toString())
                .stream()
                .findFirst();
    }

    void keepCode(String post, PostOfficer officer, Instant now) {
        sql.update("""
                insert into screening.post_code (post, officer, hash, made_at) values (?, ?, ?, ?)
                on conflict (post, officer) do update set hash = excluded.hash, made_at = excluded.made_at
                where post_code.hash <> excluded.hash
                """, post, officer.id(), officer.hash(), utc(now));
    }
}
