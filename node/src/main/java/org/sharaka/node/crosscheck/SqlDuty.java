package org.sharaka.node.crosscheck;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sharaka.node.access.Actor;
import org.sharaka.node.audit.EntryId;
import org.sharaka.node.bureau.OpenMatters;
import org.sharaka.node.bureau.UnreadAlarm;
import org.sharaka.node.bureau.UrgentMatters;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.content.CrossCheck;
import org.sharaka.protocol.content.Urgency;
import org.sharaka.protocol.message.ConversationId;
import org.springframework.jdbc.core.JdbcTemplate;

/** What others ask as duty officers are alarmed by it and hand it over. No unit keeps it to itself: every officer of the bureau sees it. */
final class SqlDuty implements UrgentMatters, OpenMatters {
    private static final String OPEN = "r.answer is null and r.withdrawn_at is null and r.ends_at > ?";
    /** What somebody answered or its originator took back is no alarm any more. */
    private static final String UNDONE = "r.urgency = 'URGENT' and " + OPEN;

    private static final String RINGING = " from crosscheck.alarm a join crosscheck.received r on r.id = a.request"
            + " where a.acknowledged_by is null and " + UNDONE;

    private final JdbcTemplate sql;
    private final Clock clock;

    SqlDuty(JdbcTemplate sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    @Override
    public List<UUID> unread(Instant before, int ofOneMember, int limit) {
        return sql.queryForList(
                """
                select r.id from crosscheck.received r where r.id in (
                    select waits.id from (
                        select r.id, r.peer, row_number() over (partition by r.peer order by r.received_at, r.id) as place
                        from crosscheck.received r where
                """ + UNDONE + """
                         and r.unread and r.received_at <= ?
                            and not exists (select from crosscheck.alarm a where a.request = r.id)) waits
                    where waits.place + (select count(*) from crosscheck.alarm a join crosscheck.received r on r.id = a.request
                        where r.peer = waits.peer and a.acknowledged_by is null and
                """ + UNDONE + """
                        ) <= ?)
                order by r.received_at, r.id limit ? for update of r skip locked
                """,
                UUID.class,
                now(),
                SqlCrossChecks.utc(before),
                now(),
                ofOneMember,
                limit);
    }

    @Override
    public List<UUID> unheard(Instant before, int limit) {
        return sql.queryForList(
                "select a.request" + RINGING
                        + " and a.latest_at <= ? order by a.latest_at, a.request limit ? for update of a skip locked",
                UUID.class,
                now(),
                SqlCrossChecks.utc(before),
                limit);
    }

    @Override
    public void rung(UUID request, Instant at, EntryId entry) {
        sql.update("""
                insert into crosscheck.alarm (request, rung_at, latest_at, times, entry) values (?, ?, ?, 1, ?)
                on conflict (request) do update
                    set latest_at = excluded.latest_at, times = crosscheck.alarm.times + 1, entry = excluded.entry
                """, request, SqlCrossChecks.utc(at), SqlCrossChecks.utc(at), entry.value());
    }

    @Override
    public List<UnreadAlarm> ringing(Actor actor, int limit) {
        return sql.query(
                "select r.id, r.peer, r.received_at, a.latest_at, a.times" + RINGING
                        + " order by r.received_at, r.id limit ?",
                (row, i) -> new UnreadAlarm(
                        row.getObject("id", UUID.class),
                        new MemberId(row.getString("peer")),
                        SqlCrossChecks.instant(row, "received_at"),
                        SqlCrossChecks.instant(row, "latest_at"),
                        row.getInt("times")),
                now(),
                limit);
    }

    @Override
    public Rings rings(Optional<String> unit) {
        return sql.query(
                        "select count(*) as alarms, coalesce(sum(a.times), 0) as times" + RINGING,
                        (row, i) -> new Rings(row.getInt("alarms"), row.getLong("times")),
                        now())
                .get(0);
    }

    @Override
    public Optional<String> seen(Actor actor, UUID request) {
        return sql
                .query(
                        "select r.peer, r.conversation from crosscheck.received r where r.id = ?"
                                + " and exists (select from crosscheck.alarm a where a.request = r.id)",
                        (row, i) -> SqlCrossChecks.key(row).path(),
                        request)
                .stream()
                .findFirst();
    }

    @Override
    public boolean acknowledge(UUID request, String by, Instant at, EntryId entry) {
        return sql.update(
                        "update crosscheck.alarm a set acknowledged_by = ?, acknowledged_at = ?, acknowledged = ?"
                                + " from crosscheck.received r where r.id = a.request and a.request = ?"
                                + " and a.acknowledged_by is null and " + UNDONE,
                        by,
                        SqlCrossChecks.utc(at),
                        entry.value(),
                        request,
                        now())
                == 1;
    }

    @Override
    public List<Matter> open(Actor actor, int limit) {
        return sql.query(
                "select r.* from crosscheck.received r where " + OPEN + " order by r.due_at, r.id limit ?",
                (row, i) -> new Matter(
                        row.getObject("id", UUID.class),
                        new MemberId(row.getString("peer")),
                        new ConversationId(row.getString("conversation")),
                        CrossCheck.TYPE,
                        SqlCrossChecks.instant(row, "received_at"),
                        Urgency.valueOf(row.getString("urgency")),
                        SqlCrossChecks.instant(row, "due_at")),
                now(),
                limit);
    }

    private OffsetDateTime now() {
        return SqlCrossChecks.utc(clock.instant());
    }
}
