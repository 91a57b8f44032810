package org.sharaka.node.campaign;

import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import org.sharaka.node.intake.Category;

/**
 * A campaign on a page of its own.
 *
 * @param timeline reports by day (UTC); days without reports are absent
 * @param countries reports by ISO 3166-1 alpha-2 code, most first
 * @param categories reports by category, most first
 * @param ties what ties the reports together, most reports first, at most fifty
 * @param ignored shared services that its reports mention and that do not link, at most twenty
 * @param decisions what analysts decided here, latest first
 */
public record CampaignView(
        CampaignSummary summary,
        SortedMap<LocalDate, Integer> timeline,
        List<Count<String>> countries,
        List<Count<Category>> categories,
        List<Reason> ties,
        List<Reason> ignored,
        List<CampaignDecision> decisions) {
    /** How many reports have a value. */
    public record Count<T>(T value, int reports) {}
}
