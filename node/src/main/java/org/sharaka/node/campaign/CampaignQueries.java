package org.sharaka.node.campaign;

import static org.sharaka.node.platform.SqlTimes.instant;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.campaign.CampaignView.Count;
import org.sharaka.node.intake.Category;
import org.sharaka.node.intake.Money;
import org.sharaka.node.intake.ReportId;
import org.sharaka.node.platform.Page;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/** What the pages read of campaigns. Every statement is bounded, whatever the size of a campaign. */
final class CampaignQueries {
    static final int PAGE_SIZE = 25;

    /** Days of the small picture of a campaign in a list. */
    static final int SPARKLINE_DAYS = 30;

    static final int TIES_MAX = 50;
    static final int IGNORED_MAX = 20;

    /** A campaign's own row, before its tallies. */
    record Row(
            long number,
            int reports,
            int namedReports,
            Instant firstSeen,
            Instant lastSeen,
            int recent,
            int before,
            CampaignState state) {}

    private record Tally(String dimension, String value, int reports, BigDecimal amount) {}

    private static final RowMapper<Row> ROW = (row, n) -> new Row(
            row.getLong("number"),
            row.getInt("reports"),
            row.getInt("named_reports"),
            instant(row, "first_seen"),
            instant(row, "last_seen"),
            row.getInt("recent"),
            row.getInt("before"),
            CampaignState.valueOf(row.getString("state")));

    private final JdbcTemplate sql;
    private final Clock clock;

    CampaignQueries(JdbcTemplate sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    Page<CampaignSummary> list(CampaignFilter filter, Optional<String> cursor) {
        String by = sortValue(filter.sort());
        StringBuilder where = new StringBuilder("c.group_number IS NOT NULL AND c.reports >= ?");
        List<Object> arguments = new ArrayList<>(List.of(filter.reportsMin()));
        filter.category().ifPresent(category -> tallied(where, arguments, "CATEGORY", category.name()));
        filter.country().ifPresent(country -> tallied(where, arguments, "COUNTRY", country));
        filter.state().ifPresent(state -> also(where, arguments, "c.state = ?", state.name()));
        filter.seenFrom().ifPresent(from -> also(where, arguments, "c.last_seen >= ?::timestamptz", from.toString()));
        filter.seenTo().ifPresent(to -> also(where, arguments, "c.first_seen < ?::timestamptz", to.toString()));
        cursor.map(Cursor::parse).ifPresent(after -> {
            also(where, arguments, "(%s, c.number) < (?::%s, ?)".formatted(by, sortType(filter.sort())), after.value());
            arguments.add(after.number());
        });
        arguments.add(PAGE_SIZE + 1);
        record Sorted(Row row, String value) {}
        List<Sorted> rows = sql.query(
                "SELECT c.*, (%s)::text AS sort_value FROM campaign.campaign c WHERE %s ORDER BY %s DESC, c.number DESC LIMIT ?"
                        .formatted(by, where, by),
                (row, n) -> new Sorted(ROW.mapRow(row, n), row.getString("sort_value")),
                arguments.toArray());
        boolean more = rows.size() > PAGE_SIZE;
        List<Sorted> shown = more ? rows.subList(0, PAGE_SIZE) : rows;
        Optional<String> next = more
                ? Optional.of(new Cursor(
                                shown.get(PAGE_SIZE - 1).value(),
                                shown.get(PAGE_SIZE - 1).row().number())
                        .text())
                : Optional.empty();
        return new Page<>(summaries(shown.stream().map(Sorted::row).toList()), next);
    }

    /** The expression that an index of the list serves. */
    private static String sortValue(CampaignFilter.Sort sort) {
        return switch (sort) {
            case LAST_SEEN -> "c.last_seen";
            case SIZE -> "c.reports";
            case GROWTH -> "(c.recent - c.before)";
            case LOSS -> "c.loss";
        };
    }

    private static String sortType(CampaignFilter.Sort sort) {
        return switch (sort) {
            case LAST_SEEN -> "timestamptz";
            case SIZE, GROWTH -> "integer";
            case LOSS -> "numeric";
        };
    }

    private static void tallied(StringBuilder where, List<Object> arguments, String dimension, String value) {
        also(
                where,
                arguments,
                "EXISTS (SELECT FROM campaign.tally t WHERE t.campaign = c.number AND t.dimension = '%s' AND t.value = ?)"
                        .formatted(dimension),
                value);
    }

    private static void also(StringBuilder where, List<Object> arguments, String condition, Object argument) {
        where.append(" AND ").append(condition);
        arguments.add(argument);
    }

    Optional<Row> row(CampaignId id) {
        return sql
                .query(
                        "SELECT * FROM campaign.campaign WHERE number = ? AND group_number IS NOT NULL",
                        ROW,
                        id.number())
                .stream()
                .findFirst();
    }

    /** Where the reports of a campaign that is no more went; follows joins to their end. */
    OptionalLong joinedTo(CampaignId id) {
        return sql.queryForList("""
                        WITH RECURSIVE later AS (
                            SELECT number, joined_to, group_number FROM campaign.campaign WHERE number = ?
                            UNION
                            SELECT c.number, c.joined_to, c.group_number
                            FROM campaign.campaign c JOIN later ON c.number = later.joined_to
                        )
                        SELECT number FROM later WHERE group_number IS NOT NULL LIMIT 1
                        """, Long.class, id.number()).stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    /** The number of the campaign that a report is in; none or one. */
    List<Long> campaignOf(ReportId report) {
        return sql.queryForList("""
                SELECT c.number FROM campaign.report r
                JOIN campaign.placement p ON p.report = r.number
                JOIN campaign.campaign c ON c.group_number = p.group_number
                WHERE r.report_id = ?
                """, Long.class, report.value());
    }

    List<CampaignSummary> summariesOf(Collection<Long> numbers) {
        return summaries(sql.query("""
                SELECT * FROM campaign.campaign WHERE number = ANY (?) AND group_number IS NOT NULL
                ORDER BY reports DESC, number DESC
                """, ROW, (Object) numbers.toArray(Long[]::new)));
    }

    List<CampaignSummary> summaries(List<Row> rows) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        LocalDate oldest = today.minusDays(SPARKLINE_DAYS - 1L);
        Map<Long, List<Tally>> tallies = tallies(rows.stream().map(Row::number).toList(), oldest.toString());
        return rows.stream()
                .map(row -> summary(row, tallies.getOrDefault(row.number(), List.of()), oldest))
                .toList();
    }

    private Map<Long, List<Tally>> tallies(List<Long> campaigns, String oldestDay) {
        Map<Long, List<Tally>> tallies = new HashMap<>();
        if (campaigns.isEmpty()) return tallies;
        sql.query(
                """
                SELECT campaign, dimension, value, reports, amount FROM campaign.tally
                WHERE campaign = ANY (?) AND (dimension <> 'DAY' OR value >= ?)
                """,
                row -> {
                    tallies.computeIfAbsent(row.getLong("campaign"), c -> new ArrayList<>())
                            .add(tally(row));
                },
                campaigns.toArray(Long[]::new),
                oldestDay);
        return tallies;
    }

    private static Tally tally(ResultSet row) throws SQLException {
        return new Tally(
                row.getString("dimension"), row.getString("value"), row.getInt("reports"), row.getBigDecimal("amount"));
    }

    private static CampaignSummary summary(Row row, List<Tally> tallies, LocalDate oldest) {
        List<Integer> days = new ArrayList<>();
        Map<String, Integer> byDay = new HashMap<>();
        of(tallies, "DAY").forEach(day -> byDay.put(day.value(), day.reports()));
        for (int i = 0; i < SPARKLINE_DAYS; i++)
            days.add(byDay.getOrDefault(oldest.plusDays(i).toString(), 0));
        return new CampaignSummary(
                new CampaignId(row.number()),
                row.reports(),
                losses(tallies),
                row.firstSeen(),
                row.lastSeen(),
                of(tallies, "COUNTRY").stream().limit(5).map(Tally::value).toList(),
                of(tallies, "CATEGORY").stream()
                        .limit(3)
                        .map(t -> Category.valueOf(t.value()))
                        .toList(),
                row.state(),
                row.recent(),
                row.before(),
                days,
                of(tallies, "TIE").stream().limit(3).map(Tally::value).toList(),
                row.namedReports() == 0);
    }

    private static List<Tally> of(List<Tally> tallies, String dimension) {
        return tallies.stream()
                .filter(tally -> tally.dimension().equals(dimension) && tally.reports() > 0)
                .sorted(Comparator.comparingInt(Tally::reports).reversed().thenComparing(Tally::value))
                .toList();
    }

    private static List<Money> losses(List<Tally> tallies) {
        return of(tallies, "LOSS").stream()
                .filter(tally -> tally.amount().signum() > 0)
                .sorted(Comparator.comparing(Tally::amount).reversed())
                .map(tally -> new Money(tally.amount(), Currency.getInstance(tally.value())))
                .toList();
    }

    /** All days, countries and categories of one campaign. */
    CampaignView view(Row row, List<Reason> ties, List<Reason> ignored, List<CampaignDecision> decisions) {
        List<Tally> all = tallies(List.of(row.number()), "").getOrDefault(row.number(), List.of());
        SortedMap<LocalDate, Integer> timeline = new TreeMap<>();
        of(all, "DAY").forEach(day -> timeline.put(LocalDate.parse(day.value()), day.reports()));
        LocalDate oldest = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(SPARKLINE_DAYS - 1L);
        return new CampaignView(
                summary(row, all, oldest),
                timeline,
                of(all, "COUNTRY").stream()
                        .map(t -> new Count<>(t.value(), t.reports()))
                        .toList(),
                of(all, "CATEGORY").stream()
                        .map(t -> new Count<>(Category.valueOf(t.value()), t.reports()))
                        .toList(),
                ties,
                ignored,
                decisions);
    }

    long groupOf(CampaignId id) {
        return sql
                .queryForList("SELECT group_number FROM campaign.campaign WHERE number = ?", Long.class, id.number())
                .stream()
                .findFirst()
                .orElse(0L);
    }

    /** A report of a group with its facts. */
    record Member(
            long number,
            ReportId report,
            Instant occurredAt,
            Category category,
            Optional<String> country,
            Optional<Money> loss,
            boolean anonymous) {}

    private static final RowMapper<Member> MEMBER = (row, n) -> new Member(
            row.getLong("number"),
            new ReportId(row.getObject("report_id", UUID.class)),
            instant(row, "occurred_at"),
            Category.valueOf(row.getString("category")),
            Optional.ofNullable(row.getString("country")),
            Optional.ofNullable(money(row)),
            row.getBoolean("anonymous"));

    private static @Nullable Money money(ResultSet row) throws SQLException {
        BigDecimal amount = row.getBigDecimal("loss_amount");
        return amount == null ? null : new Money(amount, Currency.getInstance(row.getString("loss_currency")));
    }

    /** The latest received first. */
    Page<Member> members(long group, Optional<String> cursor, int limit) {
        long before = cursor.map(Long::parseLong).orElse(Long.MAX_VALUE);
        List<Member> members = sql.query("""
                SELECT r.* FROM campaign.placement p JOIN campaign.report r ON r.number = p.report
                WHERE p.group_number = ? AND p.report < ? ORDER BY p.report DESC LIMIT ?
                """, MEMBER, group, before, limit + 1);
        boolean more = members.size() > limit;
        List<Member> shown = more ? members.subList(0, limit) : members;
        return new Page<>(
                shown, more ? Optional.of(Long.toString(shown.get(limit - 1).number())) : Optional.empty());
    }

    /** The numbers of those of the reports that are in the group. */
    List<Long> numbersIn(long group, Collection<ReportId> reports) {
        return sql.queryForList(
                """
                SELECT r.number FROM campaign.report r JOIN campaign.placement p ON p.report = r.number
                WHERE p.group_number = ? AND r.report_id = ANY (?)
                """, Long.class, group, reports.stream().map(ReportId::value).toArray(UUID[]::new));
    }

    List<ReportId> reportsIn(long group) {
        return sql.query("""
                SELECT r.report_id FROM campaign.placement p JOIN campaign.report r ON r.number = p.report
                WHERE p.group_number = ?
                """, (row, n) -> new ReportId(row.getObject(1, UUID.class)), group);
    }

    List<Long> allNumbersIn(long group) {
        return sql.queryForList(
                "SELECT report FROM campaign.placement WHERE group_number = ? ORDER BY report", Long.class, group);
    }

    long reports() {
        return count("campaign.report");
    }

    long campaigns() {
        return count("campaign.campaign");
    }

    /** Exact while that is quick, else the planner's estimate: a page needs no exact count of a million rows. */
    private long count(String table) {
        return orZero(sql.queryForObject("""
                SELECT CASE WHEN reltuples > 50000 THEN reltuples::bigint ELSE (SELECT count(*) FROM %s) END
                FROM pg_class WHERE oid = '%s'::regclass
                """.formatted(table, table), Long.class));
    }

    long waiting() {
        return orZero(sql.queryForObject("SELECT count(*) FROM campaign.waiting WHERE failure IS NULL", Long.class));
    }

    boolean settled() {
        return Boolean.TRUE.equals(sql.queryForObject("""
                SELECT NOT EXISTS (SELECT FROM campaign.link_key WHERE unsettled)
                   AND NOT EXISTS (SELECT FROM campaign.family WHERE unsettled)
                   AND NOT EXISTS (SELECT FROM campaign.waiting WHERE failure IS NULL)
                """, Boolean.class));
    }

    private static long orZero(@Nullable Long number) {
        return number == null ? 0 : number;
    }

    /** Where a page ended: the value sorted by and the number that breaks ties. */
    private record Cursor(String value, long number) {
        static Cursor parse(String text) {
            int cut = text.lastIndexOf('~');
            if (cut < 0) throw new IllegalArgumentException("bad cursor");
            return new Cursor(text.substring(0, cut), Long.parseLong(text.substring(cut + 1)));
        }

        String text() {
            return value + "~" + number;
        }
    }
}
