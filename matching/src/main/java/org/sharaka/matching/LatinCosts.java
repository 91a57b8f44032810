package org.sharaka.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What it costs to read one Latin spelling as another. Letters and the few pairs of letters that anything was learned of stand in one table
 * of some 20 kB, small enough for a processor's nearest cache: most of a search's time goes here. Immutable.
 */
final class LatinCosts {
    /** a to z, then the digits. */
    private static final int LETTERS = 36;

    private static final int SWAPPED = 80;

    /** Dearer than the letters one by one, so it is never chosen. */
    private static final int UNKNOWN = 255;

    /** More than any limit, and no sum of it overflows. */
    private static final int FAR = 1 << 24;

    /** By two letters: the number of the pair as a unit, 0 when nothing was learned of it. */
    private final short[] pairs = new short[LETTERS * LETTERS];

    private final int units;
    /** Cost of one unit for another, both ways alike; unsigned. */
    private final byte[] costs;

    private LatinCosts(Map<String, Integer> numbers) {
        numbers.forEach((unit, number) -> {
            if (unit.length() == 2) pairs[code(unit, 0) * LETTERS + code(unit, 1)] = number.shortValue();
        });
        units = LETTERS + numbers.size();
        costs = new byte[units * units];
        Arrays.fill(costs, (byte) UNKNOWN);
        for (int a = 0; a < LETTERS; a++)
            for (int b = 0; b < LETTERS; b++) costs[a * units + b] = (byte) (a == b ? 0 : VariantTable.WHOLE);
        for (int unit = LETTERS; unit < units; unit++) costs[unit * units + unit] = 0;
    }

    private static int code(String letters, int at) {
        return letters.charAt(at) - 'a';
    }

    /** Collects what was learned. */
    static final class Builder {
        private record Learned(String from, String to, int cost) {}

        private final List<Learned> learned = new ArrayList<>();

        /** Of two costs of the same units the lower counts. */
        void add(String from, String to, int cost) {
            learned.add(new Learned(from, to, cost));
        }

        LatinCosts build() {
            Map<String, Integer> numbers = new HashMap<>();
            for (Learned each : learned) {
                for (String unit : List.of(each.from, each.to)) {
                    if (unit.length() == 2) numbers.putIfAbsent(unit, LETTERS + numbers.size());
                }
            }
            LatinCosts costs = new LatinCosts(numbers);
            for (Learned each : learned) {
                int a = each.from.length() == 1 ? code(each.from, 0) : numbers.get(each.from);
                int b = each.to.length() == 1 ? code(each.to, 0) : numbers.get(each.to);
                int least = Math.min(each.cost, costs.costs[a * costs.units + b] & 255);
                costs.costs[a * costs.units + b] = (byte) least;
                costs.costs[b * costs.units + a] = (byte) least;
            }
            return costs;
        }
    }

    /** Rows of work; one per thread. */
    static final class Scratch {
        private final int[] rows = new int[3 * (Token.LETTERS_MAX + 1)];
        private final int[] pairs = new int[Token.LETTERS_MAX + 1];
    }

    /**
     * Cost of one spelling for another. Costs only add up, so what is over the limit on the way is not followed.
     *
     * @param limit a cost above it comes out as some figure above it
     */
    int of(byte[] a, byte[] b, int limit, Scratch scratch) {
        int n = a.length;
        int m = b.length;
        int width = m + 1;
        int[] rows = scratch.rows;
        int[] pairsOfB = scratch.pairs;
        for (int j = 2; j <= m; j++) pairsOfB[j] = pairs[b[j - 2] * LETTERS + b[j - 1]];
        int before = 0;
        int last = width;
        int here = 2 * width;
        for (int j = 0; j <= m; j++) rows[last + j] = j * VariantTable.WHOLE;
        int lowBefore = width;
        int highBefore = -1;
        int lowLast = 0;
        int highLast = Math.min(m, limit / VariantTable.WHOLE);
        for (int i = 1; i <= n; i++) {
            int x = a[i - 1];
            int previous = i > 1 ? a[i - 2] : -1;
            int letter = x * units;
            int pair = i > 1 ? pairs[previous * LETTERS + x] * units : 0;
            int low = width;
            int high = -1;
            for (int j = 0; j <= m; j++) rows[here + j] = FAR;
            if (i * VariantTable.WHOLE <= limit) {
                rows[here] = i * VariantTable.WHOLE;
                low = 0;
                high = 0;
            }
            // A unit takes two letters at most; beyond that only letters put in lead on.
            int reach = Math.max(highLast, highBefore) + 2;
            for (int j = Math.max(1, Math.min(lowLast, lowBefore)); j <= m; j++) {
                if (j > reach && rows[here + j - 1] + VariantTable.WHOLE > limit) break;
                int y = b[j - 1];
                int cost = rows[last + j - 1] + (costs[letter + y] & 255);
                cost = Math.min(cost, Math.min(rows[last + j], rows[here + j - 1]) + VariantTable.WHOLE);
                if (pair != 0) cost = Math.min(cost, rows[before + j - 1] + (costs[pair + y] & 255));
                if (j > 1) {
                    int other = pairsOfB[j];
                    if (other != 0) {
                        cost = Math.min(cost, rows[last + j - 2] + (costs[letter + other] & 255));
                        if (pair != 0) cost = Math.min(cost, rows[before + j - 2] + (costs[pair + other] & 255));
                    }
                    if (y == previous && x == b[j - 2] && x != y) cost = Math.min(cost, rows[before + j - 2] + SWAPPED);
                }
                if (cost > limit) continue;
                rows[here + j] = cost;
                if (high < 0) low = j;
                high = j;
            }
            if (high < 0 && highLast < 0) return FAR;
            lowBefore = lowLast;
            highBefore = highLast;
            lowLast = low;
            highLast = high;
            int free = before;
            before = last;
            last = here;
            here = free;
        }
        return rows[last + m];
    }
}
