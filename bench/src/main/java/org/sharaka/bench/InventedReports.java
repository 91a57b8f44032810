package org.sharaka.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Reports that somebody invented, and which of them belong together. */
final class InventedReports {
    private record Report(String id, Instant time, String text, String group) {}

    private final List<Report> reports = new ArrayList<>();

    /** @param group of the campaign that it belongs to; empty if it belongs to none */
    void add(Instant time, String text, String group) {
        reports.add(new Report("r" + reports.size(), time, text, group));
    }

    int size() {
        return reports.size();
    }

    /** Ids stay. */
    void shuffle(Random random) {
        Collections.shuffle(reports, random);
    }

    /** Writes {@code id,time,text} and {@code id, group}; noise has no group. */
    void write(Path file, Path truth) throws IOException {
        try (BufferedWriter csv = Files.newBufferedWriter(file);
                BufferedWriter tsv = Files.newBufferedWriter(truth)) {
            csv.write("id,time,text\r\n");
            tsv.write("id\tgroup\n");
            for (Report report : reports) {
                csv.write(report.id() + "," + report.time() + ",\""
                        + report.text().replace("\"", "\"\"") + "\"\r\n");
                tsv.write(report.id() + "\t" + report.group() + "\n");
            }
        }
    }
}
