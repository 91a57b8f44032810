package org.sharaka.node.campaign;

import java.time.Duration;

/** How a campaign moves, by when its reports say that it happened. */
public enum CampaignState {
    /** First seen within {@link #NEW} and growing. */
    NEW_AND_GROWING,
    /** At least three reports in the last {@link #WINDOW}, and more than in the one before. */
    GROWING,
    /** Seen within {@link #QUIET_AFTER} and not growing. */
    STEADY,
    /** Not seen for {@link #QUIET_AFTER}. */
    QUIET;

    /** The stretch of time whose reports are compared with those of the stretch before. */
    public static final Duration WINDOW = Duration.ofDays(7);

    /** How long a campaign counts as new. */
    public static final Duration NEW = Duration.ofDays(14);

    /** Silence after which a campaign counts as quiet. */
    public static final Duration QUIET_AFTER = Duration.ofDays(30);

    /** Fewest recent reports that can be called growth: two may be chance. */
    static final int GROWTH_REPORTS_MIN = 3;
}
