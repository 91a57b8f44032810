package org.sharaka.node.triage;

import static org.sharaka.node.platform.SqlTimes.ifAny;
import static org.sharaka.node.platform.SqlTimes.instant;
import static org.sharaka.node.platform.SqlTimes.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sharaka.node.access.Actor;
import org.sharaka.node.intake.ReportId;
import org.springframework.jdbc.core.JdbcTemplate;

/** Duty roster, alarms and handovers in PostgreSQL. */
final class SqlDuty {
    private final JdbcTemplate sql;

    SqlDuty(JdbcTemplate sql) {
        this.sql = sql;
    }

    /** Those that have not ended, by their beginning. */
    List<Shift> shifts(Instant now) {
        return sql.query(
                "select * from triage.shift where ends_at > ? order by begins_at, position, id limit 500",
                (row, n) -> new Shift(
                        row.getObject("id", UUID.class),
                        row.getString("officer"),
                        instant(row, "begins_at"),
                        instant(row, "ends_at"),
                        row.getInt("position")),
                utc(now));
    }

    void add(Shift shift) {
        sql.update(
                "insert into triage.shift (id, officer, begins_at, ends_at, position) values (?, ?, ?, ?, ?)",
                shift.id(),
                shift.officer(),
                utc(shift.beginsAt()),
                utc(shift.endsAt()),
                shift.position());
    }

    boolean removeShift(UUID id) {
        return sql.update("delete from triage.shift where id = ?", id) == 1;
    }

    /** The last alarm of a report. */
    Optional<Alarm> last(ReportId report) {
        return sql
                .query(
                        "select * from triage.alarm where report_id = ? order by step desc limit 1",
                        SqlDuty::alarm,
                        report.value())
                .stream()
                .findFirst();
    }

    /** @return false if another node rang this step */
    boolean add(Alarm alarm) {
        return sql.update(
                        """
                        insert into triage.alarm (id, report_id, step, rung_at, officer, webhook, next_try_at)
                        values (?, ?, ?, ?, ?, ?, ?) on conflict (report_id, step) do nothing
                        """,
                        alarm.id(),
                        alarm.report().value(),
                        alarm.step(),
                        utc(alarm.rungAt()),
                        alarm.officer().orElse(null),
                        alarm.webhook().name(),
                        alarm.webhook() == Alarm.Webhook.WAITING ? utc(alarm.rungAt()) : null)
                == 1;
    }

    /** The last alarm of each report that is still unread and that the officer may see, the most urgent first. */
    List<Alarm> ringing(Actor actor, int limit) {
        return sql.query("""
                select a.* from triage.item i
                join lateral (select * from triage.alarm x where x.report_id = i.report_id order by step desc limit 1) a
                    on true
                where i.state = 'NEW' and i.rank <= 3 and i.closed_to = any (?) order by i.rank, i.due_at limit ?
                """, SqlDuty::alarm, SqlItems.visibleTo(actor).toArray(String[]::new), limit);
    }

    /** An alarm whose message is due, with how often it was tried. */
    record Due(Alarm alarm, int attempts) {}

    /** Takes the next that is due; others leave it alone until then. */
    Optional<Due> claim(Instant now, Instant until) {
        return sql.query("""
                        update triage.alarm set next_try_at = ?, attempts = attempts + 1 where id = (
                            select id from triage.alarm where webhook = 'WAITING' and next_try_at <= ?
                            order by next_try_at limit 1 for update skip locked)
                        returning *
                        """, (row, n) -> new Due(alarm(row, n), row.getInt("attempts")), utc(until), utc(now)).stream()
                .findFirst();
    }

    void retry(UUID alarm, Instant at) {
        sql.update("update triage.alarm set next_try_at = ? where id = ? and webhook = 'WAITING'", utc(at), alarm);
    }

    void settle(UUID alarm, Alarm.Webhook webhook) {
        sql.update(
                "update triage.alarm set webhook = ?, next_try_at = null where id = ? and webhook = 'WAITING'",
                webhook.name(),
                alarm);
    }

    private static Alarm alarm(ResultSet row, int number) throws SQLException {
        return new Alarm(
                row.getObject("id", UUID.class),
                new ReportId(row.getObject("report_id", UUID.class)),
                row.getInt("step"),
                instant(row, "rung_at"),
                Optional.ofNullable(row.getString("officer")),
                Alarm.Webhook.valueOf(row.getString("webhook")));
    }

    void add(Handover handover) {
        sql.update(
                """
                insert into triage.handover (id, unit, written_by, written_at, note, reports, expires_at)
                values (?, ?, ?, ?, ?, ?, ?)
                """,
                handover.id(),
                handover.unit(),
                handover.writtenBy(),
                utc(handover.writtenAt()),
                handover.note(),
                handover.reports().stream().map(ReportId::value).toArray(UUID[]::new),
                utc(handover.expiresAt()));
    }

    /** The latest of a unit. */
    List<Handover> handovers(String unit, int limit) {
        return sql.query(
                "select * from triage.handover where unit = ? order by written_at desc, id desc limit ?",
                (row, n) -> new Handover(
                        row.getObject("id", UUID.class),
                        row.getString("unit"),
                        row.getString("written_by"),
                        instant(row, "written_at"),
                        row.getString("note"),
                        Arrays.stream((UUID[]) row.getArray("reports").getArray())
                                .map(ReportId::new)
                                .toList(),
                        Optional.ofNullable(row.getString("taken_by")),
                        ifAny(row, "taken_at"),
                        instant(row, "expires_at")),
                unit,
                limit);
    }

    /** @return false if it was taken before, is another unit's or the taker's own */
    boolean take(UUID handover, String unit, String officer, Instant at) {
        return sql.update("""
                        update triage.handover set taken_by = ?, taken_at = ?
                        where id = ? and unit = ? and taken_by is null and written_by <> ?
                        """, officer, utc(at), handover, unit, officer) == 1;
    }

    /** Ends what is over: handovers by their day, alarms and shifts a month later. @return how many rows */
    int purge(Instant now, Instant monthAgo) {
        return sql.update("delete from triage.handover where expires_at <= ?", utc(now))
                + sql.update("delete from triage.alarm where rung_at <= ?", utc(monthAgo))
                + sql.update("delete from triage.shift where ends_at <= ?", utc(monthAgo));
    }

    boolean anyOver(Instant now, Instant monthAgo) {
        return Boolean.TRUE.equals(sql.queryForObject("""
                select exists (select from triage.handover where expires_at <= ?)
                    or exists (select from triage.alarm where rung_at <= ?)
                    or exists (select from triage.shift where ends_at <= ?)
                """, Boolean.class, utc(now), utc(monthAgo), utc(monthAgo)));
    }
}
