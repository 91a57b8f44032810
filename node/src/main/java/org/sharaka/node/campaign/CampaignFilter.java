package org.sharaka.node.campaign;

import java.time.Instant;
import java.util.Optional;
import org.sharaka.node.intake.Category;

/**
 * Which campaigns a list shows, and in which order.
 *
 * @param seenFrom only campaigns last seen at or after
 * @param seenTo only campaigns first seen before
 * @param reportsMin smallest size shown, at least 2
 */
public record CampaignFilter(
        Optional<Category> category,
        Optional<String> country,
        Optional<Instant> seenFrom,
        Optional<Instant> seenTo,
        Optional<CampaignState> state,
        int reportsMin,
        Sort sort) {
    /** Largest value first in each case. */
    public enum Sort {
        LAST_SEEN,
        SIZE,
        GROWTH,
        /** By the loss in the node's own currency (setting {@code sharaka.campaign.currency}); others are not converted. */
        LOSS
    }

    public CampaignFilter {
        if (reportsMin < 2) throw new IllegalArgumentException("reportsMin is under 2");
    }

    /** Every campaign, the latest first. */
    public static CampaignFilter all() {
        return new CampaignFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                2,
                Sort.LAST_SEEN);
    }
}
