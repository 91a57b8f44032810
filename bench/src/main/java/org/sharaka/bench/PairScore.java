package org.sharaka.bench;

import java.util.HashMap;
import java.util.Map;

/**
 * How well groups agree with a truth, counted over pairs of reports: of the pairs put together how many belong together
 * (precision), of those that belong together how many were put together (recall).
 *
 * @param found pairs put together
 * @param wanted pairs that belong together
 * @param right pairs that are both
 */
record PairScore(long found, long wanted, long right) {
    /** Both maps name the group of the same reports. */
    static PairScore of(Map<String, Long> groups, Map<String, String> truth) {
        Map<Long, Long> sizes = new HashMap<>();
        Map<String, Long> trueSizes = new HashMap<>();
        Map<String, Long> both = new HashMap<>();
        groups.forEach((report, group) -> {
            String wanted = truth.getOrDefault(report, "\u0000" + report);
            sizes.merge(group, 1L, Long::sum);
            trueSizes.merge(wanted, 1L, Long::sum);
            both.merge(group + "\t" + wanted, 1L, Long::sum);
        });
        return new PairScore(pairs(sizes), pairs(trueSizes), pairs(both));
    }

    private static long pairs(Map<?, Long> sizes) {
        return sizes.values().stream().mapToLong(size -> size * (size - 1) / 2).sum();
    }

    double precision() {
        return found == 0 ? 1 : (double) right / found;
    }

    double recall() {
        return wanted == 0 ? 1 : (double) right / wanted;
    }

    double f1() {
        double sum = precision() + recall();
        return sum == 0 ? 0 : 2 * precision() * recall() / sum;
    }
}
