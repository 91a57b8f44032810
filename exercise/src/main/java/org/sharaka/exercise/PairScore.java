package org.sharaka.exercise;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * How well found campaigns agree with planted ones, counted in pairs of reports.
 *
 * @param together pairs that were found in one campaign
 * @param rightly of these, pairs that were planted in one campaign
 * @param planted pairs that were planted in one campaign
 */
public record PairScore(long together, long rightly, long planted) {
    /**
     * @param found campaigns as sets of report keys
     * @param truth group by report key; a key that is missing belongs to none
     */
    public static PairScore of(Collection<? extends Collection<String>> found, Map<String, String> truth) {
        long together = 0;
        long rightly = 0;
        for (Collection<String> campaign : found) {
            together += pairs(campaign.size());
            Map<String, Integer> groups = new HashMap<>();
            for (String key : campaign) {
                String group = truth.get(key);
                if (group != null) groups.merge(group, 1, Integer::sum);
            }
            for (int size : groups.values()) rightly += pairs(size);
        }
        Map<String, Integer> groups = new HashMap<>();
        for (String group : truth.values()) groups.merge(group, 1, Integer::sum);
        long planted = 0;
        for (int size : groups.values()) planted += pairs(size);
        return new PairScore(together, rightly, planted);
    }

    /** Part of the found pairs that were planted; 1 if none was found. */
    public double precision() {
        return together == 0 ? 1 : (double) rightly / together;
    }

    /** Part of the planted pairs that were found; 1 if none was planted. */
    public double recall() {
        return planted == 0 ? 1 : (double) rightly / planted;
    }

    private static long pairs(long size) {
        return size * (size - 1) / 2;
    }
}
