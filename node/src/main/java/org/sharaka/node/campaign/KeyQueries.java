package org.sharaka.node.campaign;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.sharaka.node.intake.ReportId;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/** What the pages read of the things that reports share. Every statement is bounded, whatever the size of a campaign. */
final class KeyQueries {
    /** How many of a campaign's latest reports, or of a key's holders, are looked through. */
    static final int REPORTS_LOOKED_AT_MAX = 2_000;

    private final JdbcTemplate sql;

    KeyQueries(JdbcTemplate sql) {
        this.sql = sql;
    }

    /** A key as it stands among some reports of a group. */
    record SharedKey(long hash, String kind, String label, int degree, int among, boolean shared, Reason.Ignored why) {}

    private static final RowMapper<SharedKey> SHARED_KEY = (row, n) -> new SharedKey(
            row.getLong("hash"),
            row.getString("kind"),
            row.getString("label"),
            row.getInt("degree"),
            row.getInt("among"),
            row.getBoolean("shared"),
            why(row));

    private static Reason.Ignored why(ResultSet row) throws SQLException {
        if (row.getString("mark").equals("SHARED")) return Reason.Ignored.ANALYST;
        return row.getBoolean("listed") ? Reason.Ignored.LISTED : Reason.Ignored.OBSERVED;
    }

    /**
     * What at least two of the latest reports of a group hold, most held first.
     *
     * @param shared keys that do not link, or those that do
     */
    List<SharedKey> keysOfGroup(long group, boolean shared, int limit) {
        return sql.query("""
                SELECT k.*, held.among FROM (
                    SELECT e.key, count(*) AS among FROM (
                        SELECT report FROM campaign.placement WHERE group_number = ? ORDER BY report DESC LIMIT ?
                    ) AS latest JOIN campaign.edge e ON e.report = latest.report
                    GROUP BY e.key HAVING count(*) >= 2
                ) AS held
                JOIN campaign.link_key k ON k.hash = held.key AND k.shared = ?
                ORDER BY held.among DESC, k.degree, k.hash LIMIT ?
                """, SHARED_KEY, group, REPORTS_LOOKED_AT_MAX, shared, limit);
    }

    /** The keys of these reports, by report; those that nobody else holds are left out. */
    Map<Long, List<SharedKey>> keysOf(Collection<Long> reports) {
        Map<Long, List<SharedKey>> keys = new LinkedHashMap<>();
        if (reports.isEmpty()) return keys;
        sql.query(
                """
                SELECT e.report, k.*, 0 AS among FROM campaign.edge e JOIN campaign.link_key k ON k.hash = e.key
                WHERE e.report = ANY (?) AND k.degree >= 2 ORDER BY k.degree, k.hash
                """,
                (ResultSet row) -> {
                    keys.computeIfAbsent(row.getLong("report"), r -> new ArrayList<>())
                            .add(SHARED_KEY.mapRow(row, 0));
                },
                (Object) reports.toArray(Long[]::new));
        return keys;
    }

    /** How many of a group's latest reports hold each of these keys. */
    Map<Long, Integer> amongGroup(long group, Collection<Long> keys) {
        Map<Long, Integer> among = new HashMap<>();
        if (keys.isEmpty()) return among;
        sql.query(
                """
                SELECT e.key, count(*) AS among FROM (
                    SELECT report FROM campaign.placement WHERE group_number = ? ORDER BY report DESC LIMIT ?
                ) AS latest JOIN campaign.edge e ON e.report = latest.report
                WHERE e.key = ANY (?) GROUP BY e.key
                """,
                row -> {
                    among.put(row.getLong("key"), row.getInt("among"));
                },
                group,
                REPORTS_LOOKED_AT_MAX,
                keys.toArray(Long[]::new));
        return among;
    }

    /** What is known of a key, and in which campaigns it stands. */
    record Known(SharedKey key, List<Long> campaigns, List<ReportId> latest) {}

    Optional<Known> known(long hash) {
        List<SharedKey> keys =
                sql.query("SELECT k.*, 0 AS among FROM campaign.link_key k WHERE hash = ?", SHARED_KEY, hash);
        if (keys.isEmpty() || keys.get(0).degree() == 0) return Optional.empty();
        List<ReportId> latest = sql.query(
                """
                SELECT r.report_id FROM (SELECT report FROM campaign.edge WHERE key = ? LIMIT ?) AS e
                JOIN campaign.report r ON r.number = e.report ORDER BY r.number DESC LIMIT 50
                """, (row, n) -> new ReportId(row.getObject("report_id", UUID.class)), hash, REPORTS_LOOKED_AT_MAX);
        List<Long> campaigns = sql.queryForList("""
                SELECT c.number FROM campaign.campaign c WHERE c.group_number IN (
                    SELECT DISTINCT p.group_number
                    FROM (SELECT report FROM campaign.edge WHERE key = ? LIMIT ?) AS e
                    JOIN campaign.placement p ON p.report = e.report)
                ORDER BY c.reports DESC LIMIT 50
                """, Long.class, hash, REPORTS_LOOKED_AT_MAX);
        return Optional.of(new Known(keys.get(0), campaigns, latest));
    }
}
