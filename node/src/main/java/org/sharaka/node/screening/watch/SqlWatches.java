package org.sharaka.node.screening.watch;

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
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Watches in PostgreSQL. In whatever transaction the caller has open. */
final class SqlWatches {
    /** Orders runs over the changes, and approvals with them: an advisory lock to the end of the transaction. */
    private static final long LOCK = 0x5348_5741_5443L;

    private static final String COLUMNS = """
            select w.*, (select count(*) from screening.watch_alert a where a.watch = w.id) as alerts,
                (select count(*) from screening.watch_alert a where a.watch = w.id and a.seen_at is null) as unseen
            from screening.watch w
            """;

    private final JdbcTemplate sql;
    private final Vault vault;
    private final JsonMapper json;

    SqlWatches(JdbcTemplate sql, Vault vault, JsonMapper json) {
        this.sql = sql;
        this.vault = vault;
        this.json = json;
    }

    private record Content(String what, String reason) {}

    void lock() {
        sql.query("select pg_advisory_xact_lock(?)", row -> {}, LOCK);
    }

    boolean tryLock() {
        return Boolean.TRUE.equals(sql.queryForObject("select pg_try_advisory_xact_lock(?)", Boolean.class, LOCK));
    }

    void add(Watch watch, Actor madeBy, EntryId entry) {
        byte[] content = json.writeValueAsBytes(new Content(watch.what(), watch.reason()));
        sql.update(
                """
                insert into screening.watch (id, kind, entity, content, made_kind, made_by, officer, unit, purpose, made_at, days,
                    entry, ends_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                watch.id().value(),
                watch.entity().isPresent() ? "ENTRY" : "QUESTION",
                watch.entity().orElse(null),
                vault.seal(context("content", watch.id()), content),
                madeBy.kind().name(),
                madeBy.id(),
                watch.officer(),
                watch.unit().orElse(null),
                watch.purpose().name(),
                utc(watch.madeAt()),
                watch.days(),
                entry.value(),
                utc(watch.endsAt()));
    }

    Optional<Watch> find(WatchId id, Instant now) {
        return sql
                .query(COLUMNS + " where w.id = ? and w.ends_at > ?", (row, i) -> watch(row), id.value(), utc(now))
                .stream()
                .findFirst();
    }

    List<Watch> ofOfficer(String officer, Instant now, int limit) {
        return sql.query(
                COLUMNS
                        + " where w.officer = ? and w.ends_at > ? order by exists (select from screening.watch_alert a"
                        + " where a.watch = w.id and a.seen_at is null) desc, w.made_at desc, w.id limit ?",
                (row, i) -> watch(row),
                officer,
                utc(now),
                limit);
    }

    /** For a second person: not their own. */
    private static final String WAITING =
            " (w.approved_at is null or w.renewal is not null) and w.ends_at > ? and w.officer is distinct from ? ";

    List<Watch> waiting(String but, Instant now, int limit) {
        return sql.query(
                COLUMNS + " where " + WAITING + " order by w.made_at, w.id limit ?",
                (row, i) -> watch(row),
                utc(now),
                but,
                limit);
    }

    long countWaiting(String but, Instant now) {
        return count("select count(*) from screening.watch w where " + WAITING, utc(now), but);
    }

    long countUnseen(String officer, Instant now) {
        return count("""
                select count(*) from screening.watch_alert a join screening.watch w on w.id = a.watch
                where w.officer = ? and w.ends_at > ? and a.seen_at is null
                """, officer, utc(now));
    }

    private long count(String query, Object... values) {
        Long count = sql.queryForObject(query, Long.class, values);
        return count == null ? 0 : count;
    }

    void approve(Watch watch, String by, Instant now, Instant ends, EntryId entry, @Nullable Long screenedTo) {
        sql.update(
                """
                update screening.watch set approved_by = ?, approved_at = ?, approval_entry = ?, ends_at = ?, renewal = null,
                    renewal_days = null, screened_to = coalesce(?, screened_to)
                where id = ?
                """,
                by,
                utc(now),
                entry.value(),
                utc(ends),
                screenedTo,
                watch.id().value());
    }

    /** @return false if one waits: what a second person reads stays as it is */
    boolean renew(WatchId id, Watch.Renewal renewal) {
        return sql.update(
                        "update screening.watch set renewal = ?, renewal_days = ? where id = ? and renewal is null",
                        vault.seal(context("renewal", id), renewal.reason().getBytes(StandardCharsets.UTF_8)),
                        renewal.days(),
                        id.value())
                == 1;
    }

    boolean remove(WatchId id) {
        return sql.update("delete from screening.watch where id = ?", id.value()) == 1;
    }

    // --- Runs ------------------------------------------------------------------------------------------------------

    /** The oldest import up to which a running watch knows its answer, if that is older than the newest. */
    Optional<Long> behind(long newest, Instant now) {
        return Optional.ofNullable(sql.queryForObject(
                "select min(screened_to) from screening.watch where approved_at is not null and ends_at > ? and screened_to < ?",
                Long.class,
                utc(now),
                newest));
    }

    List<Watch> knowing(long screenedTo, Instant now) {
        return sql.query(
                COLUMNS + " where w.approved_at is not null and w.ends_at > ? and w.screened_to = ? order by w.id",
                (row, i) -> watch(row),
                utc(now),
                screenedTo);
    }

    void screened(List<Watch> watches, long upTo) {
        sql.update(
                "update screening.watch set screened_to = ? where id = any (?)",
                upTo,
                watches.stream().map(watch -> watch.id().value()).toArray(UUID[]::new));
    }

    void alert(WatchId watch, String entity, Watch.AlertKind kind, long upTo, Instant now, EntryId entry) {
        sql.update("""
                insert into screening.watch_alert (watch, entity, kind, import, raised_at, entry) values (?, ?, ?, ?, ?, ?)
                on conflict do nothing
                """, watch.value(), entity, kind.name(), upTo, utc(now), entry.value());
    }

    /** Those not seen yet first, of them the latest; without captions. */
    List<Watch.Alert> alerts(WatchId watch, int limit) {
        return sql.query(
                "select entity, kind, import, raised_at, seen_at from screening.watch_alert where watch = ?"
                        + " order by seen_at is not null, raised_at desc, entity limit ?",
                (row, i) -> new Watch.Alert(
                        row.getString("entity"),
                        Watch.AlertKind.valueOf(row.getString("kind")),
                        row.getLong("import"),
                        instant(row, "raised_at"),
                        row.getObject("seen_at") == null,
                        "",
                        ""),
                watch.value(),
                limit);
    }

    void seen(WatchId watch, List<Watch.Alert> shown, Instant now) {
        sql.batchUpdate(
                "update screening.watch_alert set seen_at = ?"
                        + " where watch = ? and entity = ? and kind = ? and import = ? and seen_at is null",
                shown.stream()
                        .map(alert -> new Object[] {
                            utc(now),
                            watch.value(),
                            alert.entity(),
                            alert.kind().name(),
                            alert.upTo()
                        })
                        .toList());
    }

    int purge(Instant now, int limit) {
        return sql.update(
                "delete from screening.watch where id in (select id from screening.watch where ends_at <= ? limit ?)",
                utc(now),
                limit);
    }

    private Watch watch(ResultSet row) throws SQLException {
        WatchId id = new WatchId(row.getObject("id", UUID.class));
        Content content = json.readValue(vault.open(context("content", id), row.getBytes("content")), Content.class);
        byte[] renewal = row.getBytes("renewal");
        String approvedBy = row.getString("approved_by");
        return new Watch(
                id,
                content.what(),
                Optional.ofNullable(row.getString("entity")),
                content.reason(),
                row.getInt("days"),
                row.getString("officer"),
                Optional.ofNullable(row.getString("unit")),
                Purpose.valueOf(row.getString("purpose")),
                instant(row, "made_at"),
                approvedBy == null
                        ? Optional.empty()
                        : Optional.of(new Watch.Approval(approvedBy, instant(row, "approved_at"))),
                instant(row, "ends_at"),
                renewal == null
                        ? Optional.empty()
                        : Optional.of(new Watch.Renewal(
                                new String(vault.open(context("renewal", id), renewal), StandardCharsets.UTF_8),
                                row.getInt("renewal_days"))),
                row.getLong("alerts"),
                row.getLong("unseen"));
    }

    private static String context(String what, WatchId id) {
        return "screening.watch." + what + "/" + id;
    }
}
