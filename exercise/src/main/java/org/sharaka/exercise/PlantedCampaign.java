package org.sharaka.exercise;

import java.util.List;
import java.util.Optional;

/**
 * Reports that one invented gang caused, as the generator planted them.
 *
 * @param crime what is told in its reports
 * @param voice how most of its reporters write
 * @param reports keys of its reports in order of time
 * @param anchor what its latest report names; empty if a text alone holds it together
 */
public record PlantedCampaign(
        String group, Shape shape, Crime crime, Voice voice, List<String> reports, Optional<Clue> anchor) {
    public PlantedCampaign {
        reports = List.copyOf(reports);
    }
}
