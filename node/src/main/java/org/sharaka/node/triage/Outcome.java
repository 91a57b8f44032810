package org.sharaka.node.triage;

import java.time.Instant;
import java.util.UUID;
import org.sharaka.node.campaign.CampaignId;

/**
 * What came of a campaign.
 *
 * @param note for officers; untrusted text of 3 to {@link #NOTE_LENGTH_MAX} characters, never told to reporters
 * @param recordedBy id of the officer
 * @param told how many reporters hear that they helped
 */
public record Outcome(
        UUID id, CampaignId campaign, Kind kind, String note, String recordedBy, Instant recordedAt, int told) {
    static final int NOTE_LENGTH_MAX = 1_000;

    /** The names are stored: never rename one. */
    public enum Kind {
        ARREST,
        TAKEDOWN,
        MONEY_HELD
    }
}
