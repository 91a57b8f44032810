package org.sharaka.node.campaign;

import static org.sharaka.node.campaign.CampaignQueries.PAGE_SIZE;
import static org.sharaka.node.platform.SqlTimes.ifAny;
import static org.sharaka.node.platform.SqlTimes.instant;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sharaka.node.platform.Page;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the pages read of alerts and of analysts' decisions. */
final class DecisionQueries {
    private final JdbcTemplate sql;
    private final CampaignQueries campaignQueries;

    DecisionQueries(JdbcTemplate sql, CampaignQueries campaignQueries) {
        this.sql = sql;
        this.campaignQueries = campaignQueries;
    }

    Page<Alert> alerts(boolean open, Optional<String> cursor) {
        record Raw(
                long id,
                CampaignId campaign,
                Instant at,
                int reports,
                int recent,
                int before,
                Optional<String> by,
                Optional<Instant> when) {}
        List<Raw> rows = sql.query(
                """
                SELECT * FROM campaign.alert WHERE id < ? AND (NOT ? OR acknowledged_at IS NULL) ORDER BY id DESC LIMIT ?
                """,
                (row, n) -> new Raw(
                        row.getLong("id"),
                        new CampaignId(row.getLong("campaign")),
                        instant(row, "raised_at"),
                        row.getInt("reports"),
                        row.getInt("recent"),
                        row.getInt("before"),
                        Optional.ofNullable(row.getString("acknowledged_by")),
                        ifAny(row, "acknowledged_at")),
                cursor.map(Long::parseLong).orElse(Long.MAX_VALUE),
                open,
                PAGE_SIZE + 1);
        boolean more = rows.size() > PAGE_SIZE;
        List<Raw> shown = more ? rows.subList(0, PAGE_SIZE) : rows;
        Map<CampaignId, CampaignSummary> campaigns = new HashMap<>();
        campaignQueries
                .summariesOf(shown.stream()
                        .map(raw -> raw.campaign().number())
                        .distinct()
                        .toList())
                .forEach(summary -> campaigns.put(summary.id(), summary));
        List<Alert> alerts = shown.stream()
                .map(raw -> {
                    Optional<CampaignSummary> now = Optional.ofNullable(campaigns.get(raw.campaign()));
                    return new Alert(
                            raw.id(),
                            raw.campaign(),
                            raw.at(),
                            raw.reports(),
                            raw.recent(),
                            raw.before(),
                            now.map(CampaignSummary::countries).orElse(List.of()),
                            now.map(CampaignSummary::categories).orElse(List.of()),
                            now.map(CampaignSummary::losses).orElse(List.of()),
                            now.map(CampaignSummary::anonymousOnly).orElse(false),
                            raw.by(),
                            raw.when());
                })
                .toList();
        return new Page<>(
                alerts,
                more ? Optional.of(Long.toString(shown.get(PAGE_SIZE - 1).id())) : Optional.empty());
    }

    /** The latest first, at most a hundred. */
    List<CampaignDecision> decisions(CampaignId id) {
        return sql.query(
                """
                SELECT d.*, k.label FROM campaign.decision d LEFT JOIN campaign.link_key k ON k.hash = d.key_number
                WHERE d.campaign = ? OR d.other = ? ORDER BY d.id DESC LIMIT 100
                """,
                (row, n) -> {
                    long other = row.getLong("other");
                    return new CampaignDecision(
                            row.getLong("id"),
                            CampaignDecision.Kind.valueOf(row.getString("kind")),
                            row.getString("officer"),
                            instant(row, "decided_at"),
                            row.getString("reason"),
                            row.getInt("reports"),
                            other == 0 ? Optional.empty() : Optional.of(new CampaignId(other)),
                            Optional.ofNullable(row.getString("label")),
                            ifAny(row, "undone_at"));
                },
                id.number(),
                id.number());
    }
}
