package org.sharaka.node.screening.roll;

import static org.sharaka.node.platform.SqlTimes.instant;
import static org.sharaka.node.platform.SqlTimes.utc;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.audit.EntryId;
import org.sharaka.node.platform.Vault;
import org.sharaka.node.screening.desk.DeskAnswer;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Rolls in PostgreSQL. In whatever transaction the caller has open. */
final class SqlRolls {
    private static final String COLUMNS = """
            select r.*, c.* from screening.roll r cross join lateral (
                select count(*) as rows, count(refusal) as refused, count(outcome) as screened,
                    count(*) filter (where outcome <> 'NO_MATCH') as found
                from screening.roll_row w where w.roll = r.id) c
            """;

    private final JdbcTemplate sql;
    private final Vault vault;
    private final JsonMapper json;

    SqlRolls(JdbcTemplate sql, Vault vault, JsonMapper json) {
        this.sql = sql;
        this.vault = vault;
        this.json = json;
    }

    /** A row with its line; what stands in it is empty once it was purged, or for a row that was refused. */
    record Kept(
            long line,
            Optional<RollRow> row,
            Optional<RollRow.Refusal> refusal,
            Optional<DeskAnswer.Outcome> outcome) {}

    void add(
            RollId id,
            String title,
            Roll.Maker maker,
            Optional<String> officer,
            Instant now,
            Instant ends,
            EntryId entry) {
        sql.update(
                """
                insert into screening.roll (id, title, made_kind, made_by, officer, unit, purpose, made_at, ends_at, entry, state)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'WAITING')
                """,
                id.value(),
                vault.seal("screening.roll/" + id, title.getBytes(StandardCharsets.UTF_8)),
                maker.kind().name(),
                maker.id(),
                officer.orElse(null),
                maker.unit().orElse(null),
                maker.purpose().name(),
                utc(now),
                utc(ends),
                entry.value());
    }

    void addRows(RollId roll, List<Kept> rows) {
        sql.batchUpdate(
                "insert into screening.roll_row (roll, line, content, refusal) values (?, ?, ?, ?)",
                rows,
                rows.size(),
                (statement, row) -> {
                    statement.setObject(1, roll.value());
                    statement.setLong(2, row.line());
                    statement.setBytes(
                            3,
                            row.row()
                                    .map(content ->
                                            vault.seal(context(roll, row.line()), json.writeValueAsBytes(content)))
                                    .orElse(null));
                    statement.setString(4, row.refusal().map(Enum::name).orElse(null));
                });
    }

    Optional<Roll> find(RollId id, Instant now) {
        return sql
                .query(COLUMNS + " where r.id = ? and r.ends_at > ?", (row, i) -> roll(row), id.value(), utc(now))
                .stream()
                .findFirst();
    }

    /** @param officer whose alone; null for everybody's */
    List<Roll> latest(@Nullable String officer, String actor, Instant now, int limit) {
        return sql.query(
                COLUMNS
                        + " where r.ends_at > ? and (?::text is null or r.officer = ? or r.made_by = ?)"
                        + " order by r.state = 'WAITING' desc, r.made_at desc, r.id limit ?",
                (row, i) -> roll(row),
                utc(now),
                officer,
                officer,
                actor,
                limit);
    }

    /** @param actor whose own are not counted, nor those of the officer behind */
    int countWaiting(String actor, String officer, Instant now) {
        Integer count = sql.queryForObject("""
                select count(*) from screening.roll
                where state = 'WAITING' and ends_at > ? and made_by <> ? and officer is distinct from ?
                """, Integer.class, utc(now), actor, officer);
        return count == null ? 0 : count;
    }

    /** @return false if somebody else decided meanwhile */
    boolean approve(RollId id, String by, Instant now, EntryId entry) {
        return sql.update("""
                        update screening.roll set state = 'RUNNING', approved_by = ?, approved_at = ?, approval_entry = ?
                        where id = ? and state = 'WAITING'
                        """, by, utc(now), entry.value(), id.value()) == 1;
    }

    boolean remove(RollId id) {
        return sql.update("delete from screening.roll where id = ?", id.value()) == 1;
    }

    // --- Screening -------------------------------------------------------------------------------------------------

    /** One that is to be screened, locked for this transaction; others work on others. */
    Optional<RollId> takeRunning(Instant now) {
        return sql.query("""
                        select id from screening.roll where state = 'RUNNING' and ends_at > ?
                        order by approved_at limit 1 for update skip locked
                        """, (row, i) -> new RollId(row.getObject("id", UUID.class)), utc(now)).stream()
                .findFirst();
    }

    List<Kept> toScreen(RollId roll, int limit) {
        return sql.query("""
                select line, content, refusal, outcome from screening.roll_row
                where roll = ? and outcome is null and refusal is null order by line limit ?
                """, (row, i) -> kept(roll, row), roll.value(), limit);
    }

    void screened(RollId roll, long line, DeskAnswer.Outcome outcome, Instant now) {
        sql.update(
                "update screening.roll_row set outcome = ?, screened_at = ? where roll = ? and line = ?",
                outcome.name(),
                utc(now),
                roll.value(),
                line);
    }

    void refused(RollId roll, long line, RollRow.Refusal why) {
        sql.update(
                "update screening.roll_row set refusal = ?, content = null where roll = ? and line = ?",
                why.name(),
                roll.value(),
                line);
    }

    void finish(RollId roll, Instant now) {
        sql.update("update screening.roll set state = 'DONE', finished_at = ? where id = ?", utc(now), roll.value());
    }

    // --- Results ---------------------------------------------------------------------------------------------------

    /** Rows with something to compare, by line. */
    List<Kept> found(RollId roll, long after, int limit) {
        return rows(roll, "outcome <> 'NO_MATCH'", after, limit);
    }

    List<Kept> refusedRows(RollId roll, int limit) {
        return rows(roll, "refusal is not null", 0, limit);
    }

    List<Kept> all(RollId roll, long after, int limit) {
        return rows(roll, "true", after, limit);
    }

    private List<Kept> rows(RollId roll, String which, long after, int limit) {
        return sql.query(
                "select line, content, refusal, outcome from screening.roll_row where roll = ? and line > ? and "
                        + which + " order by line limit ?",
                (row, i) -> kept(roll, row),
                roll.value(),
                after,
                limit);
    }

    // --- Ends ------------------------------------------------------------------------------------------------------

    int purge(Instant now, Instant waitedSince, int limit) {
        return sql.update("""
                delete from screening.roll where id in (
                    select id from screening.roll where ends_at <= ? or (state = 'WAITING' and made_at <= ?) limit ?)
                """, utc(now), utc(waitedSince), limit);
    }

    int purgeText(Instant screenedBefore, int limit) {
        return sql.update("""
                update screening.roll_row set content = null where (roll, line) in (
                    select roll, line from screening.roll_row
                    where outcome = 'NO_MATCH' and content is not null and screened_at <= ? limit ?)
                """, utc(screenedBefore), limit);
    }

    private Roll roll(ResultSet row) throws SQLException {
        RollId id = new RollId(row.getObject("id", UUID.class));
        return new Roll(
                id,
                new String(vault.open("screening.roll/" + id, row.getBytes("title")), StandardCharsets.UTF_8),
                new Roll.Maker(
                        Actor.Kind.valueOf(row.getString("made_kind")),
                        row.getString("made_by"),
                        Optional.ofNullable(row.getString("unit")),
                        Purpose.valueOf(row.getString("purpose"))),
                Optional.ofNullable(row.getString("officer")),
                instant(row, "made_at"),
                instant(row, "ends_at"),
                RollState.valueOf(row.getString("state")),
                Optional.ofNullable(row.getString("approved_by")),
                new Roll.Progress(
                        row.getLong("rows"), row.getLong("refused"), row.getLong("screened"), row.getLong("found")));
    }

    private Kept kept(RollId roll, ResultSet row) throws SQLException {
        long line = row.getLong("line");
        byte[] sealed = row.getBytes("content");
        return new Kept(
                line,
                sealed == null
                        ? Optional.empty()
                        : Optional.of(json.readValue(vault.open(context(roll, line), sealed), RollRow.class)),
                Optional.ofNullable(row.getString("refusal")).map(RollRow.Refusal::valueOf),
                Optional.ofNullable(row.getString("outcome")).map(DeskAnswer.Outcome::valueOf));
    }

    private static String context(RollId roll, long line) {
        return "screening.roll-row/" + roll + "/" + line;
    }
}
