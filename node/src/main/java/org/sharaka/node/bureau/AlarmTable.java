package org.sharaka.node.bureau;

import static org.sharaka.node.platform.SqlTimes.instant;
import static org.sharaka.node.platform.SqlTimes.utc;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sharaka.node.access.Actor;
import org.sharaka.node.audit.EntryId;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.ConversationId;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * Alarms in a table of a module's, beside the table of the matters for which they ring. In whatever transaction the caller has open. Alarms have
 * the columns {@code rung_at}, {@code latest_at}, {@code times}, {@code entry}, {@code acknowledged}, {@code acknowledged_at} and
 * {@code acknowledged_by}; matters have {@code id}, {@code peer} and {@code conversation}.
 */
public abstract class AlarmTable implements UrgentMatters {
    private final NamedParameterJdbcTemplate sql;
    private final Clock clock;
    private final Tables tables;

    /**
     * Names and conditions, from the code alone. The matter is {@code m}, {@code :now} the time, {@code :unit} the officer's unit, folded.
     *
     * @param alarm the table of alarms
     * @param matter its column with the id of a matter
     * @param matters their table
     * @param cameAt its column with the time when they came
     * @param unread nobody has opened it
     * @param undone it is urgent, and nobody has done anything about it: it rings
     * @param visible an officer of the unit may see it
     */
    public record Tables(
            String alarm, String matter, String matters, String cameAt, String unread, String undone, String visible) {
        private String in(String text) {
            return text.replace("{alarm}", alarm)
                    .replace("{matter}", matter)
                    .replace("{matters}", matters)
                    .replace("{came}", cameAt)
                    .replace("{unread}", unread)
                    .replace("{undone}", undone)
                    .replace("{visible}", visible);
        }
    }

    protected AlarmTable(JdbcTemplate sql, Clock clock, Tables tables) {
        this.sql = new NamedParameterJdbcTemplate(sql);
        this.clock = clock;
        this.tables = tables;
    }

    /** Where officers find a matter. */
    protected abstract String path(MemberId peer, ConversationId conversation);

    private MapSqlParameterSource at() {
        return new MapSqlParameterSource("now", utc(clock.instant()));
    }

    @Override
    public final List<UUID> unread(Instant before, int ofOneMember, int limit) {
        return sql.queryForList(
                tables.in("""
                        select m.id from {matters} m where m.id in (
                            select waits.id from (
                                select m.id, m.peer, row_number() over (partition by m.peer order by m.{came}, m.id) as place
                                from {matters} m where {undone} and {unread} and m.{came} <= :before
                                    and not exists (select from {alarm} a where a.{matter} = m.id)) waits
                            where waits.place + (select count(*) from {alarm} a join {matters} m on m.id = a.{matter}
                                where m.peer = waits.peer and a.acknowledged_by is null and {undone}) <= :most)
                        order by m.{came}, m.id limit :limit for update of m skip locked
                        """),
                at().addValue("before", utc(before))
                        .addValue("most", ofOneMember)
                        .addValue("limit", limit),
                UUID.class);
    }

    @Override
    public final List<UUID> unheard(Instant before, int limit) {
        return sql.queryForList(
                tables.in("""
                        select m.id from {alarm} a join {matters} m on m.id = a.{matter}
                        where a.acknowledged_by is null and {undone} and a.latest_at <= :before
                        order by a.latest_at, m.id limit :limit for update of a skip locked
                        """), at().addValue("before", utc(before)).addValue("limit", limit), UUID.class);
    }

    @Override
    public final void rung(UUID matter, Instant at, EntryId entry) {
        sql.update(
                tables.in("""
                        insert into {alarm} as a ({matter}, rung_at, latest_at, times, entry) values (:matter, :at, :at, 1, :entry)
                        on conflict ({matter}) do update
                            set latest_at = excluded.latest_at, times = a.times + 1, entry = excluded.entry
                        """),
                new MapSqlParameterSource("matter", matter)
                        .addValue("at", utc(at))
                        .addValue("entry", entry.value()));
    }

    @Override
    public final List<UnreadAlarm> ringing(Actor actor, int limit) {
        return sql.query(
                tables.in("""
                        select m.id, m.peer, m.{came} as came_at, a.latest_at, a.times
                        from {alarm} a join {matters} m on m.id = a.{matter}
                        where a.acknowledged_by is null and {undone} and {visible} order by came_at, m.id limit :limit
                        """),
                at().addValue("unit", SqlConversations.unitOf(actor)).addValue("limit", limit),
                (row, i) -> new UnreadAlarm(
                        row.getObject("id", UUID.class),
                        new MemberId(row.getString("peer")),
                        instant(row, "came_at"),
                        instant(row, "latest_at"),
                        row.getInt("times")));
    }

    @Override
    public final Rings rings(Optional<String> unit) {
        return sql.query(
                        tables.in("""
                                select count(*) as alarms, coalesce(sum(a.times), 0) as times
                                from {alarm} a join {matters} m on m.id = a.{matter}
                                where a.acknowledged_by is null and {undone} and {visible}
                                """),
                        at().addValue("unit", SqlConversations.unitOf(unit)),
                        (row, i) -> new Rings(row.getInt("alarms"), row.getLong("times")))
                .get(0);
    }

    @Override
    public final Optional<String> seen(Actor actor, UUID matter) {
        return sql
                .query(
                        tables.in("""
                                select m.peer, m.conversation from {alarm} a join {matters} m on m.id = a.{matter}
                                where m.id = :matter and {visible}
                                """),
                        at().addValue("unit", SqlConversations.unitOf(actor)).addValue("matter", matter),
                        (row, i) -> path(
                                new MemberId(row.getString("peer")), new ConversationId(row.getString("conversation"))))
                .stream()
                .findFirst();
    }

    @Override
    public final boolean acknowledge(UUID matter, String by, Instant at, EntryId entry) {
        return sql.update(
                        tables.in("""
                                update {alarm} a set acknowledged_by = :by, acknowledged_at = :at, acknowledged = :entry
                                from {matters} m where m.id = a.{matter} and m.id = :matter
                                    and a.acknowledged_by is null and {undone}
                                """),
                        at().addValue("by", by)
                                .addValue("at", utc(at))
                                .addValue("entry", entry.value())
                                .addValue("matter", matter))
                == 1;
    }
}
