package org.sharaka.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** `./sharaka bench linking`: how fast and, with files, how well reports are linked. */
@Command(
        name = "linking",
        mixinStandardHelpOptions = true,
        description = {
            "Measures linking, without database and web.",
            "With --reports: links the reports of a file, online, and with --truth tells pair precision and recall.",
            "With --sample: links feeds of indicators and draws pairs and neighbours to be read by hand.",
            "Without: links generated reports in a batch, and adds more one by one."
        })
public final class LinkingBench extends BenchCommand {
    @Option(names = "--reports", paramLabel = "FILE.csv", description = "columns id, time, text; others are ignored")
    private @Nullable Path reports;

    @Option(names = "--truth", paramLabel = "FILE.tsv", description = "columns id, group; a report without is alone")
    private @Nullable Path truth;

    @Option(
            names = "--sample",
            paramLabel = "FILE.csv",
            arity = "1..*",
            description =
                    "instead of reports: columns date and value or url; draws by --seed what a person should read")
    private @Nullable List<Path> sample;

    @Option(
            names = "--messages",
            paramLabel = "SEED",
            description = "instead of files: short messages made to break linking, from this seed")
    private @Nullable Long messages;

    @Option(
            names = "--held-out",
            paramLabel = "SEED",
            description =
                    "instead of files: messages that the seed chooses (odd: wording A, even: B; from 1001: C, from 2001: D)")
    private @Nullable Long heldOut;

    @Option(
            names = "--region",
            defaultValue = "MA",
            description = "country of numbers that name none (default: ${DEFAULT-VALUE})")
    private String region = "MA";

    @Option(
            names = "--batch",
            defaultValue = "500",
            description = "reports added at a time (default: ${DEFAULT-VALUE})")
    private int batch = 500;

    @Option(names = "--count", defaultValue = "10000000", description = "generated reports (default: ${DEFAULT-VALUE})")
    private int count = 10_000_000;

    @Option(
            names = "--online",
            defaultValue = "1000000",
            description = "of these added one by one as well (default: ${DEFAULT-VALUE})")
    private int online = 1_000_000;

    @Option(names = "--seed", defaultValue = "1", description = "of the generated reports (default: ${DEFAULT-VALUE})")
    private long seed = 1;

    @Option(names = "--largest", defaultValue = "10", description = "groups to name (default: ${DEFAULT-VALUE})")
    private int largest = 10;

    @Option(names = "--groups", paramLabel = "FILE.tsv", description = "writes id, group of every report")
    private @Nullable Path groups;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = out();
        Figures figures = new Figures("linking");
        if (messages != null) {
            measureInvented(new ShortMessages(messages).reports(), region, figures, out);
        } else if (heldOut != null && heldOut >= PastedMessages.FIRST_SEED) {
            PastedMessages pasted = new PastedMessages(heldOut);
            out.println("most campaigns tied by " + pasted.favourite());
            measureInvented(pasted.reports(), "FR", figures, out);
        } else if (heldOut != null) {
            HeldOutMessages held = new HeldOutMessages(heldOut);
            out.println("regime " + held.regime());
            measureInvented(held.reports(), "FR", figures, out);
        } else if (sample != null) {
            new LinkingSample(sample, region, seed).draw(figures, out);
        } else if (reports != null) {
            new LinkingQuality(reports, truth, region, batch, largest, groups).measure(figures, out);
        } else {
            new LinkingSpeed(count, online, seed).measure(figures, out);
        }
        publish(figures);
        return 0;
    }

    private void measureInvented(InventedReports invented, String country, Figures figures, PrintWriter out)
            throws IOException {
        Path directory = Files.createTempDirectory("sharaka-bench-");
        Path csv = directory.resolve("reports.csv");
        Path tsv = directory.resolve("truth.tsv");
        try {
            invented.write(csv, tsv);
            new LinkingQuality(csv, tsv, country, batch, largest, groups).measure(figures, out);
        } finally {
            Files.deleteIfExists(csv);
            Files.deleteIfExists(tsv);
            Files.delete(directory);
        }
    }

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new LinkingBench()).execute(arguments));
    }
}
