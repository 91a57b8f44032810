package org.sharaka.node.campaign;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sharaka.node.intake.Category;
import org.sharaka.node.intake.ReportId;

/**
 * The reports of a campaign and what they share, as a picture can show it.
 *
 * @param reportsTotal reports of the campaign; when more than drawn, the picture holds those with the most ties
 */
public record CampaignGraph(List<ReportNode> reports, List<Reason> keys, List<Edge> edges, int reportsTotal) {
    /** A report. */
    public record ReportNode(ReportId report, Instant occurredAt, Category category, Optional<String> country) {}

    /** A report holds a shared thing; {@code key} is {@link Reason#key()}. */
    public record Edge(ReportId report, long key) {}
}
