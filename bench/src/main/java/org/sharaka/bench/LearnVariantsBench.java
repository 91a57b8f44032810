package org.sharaka.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sharaka.matching.VariantLearner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** `./sharaka bench learn-variants`: makes the table of spellings that the matching library ships. */
@Command(
        name = "learn-variants",
        mixinStandardHelpOptions = true,
        description =
                "Learns from pairs of names what a letter becomes in Latin, and writes the matching library's variants.tsv.")
public final class LearnVariantsBench implements Callable<Integer> {
    private static final List<String> FILES =
            List.of("translit_arabic.tsv", "translit_hebrew.tsv", "translit_russian.tsv", "ar2en-train.tsv");

    @Option(
            names = "--names",
            required = true,
            paramLabel = "DIR",
            description = "where translit_*.tsv and ar2en-train.tsv are")
    private @Nullable Path names;

    @Option(names = "--out", required = true, paramLabel = "FILE.tsv", description = "the table")
    private @Nullable Path out;

    @Override
    public Integer call() throws IOException {
        if (names == null || out == null) throw new IllegalStateException("picocli fills both");
        learn(names, out);
        return 0;
    }

    static void learn(Path names, Path out) throws IOException {
        VariantLearner learner = new VariantLearner();
        for (String file : FILES) {
            boolean plain = file.startsWith("ar2en");
            try (BufferedReader reader = Files.newBufferedReader(names.resolve(file), StandardCharsets.UTF_8)) {
                reader.readLine();
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    String[] fields = line.split("\t", -1);
                    if (plain) learner.add(fields[0], fields[1]);
                    // The development part stays unseen.
                    else if (fields[0].equals("train")) learner.add(fields[2], fields[1]);
                }
            }
        }
        List<String> rows = new ArrayList<>(
                List.of(
                        "# What a spelling costs as another, in hundredths of a wrong letter: script or LATIN, from, to, cost. Learned, not written by hand:",
                        "# ./sharaka bench learn-variants --names DIR --out FILE, from the training parts of the Wikidata transliteration pairs of",
                        "# Merhav and Ash, COLING 2018 (CC0-1.0) and of the Arabic-English pairs ar2en (Apache-2.0). This table: Apache-2.0."));
        rows.addAll(learner.learn());
        Files.write(out, rows, StandardCharsets.UTF_8);
    }

    public static void main(String[] arguments) throws IOException {
        learn(Path.of(arguments[0]), Path.of(arguments[1]));
    }
}
