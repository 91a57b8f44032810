package org.sharaka.node.campaign;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What campaigns add up to, in the rows that the list and the pages read. */
final class Tallies {
    /** What entering reports add to each campaign, by dimension. */
    private static final String ENTERING = """
            WITH entering AS (
                SELECT m.campaign, r.*, to_char(r.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day
                FROM unnest(?::bigint[], ?::bigint[]) AS m (report, campaign)
                JOIN campaign.report r ON r.number = m.report
            )
            SELECT campaign, 'DAY' AS dimension, day AS value, count(*) AS reports, 0 AS amount
            FROM entering GROUP BY campaign, day
            UNION ALL
            SELECT campaign, 'COUNTRY', country, count(*), 0 FROM entering WHERE country IS NOT NULL
            GROUP BY campaign, country
            UNION ALL
            SELECT campaign, 'CATEGORY', category, count(*), 0 FROM entering GROUP BY campaign, category
            UNION ALL
            SELECT campaign, 'LOSS', loss_currency, count(*), sum(loss_amount) FROM entering
            WHERE loss_currency IS NOT NULL GROUP BY campaign, loss_currency
            UNION ALL
            SELECT n.campaign, 'TIE', k.kind, count(DISTINCT n.number), 0 FROM entering n
            JOIN campaign.edge e ON e.report = n.number
            JOIN campaign.link_key k ON k.hash = e.key AND NOT k.shared AND k.degree >= 2
            GROUP BY n.campaign, k.kind
            """;

    /** What one campaign takes over from others that it takes in whole. */
    private static final String TAKEN_OVER = """
            SELECT m.campaign, f.dimension, f.value, sum(f.reports) AS reports, sum(f.amount) AS amount
            FROM unnest(?::bigint[], ?::bigint[]) AS m (absorbed, campaign)
            JOIN campaign.tally f ON f.campaign = m.absorbed
            GROUP BY m.campaign, f.dimension, f.value
            """;

    private static final String ADD = """
            INSERT INTO campaign.tally AS t (campaign, dimension, value, reports, amount)
            SELECT campaign, dimension, value, reports, amount FROM (%s) AS added ORDER BY 1, 2, 3
            ON CONFLICT (campaign, dimension, value) DO UPDATE
            SET reports = t.reports + excluded.reports, amount = t.amount + excluded.amount
            """;

    private final Statements sql;
    private final String currency;

    /** @param currency ISO 4217 code of the node's own currency, by which the list can be sorted */
    Tallies(Statements sql, String currency) {
        this.sql = sql;
        this.currency = currency;
    }

    /** Reports, or whole campaigns, by the campaign that they enter. */
    static final class Entering {
        private final Map<Long, List<Long>> byCampaign = new TreeMap<>();

        void add(long entering, long campaign) {
            byCampaign.computeIfAbsent(campaign, c -> new ArrayList<>()).add(entering);
        }

        boolean isEmpty() {
            return byCampaign.isEmpty();
        }

        Set<Long> campaigns() {
            return byCampaign.keySet();
        }

        /** In the order of {@link #into}, so that those of one campaign follow each other. */
        Long[] what() {
            return byCampaign.values().stream().flatMap(List::stream).toArray(Long[]::new);
        }

        Long[] into() {
            return byCampaign.entrySet().stream()
                    .flatMap(each -> Collections.nCopies(each.getValue().size(), each.getKey()).stream())
                    .toArray(Long[]::new);
        }

        int into(long campaign) {
            return byCampaign.getOrDefault(campaign, List.of()).size();
        }
    }

    /** Adds to campaigns what entered them, and computes anew what depends on the day. */
    void add(Entering reports, Instant now) {
        if (reports.isEmpty()) return;
        sql.later(ADD.formatted(ENTERING), reports.what(), reports.into());
        write(reports.campaigns(), reports, now);
    }

    /**
     * Adds to campaigns what others added up to that they take in whole; these are to be emptied afterwards, those
     * {@link #refresh refreshed}.
     */
    void takeOver(Entering absorbed) {
        if (absorbed.isEmpty()) return;
        sql.later(ADD.formatted(TAKEN_OVER), absorbed.what(), absorbed.into());
        sql.later("""
                UPDATE campaign.campaign AS c
                SET reports = c.reports + n.reports, named_reports = c.named_reports + n.named_reports,
                    first_seen = least(c.first_seen, n.first_seen), last_seen = greatest(c.last_seen, n.last_seen)
                FROM (
                    SELECT m.campaign, sum(f.reports) AS reports, sum(f.named_reports) AS named_reports,
                        min(f.first_seen) AS first_seen, max(f.last_seen) AS last_seen
                    FROM unnest(?::bigint[], ?::bigint[]) AS m (absorbed, campaign)
                    JOIN campaign.campaign f ON f.number = m.absorbed GROUP BY m.campaign
                ) AS n
                WHERE c.number = n.campaign
                """, absorbed.what(), absorbed.into());
    }

    /** Computes anew what depends on the day: growth, state, and the loss by which the list is sorted. */
    void refresh(Collection<Long> numbers, Instant now) {
        write(numbers, new Entering(), now);
    }

    /** One statement for what entered and what depends on the day: the row has an entry in each order of the list. */
    private void write(Collection<Long> numbers, Entering reports, Instant now) {
        if (numbers.isEmpty()) return;
        List<Long> each = List.copyOf(numbers);
        Integer[] first = new Integer[each.size()];
        Integer[] last = new Integer[each.size()];
        for (int i = 0, end = 0; i < first.length; i++) {
            first[i] = end + 1;
            end += reports.into(each.get(i));
            last[i] = end;
        }
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        sql.later(
                """
                UPDATE campaign.campaign AS c
                SET reports = c.reports + n.reports, named_reports = c.named_reports + n.named,
                    first_seen = least(c.first_seen, n.first_seen), last_seen = greatest(c.last_seen, n.last_seen),
                    recent = n.recent, before = n.before, loss = n.loss, refreshed_on = ?::date,
                    state = CASE
                        WHEN n.recent >= ? AND n.recent > n.before THEN
                            CASE WHEN least(c.first_seen, n.first_seen) > ?::timestamptz THEN 'NEW_AND_GROWING'
                                ELSE 'GROWING' END
                        WHEN greatest(c.last_seen, n.last_seen) < ?::timestamptz THEN 'QUIET' ELSE 'STEADY' END
                FROM (
                    SELECT * FROM unnest(?::bigint[], ?::integer[], ?::integer[]) AS wanted (number, first, last)
                    CROSS JOIN LATERAL (
                        SELECT count(*) AS reports, count(*) FILTER (WHERE NOT r.anonymous) AS named,
                            min(r.occurred_at) AS first_seen, max(r.occurred_at) AS last_seen
                        FROM unnest((?::bigint[])[wanted.first:wanted.last]) AS entering (report)
                        JOIN campaign.report r ON r.number = entering.report
                    ) AS entered
                    CROSS JOIN LATERAL (
                        SELECT coalesce(sum(t.reports) FILTER (WHERE t.dimension = 'DAY' AND t.value > ?), 0) AS recent,
                            coalesce(sum(t.reports) FILTER (WHERE t.dimension = 'DAY' AND t.value <= ?), 0) AS before,
                            coalesce(sum(t.amount) FILTER (WHERE t.dimension = 'LOSS'), 0) AS loss
                        FROM campaign.tally t WHERE t.campaign = wanted.number
                            AND ((t.dimension = 'DAY' AND t.value > ?) OR (t.dimension = 'LOSS' AND t.value = ?))
                    ) AS tallied
                ) AS n
                WHERE c.number = n.number
                """,
                today.toString(),
                CampaignState.GROWTH_REPORTS_MIN,
                now.minus(CampaignState.NEW).toString(),
                now.minus(CampaignState.QUIET_AFTER).toString(),
                each.toArray(Long[]::new),
                first,
                last,
                reports.what(),
                daysBefore(today, 1),
                daysBefore(today, 1),
                daysBefore(today, 2),
                currency);
    }

    /** Takes campaigns back to nothing: they are counted anew, or over. */
    void empty(Collection<Long> numbers) {
        if (numbers.isEmpty()) return;
        Long[] all = numbers.toArray(Long[]::new);
        sql.later("DELETE FROM campaign.tally WHERE campaign = ANY (?)", (Object) all);
        sql.later("""
                UPDATE campaign.campaign
                SET reports = 0, named_reports = 0, first_seen = 'infinity', last_seen = '-infinity'
                WHERE number = ANY (?)
                """, (Object) all);
    }

    /** The last day that is {@code windows} whole windows back. */
    private static String daysBefore(LocalDate today, int windows) {
        return today.minusDays(windows * CampaignState.WINDOW.toDays()).toString();
    }
}
