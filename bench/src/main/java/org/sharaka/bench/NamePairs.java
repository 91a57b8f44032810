package org.sharaka.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.sharaka.matching.NameComparator;
import org.sharaka.matching.NameTuning;
import org.sharaka.matching.NameTuning.Labelled;
import org.sharaka.matching.PreparedName;
import org.sharaka.matching.Schema;

/** Labelled pairs of names: columns name1, name2, schema, is_match; case_group and quality are used where they stand. */
final class NamePairs {
    private static final int RESAMPLES = 2_000;

    private final List<Labelled> pairs = new ArrayList<>();
    private final List<String> raws = new ArrayList<>();
    private final List<String> qualities = new ArrayList<>();
    private final UnknownSchemas unknownSchemas = new UnknownSchemas();

    /** @throws BadTableException when the file is no such table, or a label is neither yes nor no; with the line */
    NamePairs(Path file) throws IOException {
        TsvTable table = TsvTable.read(file, "name1", "name2", "schema", "is_match");
        for (int row = 0; row < table.size(); row++) {
            Schema schema = unknownSchemas.read(table, row);
            String one = table.get(row, "name1");
            String other = table.get(row, "name2");
            pairs.add(new Labelled(
                    table.find(row, "case_group")
                            .filter(group -> !group.isBlank())
                            .orElse("all"),
                    PreparedName.of(schema, one),
                    PreparedName.of(schema, other),
                    label(table, row)));
            raws.add(one + " | " + other);
            qualities.add(table.find(row, "quality").orElse(""));
        }
    }

    private static boolean label(TsvTable table, int row) throws BadTableException {
        String label = table.get(row, "is_match").strip();
        return switch (label.toLowerCase(Locale.ROOT)) {
            case "1", "true", "yes", "t", "y", "1.0" -> true;
            case "0", "false", "no", "f", "n", "0.0" -> false;
            default ->
                throw table.problem(
                        row,
                        "is_match must be 1 or 0 (true or false, yes or no)"
                                + (label.isEmpty()
                                        ? " and is empty"
                                        : ", not \"" + UnknownSchemas.shown(label) + "\""));
        };
    }

    void measure(Figures figures, PrintWriter out, double threshold, boolean showErrors) {
        NameComparator comparator = new NameComparator();
        double[] scores = pairs.stream()
                .mapToDouble(pair -> comparator.score(pair.one(), pair.other()))
                .toArray();
        figures.put("pairs", pairs.size(), "pairs");
        unknownSchemas.tell(figures, out);
        figures.put("threshold", threshold, "score");
        report("all", scores, threshold, all(), figures, out);
        Map<String, boolean[]> parts = new TreeMap<>();
        for (int i = 0; i < pairs.size(); i++) {
            String group = pairs.get(i).group();
            part(parts, "group_" + group, i);
            if (group.startsWith("nk_")) part(parts, "group_nk", i);
            part(parts, "script_" + script(raws.get(i)), i);
        }
        parts.forEach((name, kept) -> report(name, scores, threshold, kept, figures, out));
        Map<String, double[]> means = new TreeMap<>();
        for (int i = 0; i < scores.length; i++) {
            if (!pairs.get(i).match() || qualities.get(i).isEmpty()) continue;
            double[] sum = means.computeIfAbsent(qualities.get(i), q -> new double[2]);
            sum[0] += scores[i];
            sum[1]++;
        }
        means.forEach((quality, sum) -> figures.put("mean_match_score_" + key(quality), sum[0] / sum[1], "score"));
        if (!showErrors) return;
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] >= threshold == pairs.get(i).match()) continue;
            out.printf(
                    Locale.ROOT, "%s %.2f  %s%n", pairs.get(i).match() ? "missed" : "alarm ", scores[i], raws.get(i));
        }
    }

    /** Seeks weights anew, five folds, and tells how they do on what they were not sought on. */
    void crossValidate(Figures figures, PrintWriter out, int steps) {
        NameTuning.Result result = new NameTuning(pairs, steps).run(1);
        double[] heldOut = result.heldOut().stream().mapToDouble(score -> score).toArray();
        report("cross_validated", heldOut, NameComparator.THRESHOLD, all(), figures, out);
        boolean[] nk = new boolean[pairs.size()];
        boolean any = false;
        for (int i = 0; i < nk.length; i++) {
            nk[i] = pairs.get(i).group().startsWith("nk_");
            any |= nk[i];
        }
        if (any) report("cross_validated_nk", heldOut, NameComparator.THRESHOLD, nk, figures, out);
        out.println("sought on all: " + result.weights());
        out.println("shipped:       " + NameTuning.shipped());
    }

    private boolean[] all() {
        boolean[] kept = new boolean[pairs.size()];
        Arrays.fill(kept, true);
        return kept;
    }

    private void part(Map<String, boolean[]> parts, String name, int pair) {
        parts.computeIfAbsent(name, n -> new boolean[pairs.size()])[pair] = true;
    }

    /** F1 with the interval that holds 95 of 100 resampled sets. */
    private void report(
            String name, double[] scores, double threshold, boolean[] kept, Figures figures, PrintWriter out) {
        List<Integer> chosen = new ArrayList<>();
        for (int i = 0; i < kept.length; i++) if (kept[i]) chosen.add(i);
        Confusion confusion = new Confusion();
        for (int i : chosen) confusion.add(pairs.get(i).match(), scores[i] >= threshold);
        Random random = new Random(1);
        double[] resampled = new double[RESAMPLES];
        for (int r = 0; r < RESAMPLES; r++) {
            Confusion sample = new Confusion();
            for (int k = 0; k < chosen.size(); k++) {
                int i = chosen.get(random.nextInt(chosen.size()));
                sample.add(pairs.get(i).match(), scores[i] >= threshold);
            }
            resampled[r] = Double.isNaN(sample.f1()) ? 0 : sample.f1();
        }
        Arrays.sort(resampled);
        double low = resampled[(int) (0.025 * RESAMPLES)];
        double high = resampled[(int) (0.975 * RESAMPLES)];
        out.printf(
                Locale.ROOT,
                "%-28s n %5d  precision %.3f  recall %.3f  F1 %.3f (%.3f to %.3f)%n",
                name,
                chosen.size(),
                confusion.precision(),
                confusion.recall(),
                confusion.f1(),
                low,
                high);
        String key = key(name);
        if (!Double.isNaN(confusion.f1())) {
            figures.put(key + "_f1", confusion.f1(), "F1");
            figures.put(key + "_f1_low", low, "F1");
            figures.put(key + "_f1_high", high, "F1");
        }
        if (!Double.isNaN(confusion.precision())) figures.put(key + "_precision", confusion.precision(), "part");
        if (!Double.isNaN(confusion.recall())) figures.put(key + "_recall", confusion.recall(), "part");
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    }

    /** The first script other than Latin that stands in the text. */
    private static String script(String text) {
        return text.codePoints()
                .filter(Character::isLetter)
                .mapToObj(Character.UnicodeScript::of)
                .filter(script -> script != Character.UnicodeScript.LATIN && script != Character.UnicodeScript.COMMON)
                .findFirst()
                .map(script -> script.name().toLowerCase(Locale.ROOT))
                .orElse("latin");
    }
}
