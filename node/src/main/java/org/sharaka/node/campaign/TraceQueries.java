package org.sharaka.node.campaign;

import static java.util.Objects.requireNonNull;
import static org.sharaka.node.platform.SqlTimes.ifAny;

import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sharaka.linking.KeyKind;
import org.sharaka.linking.LinkKey;
import org.sharaka.node.intake.Category;
import org.sharaka.node.intake.Money;
import org.springframework.jdbc.core.JdbcTemplate;

/** What {@link CampaignTraces} reads. Every statement is bounded, whatever the size of a campaign or the crowd behind a key. */
final class TraceQueries {
    /** Holders of one key that are looked at: more are a service, and judged to be one. */
    private static final int HOLDERS_MAX = 2_000;

    private static final int REPORTS_MAX = 50_000;
    private static final int KEYS_MAX = 10_000;

    private final JdbcTemplate sql;

    TraceQueries(JdbcTemplate sql) {
        this.sql = sql;
    }

    List<CampaignTraces.Shared> shared(long group, Set<KeyKind> kinds, int limit) {
        List<CampaignTraces.Shared> found = sql.query(
                """
                SELECT k.hash, k.kind, k.label, held.among FROM (
                    SELECT e.key, count(*) AS among FROM (
                        SELECT report FROM campaign.placement WHERE group_number = ? ORDER BY report DESC LIMIT ?
                    ) AS latest JOIN campaign.edge e ON e.report = latest.report
                    GROUP BY e.key HAVING count(*) >= 2
                ) AS held
                JOIN campaign.link_key k ON k.hash = held.key AND NOT k.shared AND k.kind = ANY (?)
                ORDER BY held.among DESC, k.degree, k.hash LIMIT ?
                """,
                (row, n) -> new CampaignTraces.Shared(
                        KeyKind.valueOf(row.getString("kind")),
                        row.getString("label"),
                        row.getLong("hash"),
                        row.getInt("among")),
                group,
                KeyQueries.REPORTS_LOOKED_AT_MAX,
                kinds.stream().map(KeyKind::name).toArray(String[]::new),
                limit);
        Set<Long> aside =
                held(found.stream().map(each -> LinkKey.bystander(each.key())).toList());
        return found.stream()
                .filter(each -> !aside.contains(LinkKey.bystander(each.key())))
                .toList();
    }

    /** Which of these keys anybody holds. */
    private Set<Long> held(Collection<Long> keys) {
        if (keys.isEmpty()) return Set.of();
        return Set.copyOf(sql.queryForList(
                "SELECT hash FROM campaign.link_key WHERE hash = ANY (?) AND degree > 0", Long.class, (Object)
                        keys.toArray(Long[]::new)));
    }

    /** A report and a key that it holds. */
    record Holding(long key, long report) {}

    /** A report that calls the thing its reporter's own or a true service's does not count as a holder. */
    List<Holding> holding(Collection<CampaignTraces.Wanted> wanted, long after) {
        if (wanted.isEmpty()) return List.of();
        return sql.query(
                """
                SELECT k.hash, e.report FROM unnest(?::bigint[], ?::text[], ?::bigint[]) AS w (hash, kind, aside)
                JOIN campaign.link_key k ON k.hash = w.hash AND k.kind = w.kind AND NOT k.shared AND k.degree > 0
                CROSS JOIN LATERAL (SELECT report FROM campaign.edge WHERE key = k.hash AND report > ? LIMIT ?) AS e
                WHERE NOT EXISTS (SELECT FROM campaign.edge b WHERE b.report = e.report AND b.key = w.aside)
                LIMIT ?
                """,
                (row, n) -> new Holding(row.getLong("hash"), row.getLong("report")),
                wanted.stream().map(CampaignTraces.Wanted::key).toArray(Long[]::new),
                wanted.stream().map(each -> each.kind().name()).toArray(String[]::new),
                wanted.stream().map(each -> LinkKey.bystander(each.key())).toArray(Long[]::new),
                after,
                HOLDERS_MAX,
                REPORTS_MAX);
    }

    /** How many of these reports are in each campaign. */
    Map<Long, Integer> campaignsOf(Collection<Long> reports) {
        Map<Long, Integer> among = new HashMap<>();
        sql.query(
                """
                SELECT c.number, count(*) AS among FROM campaign.placement p
                JOIN campaign.campaign c ON c.group_number = p.group_number
                WHERE p.report = ANY (?) GROUP BY c.number ORDER BY count(*) DESC LIMIT 50
                """,
                row -> {
                    among.put(row.getLong("number"), row.getInt("among"));
                },
                (Object) reports.toArray(Long[]::new));
        return among;
    }

    List<Long> keysOfGroup(long group, Set<KeyKind> kinds) {
        return sql.queryForList(
                """
                SELECT DISTINCT e.key FROM (
                    SELECT report FROM campaign.placement WHERE group_number = ? ORDER BY report DESC LIMIT ?
                ) AS latest JOIN campaign.edge e ON e.report = latest.report
                JOIN campaign.link_key k ON k.hash = e.key AND NOT k.shared AND k.kind = ANY (?)
                LIMIT ?
                """,
                Long.class,
                group,
                KeyQueries.REPORTS_LOOKED_AT_MAX,
                kinds.stream().map(KeyKind::name).toArray(String[]::new),
                KEYS_MAX);
    }

    ReportFigures figures(Collection<Long> reports) {
        return figures("number = ANY (?)", (Object) reports.toArray(Long[]::new));
    }

    ReportFigures figuresOfGroup(long group) {
        return figures("number IN (SELECT report FROM campaign.placement WHERE group_number = ?)", group);
    }

    private ReportFigures figures(String condition, Object argument) {
        List<Category> categories = sql.query(
                "SELECT category FROM campaign.report WHERE " + condition
                        + " GROUP BY category ORDER BY count(*) DESC, category LIMIT 3",
                (row, n) -> Category.valueOf(row.getString("category")),
                argument);
        List<ReportFigures.Loss> losses = sql.query(
                "SELECT loss_currency, sum(loss_amount) AS lost, count(*) AS among FROM campaign.report WHERE "
                        + condition
                        + " AND loss_amount > 0 GROUP BY loss_currency ORDER BY sum(loss_amount) DESC, loss_currency LIMIT 10",
                (row, n) -> new ReportFigures.Loss(
                        new Money(row.getBigDecimal("lost"), Currency.getInstance(row.getString("loss_currency"))),
                        row.getInt("among")),
                argument);
        return requireNonNull(sql.queryForObject(
                "SELECT count(*) AS reports, min(occurred_at) AS first, max(occurred_at) AS last,"
                        + " coalesce(bool_and(anonymous), false) AS anonymous FROM campaign.report WHERE " + condition,
                (row, n) -> new ReportFigures(
                        row.getInt("reports"),
                        losses,
                        ifAny(row, "first"),
                        ifAny(row, "last"),
                        categories,
                        row.getBoolean("anonymous")),
                argument));
    }

    List<Long> numbersOf(long campaign) {
        return sql.queryForList("""
                WITH RECURSIVE joined AS (
                    SELECT number FROM campaign.campaign WHERE number = ?
                    UNION
                    SELECT c.number FROM campaign.campaign c JOIN joined j ON c.joined_to = j.number
                )
                SELECT number FROM joined ORDER BY number LIMIT 1000
                """, Long.class, campaign);
    }

    long linkedUpTo() {
        Long number = sql.queryForObject("SELECT coalesce(max(number), 0) FROM campaign.report", Long.class);
        return number == null ? 0 : number;
    }
}
