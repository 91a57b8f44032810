package org.sharaka.node.campaign;

import java.util.List;
import java.util.Optional;
import org.sharaka.identifiers.Identifier;
import org.sharaka.node.intake.ReportId;

/**
 * What is known of an identifier.
 *
 * @param identifier as recognised in what the officer typed
 * @param reports how many reports of this node hold it
 * @param campaigns those whose reports hold it, largest first, at most fifty
 * @param latest the latest reports that hold it, at most fifty
 * @param ignored why it does not link, if it does not
 */
public record IdentifierSearch(
        Identifier identifier,
        long reports,
        List<CampaignSummary> campaigns,
        List<ReportId> latest,
        Optional<Reason.Ignored> ignored) {}
