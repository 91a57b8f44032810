package org.sharaka.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Seeks weights of the name comparison on labelled pairs, and says by cross-validation how well weights so found do on pairs that they were
 * not sought on. Not needed at run time.
 */
public final class NameTuning {
    private static final double[] LOWEST = {
        .55, .72, .78, .5, .1, .40, .40, .40, .30, .50, .3, .60, .5, 1, .75, .8, .95, .85
    };
    /** Numbers stay a contradiction, omissions stay cheaper than contradictions, whatever a set of pairs would like. */
    private static final double[] HIGHEST = {
        .70, .90, .88, 1.4, .6, .50, .66, .60, .45, .9, .8, .82, .8, 1, .95, .95, .99, .92
    };

    private static final int FOLDS = 5;

    private final List<Labelled> pairs;
    private final int steps;

    /**
     * A pair of names that are or are not one.
     *
     * @param group pairs of which the folds get equal parts
     */
    public record Labelled(String group, PreparedName one, PreparedName other, boolean match) {}

    /**
     * What was found.
     *
     * @param heldOut by pair, the score under weights that were sought without the pair's fold
     * @param weights sought on all pairs, in words
     */
    public record Result(List<Double> heldOut, String weights) {
        public Result {
            heldOut = List.copyOf(heldOut);
        }
    }

    /** @param steps tries for each search */
    public NameTuning(List<Labelled> pairs, int steps) {
        this.pairs = List.copyOf(pairs);
        this.steps = steps;
    }

    /** Five folds; the same seed gives the same result. */
    public Result run(long seed) {
        int[] folds = folds(seed);
        double[] heldOut = new double[pairs.size()];
        for (int fold = 0; fold < FOLDS; fold++) {
            double[] scores = scores(search(folds, fold, seed + fold));
            for (int i = 0; i < heldOut.length; i++) if (folds[i] == fold) heldOut[i] = scores[i];
        }
        double[] all = search(folds, -1, seed + FOLDS);
        for (int i = 0; i < all.length; i++) all[i] = Math.rint(all[i] * 100) / 100;
        return new Result(
                Arrays.stream(heldOut).boxed().toList(), NameWeights.of(all).toString());
    }

    private int[] folds(long seed) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) order.add(i);
        Collections.shuffle(order, new Random(seed));
        order.sort(Comparator.comparing(i -> pairs.get(i).group() + pairs.get(i).match()));
        int[] folds = new int[pairs.size()];
        for (int i = 0; i < folds.length; i++) folds[order.get(i)] = i % FOLDS;
        return folds;
    }

    private double[] search(int[] folds, int without, long seed) {
        Random random = new Random(seed);
        double[] best = bounded(NameWeights.SHIPPED.toArray());
        double highest = worth(best, folds, without);
        for (int step = 0; step < steps; step++) {
            double[] next = best.clone();
            if (step % 10 == 9) {
                for (int d = 0; d < next.length; d++)
                    next[d] = LOWEST[d] + random.nextDouble() * (HIGHEST[d] - LOWEST[d]);
            } else {
                for (int change = random.nextInt(3); change >= 0; change--) {
                    int d = random.nextInt(next.length);
                    next[d] += random.nextGaussian() * .25 * (HIGHEST[d] - LOWEST[d]);
                }
            }
            double worth = worth(bounded(next), folds, without);
            if (worth > highest) {
                highest = worth;
                best = next;
            }
        }
        return best;
    }

    private static double[] bounded(double[] weights) {
        for (int d = 0; d < weights.length; d++) weights[d] = Math.max(LOWEST[d], Math.min(HIGHEST[d], weights[d]));
        weights[1] = Math.max(weights[1], weights[0] + .02);
        return weights;
    }

    private double[] scores(double[] weights) {
        NameComparator comparator = new NameComparator(NameWeights.of(weights));
        return pairs.stream()
                .mapToDouble(pair -> comparator.score(pair.one(), pair.other()))
                .toArray();
    }

    /** F1, and a little for the distance from the threshold, so that ties are broken for the clearer weights. */
    private double worth(double[] weights, int[] folds, int without) {
        double[] scores = scores(weights);
        boolean[] kept = new boolean[scores.length];
        double clear = 0;
        int count = 0;
        for (int i = 0; i < scores.length; i++) {
            if (folds[i] == without) continue;
            kept[i] = true;
            double margin =
                    (scores[i] - NameComparator.THRESHOLD) * (pairs.get(i).match() ? 20 : -20);
            clear += 1 / (1 + Math.exp(-margin));
            count++;
        }
        return f1(scores, kept) + .15 * clear / count;
    }

    private double f1(double[] scores, boolean[] kept) {
        int right = 0;
        int wrong = 0;
        for (int i = 0; i < scores.length; i++) {
            if (!kept[i]) continue;
            boolean found = scores[i] >= NameComparator.THRESHOLD;
            if (found && pairs.get(i).match()) right++;
            else if (found != pairs.get(i).match()) wrong++;
        }
        return right == 0 ? 0 : 2.0 * right / (2.0 * right + wrong);
    }

    /** The weights that the library ships, in words. */
    public static String shipped() {
        return String.format(Locale.ROOT, "%s", Arrays.toString(NameWeights.SHIPPED.toArray()));
    }
}
