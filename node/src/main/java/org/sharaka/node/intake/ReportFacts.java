package org.sharaka.node.intake;

import java.time.Instant;
import java.util.Optional;

/**
 * What decides where a report stands in the officers' queue; nothing of what it tells.
 *
 * @param locality a town or region, as written: untrusted text
 * @param language BCP 47 tag of the narrative
 * @param setAside accepted from a flooding source and not taken up yet
 * @param closed open to one unit only
 */
public record ReportFacts(
        ReportId id,
        Instant receivedAt,
        Category category,
        Optional<String> country,
        Optional<String> locality,
        Optional<String> language,
        Channel channel,
        boolean setAside,
        boolean withdrawn,
        boolean closed,
        Circumstances circumstances) {}
