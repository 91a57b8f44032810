package org.sharaka.exercise;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What the node says of campaigns, with the reports under the scenario's keys. */
final class FoundCampaigns {
    private final Map<Long, List<String>> members;
    private final Map<String, Long> campaignOf = new HashMap<>();

    private FoundCampaigns(Map<Long, List<String>> members) {
        this.members = members;
        members.forEach((number, keys) -> keys.forEach(key -> campaignOf.put(key, number)));
    }

    /** @param keyOf scenario keys by the node's references */
    static FoundCampaigns ask(NodeClient node, Map<String, String> keyOf) {
        Map<Long, List<String>> members = new LinkedHashMap<>();
        for (JsonNode campaign : node.all("/api/v1/campaigns")) {
            long number = campaign.path("number").asLong();
            members.put(number, membersOf(node, number, keyOf));
        }
        return new FoundCampaigns(members);
    }

    /** Keys of the reports of one campaign; a report of unknown reference appears as that. */
    static List<String> membersOf(NodeClient node, long number, Map<String, String> keyOf) {
        List<String> keys = new ArrayList<>();
        for (JsonNode report : node.all("/api/v1/campaigns/" + number + "/reports")) {
            String reference = NodeClient.plain(report.path("reference").asString());
            keys.add(keyOf.getOrDefault(reference, reference));
        }
        return keys;
    }

    Map<Long, List<String>> members() {
        return members;
    }

    Optional<Long> campaignOf(String key) {
        return Optional.ofNullable(campaignOf.get(key));
    }

    /** The campaign that holds most of the planted one's reports. */
    Optional<Long> mostOf(PlantedCampaign planted) {
        Map<Long, Integer> counts = new HashMap<>();
        for (String key : planted.reports()) campaignOf(key).ifPresent(number -> counts.merge(number, 1, Integer::sum));
        return counts.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    }
}
