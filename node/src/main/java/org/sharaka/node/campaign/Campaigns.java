package org.sharaka.node.campaign;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sharaka.linking.Moved;
import org.sharaka.node.intake.ReportEvidence;
import org.sharaka.node.intake.ReportId;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The campaigns and what they add up to. Follows the groups of the linking library: a group of two reports or more is a
 * campaign. Called by one linker at a time, inside its transaction.
 */
final class Campaigns {
    /** A campaign this small is no alert, however new. */
    static final int ALERT_REPORTS_MIN = 5;

    /** What entering reports add to each campaign, by dimension. */
    private static final String ADDED = """
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

    private final JdbcTemplate sql;
    private final String currency;

    /** @param currency ISO 4217 code of the node's own currency, by which the list can be sorted */
    Campaigns(JdbcTemplate sql, String currency) {
        this.sql = sql;
        this.currency = currency;
    }

    /** Numbers the reports for linking; one that has a number keeps it, and its facts are written anew. */
    Map<ReportId, Long> number(Collection<ReportEvidence> reports) {
        Map<ReportId, Long> numbers = new LinkedHashMap<>();
        if (reports.isEmpty()) return numbers;
        List<ReportEvidence> each = List.copyOf(reports);
        sql.query(
                """
                INSERT INTO campaign.report AS r (report_id, received_at, occurred_at, category, country,
                    loss_amount, loss_currency, anonymous)
                SELECT * FROM unnest(?::uuid[], ?::timestamptz[], ?::timestamptz[], ?::text[], ?::text[],
                    ?::numeric[], ?::text[], ?::boolean[])
                ON CONFLICT (report_id) DO UPDATE SET category = excluded.category, country = excluded.country,
                    loss_amount = excluded.loss_amount, loss_currency = excluded.loss_currency,
                    anonymous = excluded.anonymous
                RETURNING number, report_id
                """,
                set -> {
                    set.setObject(1, each.stream().map(r -> r.id().value()).toArray(UUID[]::new));
                    set.setObject(
                            2, each.stream().map(r -> r.receivedAt().toString()).toArray(String[]::new));
                    set.setObject(
                            3, each.stream().map(r -> r.occurredAt().toString()).toArray(String[]::new));
                    set.setObject(4, each.stream().map(r -> r.category().name()).toArray(String[]::new));
                    set.setObject(
                            5, each.stream().map(r -> r.country().orElse(null)).toArray(String[]::new));
                    set.setObject(
                            6,
                            each.stream()
                                    .map(r -> r.loss()
                                            .map(m -> m.amount().toPlainString())
                                            .orElse(null))
                                    .toArray(String[]::new));
                    set.setObject(
                            7,
                            each.stream()
                                    .map(r -> r.loss()
                                            .map(m -> m.currency().getCurrencyCode())
                                            .orElse(null))
                                    .toArray(String[]::new));
                    set.setObject(
                            8, each.stream().map(ReportEvidence::anonymous).toArray(Boolean[]::new));
                },
                row -> {
                    numbers.put(new ReportId(row.getObject("report_id", UUID.class)), row.getLong("number"));
                });
        return numbers;
    }

    /** The numbers of those reports that have one. */
    Map<ReportId, Long> numbersOf(Collection<ReportId> reports) {
        Map<ReportId, Long> numbers = new LinkedHashMap<>();
        sql.query(
                "SELECT number, report_id FROM campaign.report WHERE report_id = ANY (?)",
                set -> set.setObject(1, reports.stream().map(ReportId::value).toArray(UUID[]::new)),
                row -> {
                    numbers.put(new ReportId(row.getObject("report_id", UUID.class)), row.getLong("number"));
                });
        return numbers;
    }

    /** Forgets reports that were taken out; their campaigns have been told by {@link #follow}. */
    void forget(Collection<Long> reports) {
        sql.update("DELETE FROM campaign.report WHERE number = ANY (?)", (Object) reports.toArray(Long[]::new));
    }

    /** Counts the campaigns of these reports anew, because their facts changed. */
    void recount(Collection<Long> reports, Instant now) {
        if (reports.isEmpty()) return;
        Set<Long> groups = new HashSet<>(sql.queryForList(
                "SELECT DISTINCT group_number FROM campaign.placement WHERE report = ANY (?)", Long.class, (Object)
                        reports.toArray(Long[]::new)));
        refresh(buildAnew(groups, campaignsOf(groups)), now);
    }

    /**
     * Brings the campaigns in line with reports that changed their group.
     *
     * @return numbers of the campaigns that changed
     */
    Set<Long> follow(Collection<Moved> moves, Instant now) {
        Map<Long, Long> campaigns = campaignsOf(groupsIn(moves));
        Map<Long, List<Long>> entering = new HashMap<>();
        Set<Long> left = new HashSet<>();
        Set<Long> anew = new HashSet<>();
        for (Moved move : moves) {
            if (move.from() == move.to()) continue;
            if (move.from() != 0) left.add(move.from());
            if (move.to() == 0) continue;
            if (campaigns.containsKey(move.to())) {
                entering.computeIfAbsent(move.to(), g -> new ArrayList<>()).add(move.report());
            } else {
                anew.add(move.to());
            }
        }
        for (Long group : left) {
            if (campaigns.containsKey(group)) {
                anew.add(group);
                entering.remove(group);
            }
        }
        Set<Long> changed = new HashSet<>();
        changed.addAll(enter(entering, campaigns));
        changed.addAll(buildAnew(anew, campaigns));
        close(left, campaigns, moves);
        refresh(changed, now);
        return changed;
    }

    private static Set<Long> groupsIn(Collection<Moved> moves) {
        Set<Long> groups = new HashSet<>();
        for (Moved move : moves) {
            groups.add(move.from());
            groups.add(move.to());
        }
        groups.remove(0L);
        return groups;
    }

    /** The campaigns that these groups are, by group. */
    Map<Long, Long> campaignsOf(Collection<Long> groups) {
        Map<Long, Long> campaigns = new HashMap<>();
        if (groups.isEmpty()) return campaigns;
        sql.query(
                "SELECT group_number, number FROM campaign.campaign WHERE group_number = ANY (?)",
                set -> set.setObject(1, groups.toArray(Long[]::new)),
                row -> {
                    campaigns.put(row.getLong("group_number"), row.getLong("number"));
                });
        return campaigns;
    }

    private Set<Long> enter(Map<Long, List<Long>> entering, Map<Long, Long> campaigns) {
        List<Long> reports = new ArrayList<>();
        List<Long> into = new ArrayList<>();
        entering.forEach((group, members) -> {
            for (Long member : members) {
                reports.add(member);
                into.add(campaigns.get(group));
            }
        });
        addUp(reports, into);
        return new HashSet<>(into);
    }

    private void addUp(List<Long> reports, List<Long> into) {
        if (reports.isEmpty()) return;
        sql.update("""
                INSERT INTO campaign.tally AS t (campaign, dimension, value, reports, amount)
                SELECT campaign, dimension, value, reports, amount FROM (%s) AS added ORDER BY 1, 2, 3
                ON CONFLICT (campaign, dimension, value) DO UPDATE
                SET reports = t.reports + excluded.reports, amount = t.amount + excluded.amount
                """.formatted(ADDED), set -> {
            set.setObject(1, reports.toArray(Long[]::new));
            set.setObject(2, into.toArray(Long[]::new));
        });
        sql.update("""
                UPDATE campaign.campaign AS c
                SET reports = c.reports + n.reports, named_reports = c.named_reports + n.named,
                    first_seen = least(c.first_seen, n.first_seen), last_seen = greatest(c.last_seen, n.last_seen)
                FROM (
                    SELECT m.campaign, count(*) AS reports, count(*) FILTER (WHERE NOT r.anonymous) AS named,
                        min(r.occurred_at) AS first_seen, max(r.occurred_at) AS last_seen
                    FROM unnest(?::bigint[], ?::bigint[]) AS m (report, campaign)
                    JOIN campaign.report r ON r.number = m.report GROUP BY m.campaign
                ) AS n
                WHERE c.number = n.campaign
                """, set -> {
            set.setObject(1, reports.toArray(Long[]::new));
            set.setObject(2, into.toArray(Long[]::new));
        });
    }

    /** Campaigns whose groups are new, or lost reports: small as a rule, so they are counted from nothing. */
    private Set<Long> buildAnew(Set<Long> groups, Map<Long, Long> campaigns) {
        if (groups.isEmpty()) return Set.of();
        List<Long> reports = new ArrayList<>();
        List<Long> into = new ArrayList<>();
        membersOf(groups).forEach((group, members) -> {
            if (members.size() < 2) return;
            long campaign = campaigns.containsKey(group) ? reset(requireNonNull(campaigns.get(group))) : open(group);
            for (Long member : members) {
                reports.add(member);
                into.add(campaign);
            }
        });
        addUp(reports, into);
        return new HashSet<>(into);
    }

    private Map<Long, List<Long>> membersOf(Set<Long> groups) {
        Map<Long, List<Long>> members = new LinkedHashMap<>();
        sql.query("""
                SELECT group_number, report FROM campaign.placement WHERE group_number = ANY (?)
                ORDER BY group_number, report
                """, set -> set.setObject(1, groups.toArray(Long[]::new)), row -> {
            members.computeIfAbsent(row.getLong("group_number"), g -> new ArrayList<>())
                    .add(row.getLong("report"));
        });
        return members;
    }

    private long open(long group) {
        return requireNonNull(sql.queryForObject("""
                INSERT INTO campaign.campaign (group_number, reports, named_reports, first_seen, last_seen, recent, before,
                    state, refreshed_on, loss)
                VALUES (?, 0, 0, 'infinity', '-infinity', 0, 0, 'STEADY', '-infinity', 0) RETURNING number
                """, Long.class, group));
    }

    private long reset(long campaign) {
        sql.update("DELETE FROM campaign.tally WHERE campaign = ?", campaign);
        sql.update("""
                UPDATE campaign.campaign
                SET reports = 0, named_reports = 0, first_seen = 'infinity', last_seen = '-infinity' WHERE number = ?
                """, campaign);
        return campaign;
    }

    /** Ends campaigns whose group has fewer than two reports left, and says where the reports went. */
    private void close(Set<Long> left, Map<Long, Long> campaigns, Collection<Moved> moves) {
        left.retainAll(campaigns.keySet());
        if (left.isEmpty()) return;
        left.removeIf(
                group -> membersOf(Set.of(group)).getOrDefault(group, List.of()).size() >= 2);
        Map<Long, Long> now = campaignsOf(groupsIn(moves));
        for (Long group : left) {
            @Nullable
            Long joinedTo = moves.stream()
                    .filter(move -> move.from() == group)
                    .map(move -> now.get(move.to()))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
            long campaign = reset(requireNonNull(campaigns.get(group)));
            sql.update(
                    "UPDATE campaign.campaign SET group_number = NULL, joined_to = ? WHERE number = ?",
                    joinedTo,
                    campaign);
        }
    }

    /** Computes anew what depends on the day: growth, state, and the loss by which the list is sorted. */
    void refresh(Collection<Long> numbers, Instant now) {
        if (numbers.isEmpty()) return;
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        sql.update(
                """
                UPDATE campaign.campaign AS c
                SET recent = n.recent, before = n.before, loss = n.loss, refreshed_on = ?::date,
                    state = CASE
                        WHEN n.recent >= ? AND n.recent > n.before THEN
                            CASE WHEN c.first_seen > ?::timestamptz THEN 'NEW_AND_GROWING' ELSE 'GROWING' END
                        WHEN c.last_seen < ?::timestamptz THEN 'QUIET' ELSE 'STEADY' END
                FROM unnest(?::bigint[]) AS wanted (number)
                CROSS JOIN LATERAL (
                    SELECT coalesce(sum(reports) FILTER (WHERE dimension = 'DAY' AND value > ?), 0) AS recent,
                        coalesce(sum(reports) FILTER (WHERE dimension = 'DAY' AND value <= ? AND value > ?), 0) AS before,
                        coalesce(sum(amount) FILTER (WHERE dimension = 'LOSS'), 0) AS loss
                    FROM campaign.tally t WHERE t.campaign = wanted.number
                        AND ((dimension = 'DAY' AND value > ?) OR (dimension = 'LOSS' AND value = ?))
                ) AS n
                WHERE c.number = wanted.number
                """,
                today.toString(),
                CampaignState.GROWTH_REPORTS_MIN,
                now.minus(CampaignState.NEW).toString(),
                now.minus(CampaignState.QUIET_AFTER).toString(),
                numbers.toArray(Long[]::new),
                daysBefore(today, 1),
                daysBefore(today, 1),
                daysBefore(today, 2),
                daysBefore(today, 2),
                currency);
    }

    /** The last day that is {@code windows} whole windows back. */
    private static String daysBefore(LocalDate today, int windows) {
        return today.minusDays(windows * CampaignState.WINDOW.toDays()).toString();
    }

    /**
     * Refreshes campaigns that were last refreshed on an earlier day.
     *
     * @return how many; 0 when all are of today
     */
    int refreshOutdated(Instant now, int limit) {
        List<Long> outdated = sql.queryForList(
                """
                SELECT number FROM campaign.campaign
                WHERE group_number IS NOT NULL AND state <> 'QUIET' AND refreshed_on < ?::date LIMIT ?
                """, Long.class, LocalDate.ofInstant(now, ZoneOffset.UTC).toString(), limit);
        refresh(outdated, now);
        return outdated.size();
    }

    /** Raises an alert for each campaign that is new and growing, and again each time it has doubled. */
    int raiseAlerts(Collection<Long> numbers, Instant now) {
        if (numbers.isEmpty()) return 0;
        return sql.update("""
                INSERT INTO campaign.alert (campaign, raised_at, reports, recent, before)
                SELECT c.number, ?::timestamptz, c.reports, c.recent, c.before FROM campaign.campaign c
                WHERE c.number = ANY (?) AND c.state = 'NEW_AND_GROWING' AND c.reports >= ?
                AND NOT EXISTS (
                    SELECT FROM campaign.alert a WHERE a.campaign = c.number AND a.reports * 2 > c.reports)
                """, now.toString(), numbers.toArray(Long[]::new), ALERT_REPORTS_MIN);
    }
}
