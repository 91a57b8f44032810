package org.sharaka.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.sharaka.exercise.Scenario;
import org.sharaka.exercise.SyntheticReport;
import org.sharaka.identifiers.CardHash;
import org.sharaka.identifiers.Extractor;
import org.sharaka.identifiers.ExtractorSettings;
import org.sharaka.identifiers.IdentifierKind;
import org.sharaka.identifiers.Region;

/**
 * Imports the reports that are to be there already, as an administrator would. Reports that name a telephone are left out: the
 * ranges that belong to no one hold too few numbers for a million unrelated reports, which would be tied by numbers that they
 * share by accident.
 */
final class StoredReports {
    private static final int SCENARIO_SIZE = 40_000;

    private final Path home;
    private final Path directory;

    /** @param directory for what is left over, and may be deleted */
    StoredReports(Path home, Path directory) {
        this.home = home;
        this.directory = directory;
    }

    /** @return how many seconds the import took */
    double add(int wanted, long firstSeed, PrintWriter out) throws IOException, InterruptedException {
        Path csv = directory.resolve("stored.csv");
        write(csv, wanted, firstSeed);
        String refused = directory.resolve("refused.csv").toString();
        return new Administrator(home, directory, out).importFile("csv-reports", csv, "--refused", refused);
    }

    private static void write(Path csv, int wanted, long firstSeed) throws IOException {
        Extractor extractor = Extractor.create(ExtractorSettings.with(CardHash.hmacSha256(new byte[32])));
        try (BufferedWriter file = Files.newBufferedWriter(csv, StandardCharsets.UTF_8)) {
            file.write("category,narrative,occurred_at,country\r\n");
            for (int written = 0, part = 0; written < wanted; part++) {
                Scenario scenario =
                        Scenario.generate(firstSeed + part, SCENARIO_SIZE, Instant.parse("2026-11-01T12:00:00Z"));
                for (SyntheticReport report : scenario.reports()) {
                    if (written == wanted) break;
                    if (namesTelephone(extractor, report)) continue;
                    file.write(report.category() + ",\"" + report.text().replace("\"", "\"\"") + "\"," + report.time()
                            + "," + report.country() + "\r\n");
                    written++;
                }
            }
        }
    }

    private static boolean namesTelephone(Extractor extractor, SyntheticReport report) {
        return extractor.extract(report.text(), Region.of(report.country())).stream()
                .anyMatch(mention -> mention.identifier().kind() == IdentifierKind.PHONE
                        || mention.identifier().kind() == IdentifierKind.WHATSAPP);
    }
}
