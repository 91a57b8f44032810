package org.sharaka.node.campaign;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sharaka.node.intake.Category;
import org.sharaka.node.intake.Money;
import org.sharaka.node.intake.ReportId;

/** A report of a campaign with the reasons why it is there, strongest first. */
public record CampaignMember(
        ReportId report,
        Instant occurredAt,
        Category category,
        Optional<String> country,
        Optional<Money> loss,
        boolean anonymous,
        List<Reason> reasons) {}
