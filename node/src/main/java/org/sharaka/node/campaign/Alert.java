package org.sharaka.node.campaign;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sharaka.node.intake.Category;
import org.sharaka.node.intake.Money;

/**
 * Says that a campaign is new and growing, and why; never names a person, an account or any other identifier (S16).
 *
 * @param recent reports of the seven days before the alert
 * @param before reports of the seven days before those
 * @param losses sums by currency when the alert was raised
 * @param anonymousOnly true if every report is anonymous: the officer is told that nothing is verified
 * @param acknowledgedBy the id of the officer who took note of it
 */
public record Alert(
        long id,
        CampaignId campaign,
        Instant raisedAt,
        int reports,
        int recent,
        int before,
        List<String> countries,
        List<Category> categories,
        List<Money> losses,
        boolean anonymousOnly,
        Optional<String> acknowledgedBy,
        Optional<Instant> acknowledgedAt) {}
