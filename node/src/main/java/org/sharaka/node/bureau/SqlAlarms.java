package org.sharaka.node.bureau;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sharaka.node.access.Actor;
import org.sharaka.node.audit.EntryId;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.ConversationId;
import org.springframework.jdbc.core.JdbcTemplate;

/** Alarms of the bureau's own messages in PostgreSQL. In whatever transaction the caller has open. */
final class SqlAlarms implements UrgentMatters {
    /** What somebody has done something about is no alarm any more. */
    private static final String UNDONE =
            "m.state = 'RECEIVED' and m.urgency = 'URGENT' and m.answered_at is null and m.acted_at is null";

    private static final String RINGING = """
            from bureau.alarm a join bureau.message m on m.id = a.message
            join bureau.conversation c on c.peer = m.peer and c.id = m.conversation
            where a.acknowledged_by is null and\s""" + UNDONE + " and " + SqlConversations.VISIBLE;

    private final JdbcTemplate sql;

    SqlAlarms(JdbcTemplate sql) {
        this.sql = sql;
    }

    @Override
    public List<UUID> unread(Instant before, int ofOneMember, int limit) {
        return sql.queryForList(
                """
                select m.id from bureau.message m where m.id in (
                    select waits.id from (
                        select m.id, m.peer, row_number() over (partition by m.peer order by m.at, m.id) as place
                        from bureau.message m where
                """ + UNDONE + """
                         and m.read_at is null and m.at <= ?
                            and not exists (select from bureau.alarm a where a.message = m.id)) waits
                    where waits.place + (select count(*) from bureau.alarm a join bureau.message m on m.id = a.message
                        where m.peer = waits.peer and a.acknowledged_by is null and
                """ + UNDONE + """
                        ) <= ?)
                order by m.at, m.id limit ? for update of m skip locked
                """, UUID.class, SqlConversations.utc(before), ofOneMember, limit);
    }

    @Override
    public List<UUID> unheard(Instant before, int limit) {
        return sql.queryForList(
                "select a.message from bureau.alarm a join bureau.message m on m.id = a.message"
                        + " where a.acknowledged_by is null and a.latest_at <= ? and " + UNDONE
                        + " order by a.latest_at, a.message limit ? for update of a skip locked",
                UUID.class,
                SqlConversations.utc(before),
                limit);
    }

    @Override
    public void rung(UUID message, Instant at, EntryId entry) {
        sql.update("""
                insert into bureau.alarm (message, rung_at, latest_at, times, entry) values (?, ?, ?, 1, ?)
                on conflict (message) do update
                    set latest_at = excluded.latest_at, times = bureau.alarm.times + 1, entry = excluded.entry
                """, message, SqlConversations.utc(at), SqlConversations.utc(at), entry.value());
    }

    @Override
    public List<UnreadAlarm> ringing(Actor actor, int limit) {
        return sql.query(
                "select a.message, m.peer, m.at, a.latest_at, a.times " + RINGING + " order by m.at, m.id limit ?",
                (row, i) -> new UnreadAlarm(
                        row.getObject("message", UUID.class),
                        new MemberId(row.getString("peer")),
                        SqlConversations.instant(row, "at"),
                        SqlConversations.instant(row, "latest_at"),
                        row.getInt("times")),
                SqlConversations.unitOf(actor),
                limit);
    }

    @Override
    public Rings rings(Optional<String> unit) {
        return sql.query(
                        "select count(*) as alarms, coalesce(sum(a.times), 0) as times " + RINGING,
                        (row, i) -> new Rings(row.getInt("alarms"), row.getLong("times")),
                        SqlConversations.unitOf(unit))
                .get(0);
    }

    @Override
    public Optional<String> seen(Actor actor, UUID message) {
        return sql
                .query("""
                        select m.peer, m.conversation from bureau.alarm a join bureau.message m on m.id = a.message
                        join bureau.conversation c on c.peer = m.peer and c.id = m.conversation where a.message = ? and\s""" + SqlConversations.VISIBLE, (row, i) -> key(row), message, SqlConversations.unitOf(actor))
                .stream()
                .findFirst()
                .map(ConversationKey::path);
    }

    private static ConversationKey key(ResultSet row) throws SQLException {
        return new ConversationKey(
                new MemberId(row.getString("peer")), new ConversationId(row.getString("conversation")));
    }

    @Override
    public boolean acknowledge(UUID message, String by, Instant at, EntryId entry) {
        return sql.update(
                        "update bureau.alarm a set acknowledged_by = ?, acknowledged_at = ?, acknowledged = ?"
                                + " from bureau.message m where m.id = a.message and a.message = ?"
                                + " and a.acknowledged_by is null and " + UNDONE,
                        by,
                        SqlConversations.utc(at),
                        entry.value(),
                        message)
                == 1;
    }
}
