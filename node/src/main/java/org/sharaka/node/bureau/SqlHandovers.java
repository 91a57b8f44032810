package org.sharaka.node.bureau;

import static org.sharaka.node.platform.SqlTimes.ifAny;
import static org.sharaka.node.platform.SqlTimes.instant;
import static org.sharaka.node.platform.SqlTimes.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sharaka.node.access.Actor;
import org.sharaka.node.audit.EntryId;
import org.sharaka.node.platform.Vault;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Handover sheets in PostgreSQL, sealed, and what stands on one that is written now. In whatever transaction the caller has open. */
final class SqlHandovers {
    private static final String OPEN = "state in ('RECEIVED', 'SENT') and " + SqlConversations.OPEN;

    /** What was sent a moment ago is on its way and nobody's worry. */
    private static final Duration ON_ITS_WAY = Duration.ofMinutes(10);
    /** How long a sheet tells of what did not arrive. */
    private static final Duration FAILED_SHOWN = Duration.ofDays(7);

    private final JdbcTemplate sql;
    private final Vault vault;
    private final JsonMapper json;

    SqlHandovers(JdbcTemplate sql, Vault vault, JsonMapper json) {
        this.sql = sql;
        this.vault = vault;
        this.json = json;
    }

    /**
     * Messages of one part that an officer may see, what is due first.
     *
     * @param until the end of the coming shift
     */
    List<Entry> part(Actor actor, Handover.Part part, Instant now, Instant until, int limit) {
        List<Object> values = new ArrayList<>();
        values.add(SqlConversations.unitOf(actor));
        String condition =
                switch (part) {
                    case ALARM ->
                        OPEN + " and acted_at is null and exists (select from bureau.alarm a where a.message = m.id"
                                + " and a.acknowledged_by is null)";
                    case OVERDUE -> {
                        values.add(utc(now));
                        yield OPEN + " and due_at < ?";
                    }
                    case UNREAD -> "state = 'RECEIVED' and read_at is null";
                    case DUE -> {
                        values.add(utc(now));
                        values.add(utc(until));
                        yield OPEN + " and state = 'RECEIVED' and due_at >= ? and due_at < ?";
                    }
                    case LOOK -> "state in ('LOOK', 'RETURNED')";
                    case UNDELIVERED -> {
                        values.add(utc(now.minus(ON_ITS_WAY)));
                        values.add(utc(now.minus(FAILED_SHOWN)));
                        yield "state = 'SENT' and (settled_at is null and at <= ? or failed and settled_at > ?)";
                    }
                    case PERMISSION -> OPEN + " and type = 'permission.request'";
                    case OTHER -> throw new IllegalArgumentException("not a message of the bureau");
                };
        values.add(limit);
        return sql.query(
                "select " + SqlConversations.ENTRY + " from bureau.message m where (m.peer, m.conversation) in"
                        + " (select c.peer, c.id from bureau.conversation c where " + SqlConversations.VISIBLE
                        + ") and " + condition + " order by coalesce(due_at, at), id limit ?",
                (row, i) -> SqlConversations.entry(row),
                values.toArray());
    }

    void add(Handover handover, Instant endsAt, EntryId entry) {
        sql.update(
                """
                insert into bureau.handover (id, unit, written_by, given_to, written_at, sheet, entry, ends_at)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                handover.id(),
                handover.unit(),
                handover.writtenBy(),
                handover.givenTo(),
                utc(handover.writtenAt()),
                vault.seal(context(handover.id()), json.writeValueAsBytes(handover.signed())),
                entry.value(),
                utc(endsAt));
    }

    /** The latest of a unit. */
    List<Handover> latest(String unit, int limit) {
        return sql.query(
                "select * from bureau.handover where unit = ? order by written_at desc, id limit ?",
                (row, i) -> handover(row),
                unit,
                limit);
    }

    Optional<Handover> find(String unit, UUID id) {
        return sql
                .query("select * from bureau.handover where unit = ? and id = ?", (row, i) -> handover(row), unit, id)
                .stream()
                .findFirst();
    }

    /** @return false if it was taken over before, or is not this officer's */
    boolean take(UUID id, String by, Instant at, EntryId entry) {
        return sql.update(
                        "update bureau.handover set taken_at = ?, taken_entry = ? where id = ? and given_to = ? and taken_at is null",
                        utc(at),
                        entry.value(),
                        id,
                        by)
                == 1;
    }

    boolean anyEnded(Instant now) {
        return Boolean.TRUE.equals(sql.queryForObject(
                "select exists (select from bureau.handover where ends_at <= ?)", Boolean.class, utc(now)));
    }

    int removeEnded(Instant now) {
        return sql.update("delete from bureau.handover where ends_at <= ?", utc(now));
    }

    private Handover handover(ResultSet row) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        return new Handover(
                id,
                row.getString("unit"),
                row.getString("written_by"),
                row.getString("given_to"),
                instant(row, "written_at"),
                json.readValue(vault.open(context(id), row.getBytes("sheet")), Handover.Signed.class),
                ifAny(row, "taken_at"));
    }

    private static String context(UUID id) {
        return "bureau.handover/" + id;
    }
}
