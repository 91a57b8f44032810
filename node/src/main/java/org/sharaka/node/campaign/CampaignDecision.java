package org.sharaka.node.campaign;

import java.time.Instant;
import java.util.Optional;

/**
 * What an analyst decided about a campaign; it stands until undone.
 *
 * @param officer the officer's id
 * @param reports how many reports a split took out; 0 for other decisions
 * @param other the campaign that was joined, or that a split made
 * @param key label of the shared thing that was decided on
 * @param undone when the decision was undone or superseded by a later one
 */
public record CampaignDecision(
        long id,
        Kind kind,
        String officer,
        Instant at,
        String reason,
        int reports,
        Optional<CampaignId> other,
        Optional<String> key,
        Optional<Instant> undone) {
    /** What was decided. */
    public enum Kind {
        SPLIT,
        JOIN,
        KEY_SHARED,
        KEY_LINKS
    }
}
