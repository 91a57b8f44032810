package org.sharaka.node.campaign;

import java.time.Instant;
import java.util.List;
import org.sharaka.node.intake.Category;
import org.sharaka.node.intake.Money;

/**
 * A campaign on one line of a list.
 *
 * @param losses what the reports say was lost, one sum a currency, largest first; never converted
 * @param countries ISO 3166-1 alpha-2 codes, most reports first, at most five
 * @param categories most reports first, at most three
 * @param recent reports of the last seven days
 * @param before reports of the seven days before those
 * @param days reports on each of the last thirty days, oldest first
 * @param kinds names of the kinds of identifier that tie most reports together, at most three
 * @param anonymousOnly true if no report has a named reporter: such a campaign proves nothing about a person (S16)
 */
public record CampaignSummary(
        CampaignId id,
        int reports,
        List<Money> losses,
        Instant firstSeen,
        Instant lastSeen,
        List<String> countries,
        List<Category> categories,
        CampaignState state,
        int recent,
        int before,
        List<Integer> days,
        List<String> kinds,
        boolean anonymousOnly) {}
