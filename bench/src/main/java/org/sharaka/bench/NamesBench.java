package org.sharaka.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sharaka.matching.NameComparator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** `./sharaka bench names`: how well names are told apart. */
@Command(
        name = "names",
        mixinStandardHelpOptions = true,
        description = {
            "Measures how well names are told apart.",
            "With --pairs: precision, recall and F1 on any labelled pairs.",
            "Without: the pairs, damaged names, strangers and original scripts of the shared data."
        })
public final class NamesBench extends BenchCommand {
    @Option(
            names = "--pairs",
            paramLabel = "FILE.tsv",
            description = "columns name1, name2, schema, is_match; case_group and quality are used where they stand")
    private @Nullable Path pairs;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "../shared/data",
            description = "the shared data (default: ${DEFAULT-VALUE})")
    private Path data = Path.of("../shared/data");

    @Option(
            names = "--cross-validate",
            paramLabel = "STEPS",
            defaultValue = "0",
            description = "seeks weights anew in five folds, with so many tries each; 0 leaves it out")
    private int steps;

    @Option(names = "--errors", description = "prints the pairs that were judged wrongly")
    private boolean errors;

    @Override
    public Integer call() throws IOException {
        try {
            return measure();
        } catch (BadTableException e) {
            return refuse(e);
        }
    }

    private int measure() throws IOException {
        PrintWriter out = out();
        Figures figures = new Figures("names");
        NamePairs labelled = new NamePairs(pairs != null ? pairs : data.resolve("names/name_bench_dev.tsv"));
        labelled.measure(figures, out, NameComparator.THRESHOLD, errors);
        if (steps > 0) labelled.crossValidate(figures, out, steps);
        if (pairs == null) new ListQuality(data).measure(figures, out);
        publish(figures);
        return 0;
    }
}
