package org.sharaka.node.triage;

import static org.sharaka.node.platform.SqlTimes.ifAny;
import static org.sharaka.node.platform.SqlTimes.instant;
import static org.sharaka.node.platform.SqlTimes.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.sharaka.node.access.Actor;
import org.sharaka.node.intake.Category;
import org.sharaka.node.intake.Channel;
import org.sharaka.node.intake.ReportId;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/** The queue in PostgreSQL. What an officer may not see is left out by the statement, not after it. */
final class SqlItems {
    private static final String QUEUED = "i.state in ('NEW', 'OPEN')";

    private static final RowMapper<Item> ITEM = SqlItems::item;

    private final JdbcTemplate sql;

    SqlItems(JdbcTemplate sql) {
        this.sql = sql;
    }

    /** Names of units are compared without regard to case, in the database as here. */
    static String folded(String unit) {
        return unit.strip().toLowerCase(Locale.ROOT);
    }

    /** What an officer may see: everything open to all, and what is closed to the officer's own unit. */
    static List<String> visibleTo(Actor actor) {
        return actor.unit()
                .map(SqlItems::folded)
                .filter(unit -> !unit.isEmpty())
                .map(unit -> List.of("", unit))
                .orElse(List.of(""));
    }

    /** @return false if the report is there already */
    boolean add(Item item) {
        return sql.update(
                        """
                        insert into triage.item (report_id, received_at, category, country, channel, rank, concerns, due_at,
                            money_until, changes_at, state, closed_to, unit, wants_female, wants_news)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (report_id) do nothing
                        """,
                        item.report().value(),
                        utc(item.receivedAt()),
                        item.category().name(),
                        item.country().orElse(null),
                        item.channel().name(),
                        item.priority().level().rank(),
                        names(item.priority().concerns()),
                        utc(item.priority().dueAt()),
                        utc(item.priority().moneyUntil()),
                        utc(item.priority().changesAt()),
                        item.state().name(),
                        item.closedTo(),
                        item.unit().orElse(null),
                        item.wantsFemale(),
                        item.wantsNews())
                == 1;
    }

    Optional<Item> find(ReportId report) {
        return sql.query("select i.* from triage.item i where report_id = ?", ITEM, report.value()).stream()
                .findFirst();
    }

    List<Item> find(Collection<ReportId> reports) {
        return sql.query("select i.* from triage.item i where report_id = any (?)", ITEM, (Object)
                reports.stream().map(ReportId::value).toArray(UUID[]::new));
    }

    /** As {@link #find(ReportId)}, and nobody else changes it until the transaction ends. */
    Optional<Item> locked(ReportId report) {
        return sql.query("select i.* from triage.item i where report_id = ? for update", ITEM, report.value()).stream()
                .findFirst();
    }

    /** Where a page of the queue ended. */
    record Place(int rank, Instant at, ReportId report) {}

    /** One range of an index for each compartment that the officer may see, merged. */
    List<Item> page(Actor actor, QueueFilter filter, Optional<Place> after, int limit) {
        boolean done = filter.view() == QueueFilter.View.DONE;
        var arguments = new ArrayList<Object>();
        var branches = new ArrayList<String>();
        for (String compartment : visibleTo(actor)) {
            var where = new StringBuilder("i.closed_to = ?");
            arguments.add(compartment);
            restrict(where, arguments, actor, filter);
            after.ifPresent(place -> {
                if (done) {
                    where.append(" and (i.done_at, i.report_id) < (?, ?)");
                } else {
                    where.append(" and (i.rank, i.due_at, i.report_id) > (?, ?, ?)");
                    arguments.add(place.rank());
                }
                arguments.add(utc(place.at()));
                arguments.add(place.report().value());
            });
            arguments.add(limit);
            branches.add(
                    "(select i.* from triage.item i where " + where + " order by " + order(done, "i.") + " limit ?)");
        }
        arguments.add(limit);
        return sql.query(
                String.join(" union all ", branches) + " order by " + order(done, "") + " limit ?",
                ITEM,
                arguments.toArray());
    }

    private static String order(boolean done, String table) {
        return done
                ? table + "done_at desc, " + table + "report_id desc"
                : table + "rank, " + table + "due_at, " + table + "report_id";
    }

    private static void restrict(StringBuilder where, List<Object> arguments, Actor actor, QueueFilter filter) {
        where.append(" and ")
                .append(
                        switch (filter.view()) {
                            case WAITING -> "i.state = 'WAITING'";
                            case DONE -> "i.state in ('DONE', 'MERGED')";
                            case OPEN, MINE, UNIT, ASIDE -> QUEUED;
                        });
        switch (filter.view()) {
            case ASIDE -> where.append(" and i.rank = 9");
            case OPEN -> where.append(" and i.rank < 9");
            case MINE -> {
                where.append(" and i.officer = ?");
                arguments.add(actor.id());
            }
            case UNIT -> {
                where.append(" and i.unit = ?");
                arguments.add(actor.unit().orElse(""));
            }
            case WAITING, DONE -> {}
        }
        filter.level().ifPresent(level -> also(where, arguments, "i.rank = ?", level.rank()));
        filter.category().ifPresent(category -> also(where, arguments, "i.category = ?", category.name()));
        filter.channel().ifPresent(channel -> also(where, arguments, "i.channel = ?", channel.name()));
        filter.unit().ifPresent(unit -> also(where, arguments, "i.unit = ?", unit));
        if (filter.unread()) where.append(" and (i.state = 'NEW' or i.heard_at is not null)");
    }

    private static void also(StringBuilder where, List<Object> arguments, String condition, Object argument) {
        where.append(" and ").append(condition);
        arguments.add(argument);
    }

    /** Counted up to a bound: a page needs no exact count of a million rows. */
    int count(Actor actor, QueueFilter filter, int most) {
        int count = 0;
        for (String compartment : visibleTo(actor)) {
            var where = new StringBuilder("i.closed_to = ?");
            var arguments = new ArrayList<Object>(List.of(compartment));
            restrict(where, arguments, actor, filter);
            arguments.add(most);
            Integer counted = sql.queryForObject(
                    "select count(*) from (select from triage.item i where " + where + " limit ?) as counted",
                    Integer.class,
                    arguments.toArray());
            count += counted == null ? 0 : counted;
        }
        return Math.min(count, most);
    }

    /** Urgent reports that nobody has opened, the longest due first. */
    List<Item> overdue(Instant now, int limit) {
        return sql.query("""
                select i.* from triage.item i where i.state = 'NEW' and i.rank <= 3 and i.due_at <= ?
                order by i.due_at limit ?
                """, ITEM, utc(now), limit);
    }

    /** Those whose place time alone changes. */
    List<Item> changing(Instant now, int limit) {
        return sql.query("""
                select i.* from triage.item i
                where i.changes_at <= ? and i.changes_at is not null and i.state in ('NEW', 'OPEN', 'WAITING')
                order by i.changes_at limit ? for update skip locked
                """, ITEM, utc(now), limit);
    }

    boolean anyChanging(Instant now) {
        return Boolean.TRUE.equals(sql.queryForObject("""
                select exists (select from triage.item
                    where changes_at <= ? and changes_at is not null and state in ('NEW', 'OPEN', 'WAITING'))
                """, Boolean.class, utc(now)));
    }

    void place(ReportId report, Priority priority) {
        sql.update(
                "update triage.item set rank = ?, concerns = ?, due_at = ?, money_until = ?, changes_at = ? where report_id = ?",
                priority.level().rank(),
                names(priority.concerns()),
                utc(priority.dueAt()),
                utc(priority.moneyUntil()),
                utc(priority.changesAt()),
                report.value());
    }

    /** The first to open a report reads it. @return false if it was read before and nothing new was heard */
    boolean read(ReportId report, String officer, Instant at) {
        return sql.update("""
                        update triage.item set state = case state when 'NEW' then 'OPEN' else state end,
                            read_at = coalesce(read_at, ?), read_by = coalesce(read_by, ?), heard_at = null
                        where report_id = ? and (read_at is null or heard_at is not null)
                        """, utc(at), officer, report.value()) == 1;
    }

    void state(ReportId report, ItemState state, Instant at) {
        sql.update(
                "update triage.item set state = ?, done_at = ?, merged_into = null where report_id = ?",
                state.name(),
                state.ended() ? utc(at) : null,
                report.value());
    }

    void merge(ReportId report, ReportId into, Instant at) {
        sql.update(
                "update triage.item set state = 'MERGED', done_at = ?, merged_into = ? where report_id = ?",
                utc(at),
                into.value(),
                report.value());
    }

    List<ReportId> mergedInto(ReportId report) {
        return sql.query(
                "select report_id from triage.item where merged_into = ? order by report_id",
                (row, n) -> new ReportId(row.getObject(1, UUID.class)),
                report.value());
    }

    void assign(ReportId report, Optional<String> unit, Optional<String> officer, Optional<String> femaleBy) {
        sql.update(
                "update triage.item set unit = ?, officer = ?, female_by = ? where report_id = ?",
                unit.orElse(null),
                officer.orElse(null),
                femaleBy.orElse(null),
                report.value());
    }

    void close(ReportId report, String closedTo) {
        sql.update("update triage.item set closed_to = ? where report_id = ?", folded(closedTo), report.value());
    }

    /** The reporter wrote: an ended or waiting report is open again. */
    boolean heard(ReportId report, Instant at) {
        return sql.update("""
                        update triage.item set heard_at = ?,
                            state = case when state in ('WAITING', 'DONE') then 'OPEN' else state end,
                            done_at = case when state = 'DONE' then null else done_at end
                        where report_id = ?
                        """, utc(at), report.value()) == 1;
    }

    /** Nothing is left to do for a reporter who took the report back; a message that came with it stays unread. */
    void withdrawn(ReportId report, Instant at) {
        sql.update("""
                update triage.item set state = 'DONE', done_at = ? where report_id = ? and state not in ('DONE', 'MERGED')
                """, utc(at), report.value());
    }

    void forget(Collection<ReportId> reports) {
        UUID[] ids = reports.stream().map(ReportId::value).toArray(UUID[]::new);
        sql.update("""
                update triage.item set state = 'DONE', merged_into = null where merged_into = any (?)
                """, (Object) ids);
        sql.update("delete from triage.thanks where report_id = any (?)", (Object) ids);
        sql.update("delete from triage.alarm where report_id = any (?)", (Object) ids);
        sql.update("delete from triage.item where report_id = any (?)", (Object) ids);
    }

    private static Item item(ResultSet row, int number) throws SQLException {
        Set<Concern> concerns = EnumSet.noneOf(Concern.class);
        for (String name : (String[]) row.getArray("concerns").getArray()) concerns.add(Concern.valueOf(name));
        return new Item(
                new ReportId(row.getObject("report_id", UUID.class)),
                instant(row, "received_at"),
                Category.valueOf(row.getString("category")),
                Optional.ofNullable(row.getString("country")),
                Channel.valueOf(row.getString("channel")),
                new Priority(
                        Level.of(row.getInt("rank")),
                        concerns,
                        instant(row, "due_at"),
                        ifAny(row, "money_until"),
                        ifAny(row, "changes_at")),
                ItemState.valueOf(row.getString("state")),
                row.getString("closed_to"),
                Optional.ofNullable(row.getString("unit")),
                Optional.ofNullable(row.getString("officer")),
                row.getBoolean("wants_female"),
                row.getString("female_by") != null,
                row.getBoolean("wants_news"),
                ifAny(row, "heard_at"),
                ifAny(row, "read_at"),
                ifAny(row, "done_at"),
                Optional.ofNullable(row.getObject("merged_into", UUID.class)).map(ReportId::new));
    }

    private static String[] names(Set<Concern> concerns) {
        return concerns.stream().map(Enum::name).toArray(String[]::new);
    }
}
