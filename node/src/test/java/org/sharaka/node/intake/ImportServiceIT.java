package org.sharaka.node.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sharaka.node.access.AccessProblem;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.platform.ProblemException;

class ImportServiceIT {
    private static final Actor ADMINISTRATOR = Actor.commandLine("import");
    private static final ImportProgress SILENT = (done, all, soFar) -> {};

    @TempDir
    Path directory;

    private IntakeFixture fixture;

    @BeforeEach
    void openDatabase() {
        fixture = new IntakeFixture();
    }

    @AfterEach
    void dropDatabase() {
        fixture.close();
    }

    @Test
    void rowsBecomeReportsInBatches() throws IOException {
        ImportService.Outcome outcome = run(indicators(1_200), SILENT);

        assertThat(outcome.summary()).isEqualTo(new ImportSummary(1_200, 1_200, 0, 0));
        assertThat(fixture.count("report")).isEqualTo(1_200);
        assertThat(fixture.count("identifier")).isEqualTo(1_200);
        assertThat(fixture.events)
                .extracting(event -> ((ReportsReceived) event).reports().size())
                .containsExactly(500, 500, 200);
        assertThat(fixture.audit.entries)
                .extracting(entry -> entry.substring(0, entry.indexOf(' ')))
                .containsExactly("import.begin", "import.batch", "import.batch", "import.batch", "import.finish");
    }

    @Test
    void aRepeatedImportAddsNothing() throws IOException {
        run(indicators(600), SILENT);

        ImportService.Outcome again = run(indicators(600), SILENT);

        assertThat(again.alreadyFinished()).isTrue();
        assertThat(fixture.count("report")).isEqualTo(600);
    }

    @Test
    void theSameRowsInAnotherFileOfTheSourceAddNothing() throws IOException {
        run(indicators(600), SILENT);
        Path longer = write("longer.csv", Files.readString(indicators(700)));

        ImportService.Outcome outcome = run(longer, SILENT);

        assertThat(outcome.summary()).isEqualTo(new ImportSummary(700, 100, 600, 0));
        assertThat(fixture.count("report")).isEqualTo(700);
    }

    @Test
    void anImportKilledBetweenBatchesGoesOnWhereItStopped() throws IOException {
        Path file = indicators(1_700);

        assertThatThrownBy(() -> run(file, (done, all, soFar) -> {
                    if (soFar.rows() == 1_000) throw new IllegalStateException("killed");
                }))
                .hasMessage("killed");
        assertThat(fixture.count("report")).isEqualTo(1_000);
        ImportService.Outcome outcome = run(file, SILENT);

        assertThat(outcome.resumedAt()).isEqualTo(1_000);
        assertThat(outcome.summary()).isEqualTo(new ImportSummary(1_700, 1_700, 0, 0));
        assertThat(fixture.count("report")).isEqualTo(1_700);
    }

    @Test
    void anImportKilledInsideABatchLosesNothingAndDoublesNothing() throws IOException {
        Path file = indicators(1_200);
        fixture.listener = event -> {
            if (fixture.events.size() == 1) throw new IllegalStateException("killed");
        };

        assertThatThrownBy(() -> run(file, SILENT)).hasMessage("killed");
        assertThat(fixture.count("report")).isEqualTo(500);
        assertThat(fixture.count("imported_row")).isEqualTo(500);
        fixture.listener = event -> {};
        run(file, SILENT);

        assertThat(fixture.count("report")).isEqualTo(1_200);
    }

    @Test
    void equalIndicatorsAreOneAndEqualReportsAreSeveral() throws IOException {
        Path indicators = write("i.csv", "date,type,value\n" + "2025-01-01,domain,a.example\n".repeat(700));
        Path reports = write("r.csv", "category,country\n" + "PHISHING,MA\n".repeat(700));

        assertThat(run(indicators, SILENT).summary()).isEqualTo(new ImportSummary(700, 1, 699, 0));
        assertThat(run(ImportKind.CSV_REPORTS, reports, UTF_8, Map.of(), SILENT).summary())
                .isEqualTo(new ImportSummary(700, 700, 0, 0));
    }

    @Test
    void aLongerExtractOfReportsAddsOnlyWhatIsNew() throws IOException {
        Path first = write("r1.csv", "category,country\n" + "PHISHING,MA\n".repeat(3) + "OTHER,FR\n");
        Path second = write("r2.csv", "category,country\n" + "PHISHING,MA\n".repeat(5) + "OTHER,FR\n");
        run(ImportKind.CSV_REPORTS, first, UTF_8, Map.of(), SILENT);

        assertThat(run(ImportKind.CSV_REPORTS, second, UTF_8, Map.of(), SILENT).summary())
                .isEqualTo(new ImportSummary(6, 2, 4, 0));
    }

    @Test
    void rowsOfOneNumberAreOneReport() throws IOException {
        Path file = write("n.csv", "id,category,text\n7,PHISHING,first\n8,PHISHING,x\n");
        Path corrected = write("m.csv", "id,category,text\n7,PHISHING,second\n9,PHISHING,y\n");
        run(ImportKind.CSV_REPORTS, file, UTF_8, Map.of(), SILENT);

        // Copies of one number count only as often as one file repeats it.
        assertThat(run(ImportKind.CSV_REPORTS, corrected, UTF_8, Map.of(), SILENT)
                        .summary())
                .isEqualTo(new ImportSummary(2, 1, 1, 0));
    }

    @Test
    void aMalformedRowIsRefusedWithItsPlaceAndTheFileGoesOn() throws IOException {
        Path file = write("bad.csv", """
                date,type,value,tags
                2025-01-01,domain,a.example,#x
                2025-01-01,domain,"b.example,#x
                soon,domain,c.example,#x
                2025-01-01,shoe,d.example,#x
                2025-01-01,domain,not a host!,#x
                2025-01-01,domain,e.example
                2099-01-01,domain,f.example,#x
                2025-01-01,domain,g.example,#x
                """);

        ImportService.Outcome outcome = run(file, SILENT);

        assertThat(outcome.summary()).isEqualTo(new ImportSummary(8, 2, 0, 6));
        List<String> refused = Files.readAllLines(outcome.refused().orElseThrow());
        assertThat(refused).hasSize(7);
        assertThat(refused.get(0)).isEqualTo("line,column,reason,explanation,date,type,value,tags");
        assertThat(refused.get(1)).startsWith("3,,intake.malformed.quote-not-closed,");
        assertThat(refused.get(2)).startsWith("4,date,intake.bad-time,");
        assertThat(refused.get(3)).startsWith("5,type,intake.unknown-value,");
        assertThat(refused.get(4)).startsWith("6,,intake.not-recognised.");
        assertThat(refused.get(5)).startsWith("7,,intake.columns-differ,");
        assertThat(refused.get(6))
                .startsWith("8,date,intake.time-in-future,")
                .endsWith("2099-01-01,domain,f.example,#x");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(outcome.refused().orElseThrow())))
                .isEqualTo("rw-------");
    }

    @Test
    void aResumedImportWritesDownTheEarlierRefusalsToo() throws IOException {
        var text = new StringBuilder("date,type,value\nnever,domain,x.example\n");
        for (int i = 0; i < 800; i++)
            text.append("2025-01-01,domain,h").append(i).append(".example\n");
        Path file = write("resume.csv", text.toString());
        assertThatThrownBy(() -> run(file, (done, all, soFar) -> {
                    if (soFar.rows() == 500) throw new IllegalStateException("killed");
                }))
                .hasMessage("killed");

        ImportService.Outcome outcome = run(file, SILENT);

        assertThat(outcome.summary()).isEqualTo(new ImportSummary(801, 800, 0, 1));
        assertThat(Files.readAllLines(outcome.refused().orElseThrow())).hasSize(2);
    }

    @Test
    void wrongBytesAreRefusedUnlessTheEncodingIsStated() throws IOException {
        Charset arabic = Charset.forName("windows-1256");
        Path file = directory.resolve("arabic.csv");
        Files.write(file, "category,text\nPHISHING,وصلتني رسالة\nOTHER,plain\n".getBytes(arabic));

        ImportService.Outcome wrong = run(ImportKind.CSV_REPORTS, file, UTF_8, Map.of(), SILENT);
        assertThat(wrong.summary()).isEqualTo(new ImportSummary(2, 1, 0, 1));
        assertThat(Files.readString(wrong.refused().orElseThrow())).contains("intake.malformed.wrong-encoding");

        assertThat(run(ImportKind.CSV_REPORTS, file, arabic, Map.of(), SILENT).summary())
                .isEqualTo(new ImportSummary(2, 1, 1, 0));
        assertThat(fixture.sql.queryForList("select narrative from intake.report", String.class))
                .contains("وصلتني رسالة");
    }

    @Test
    void aFileThatIsNoTextOrNotThereIsRefusedAsAWhole() throws IOException {
        for (Path file : List.of(
                directory.resolve("missing.csv"),
                directory,
                write("empty.csv", ""),
                write("other.csv", "a;b\n1;2\n"))) {
            assertThatThrownBy(() -> run(file, SILENT)).as(file.toString()).isInstanceOf(ProblemException.class);
        }
        Path wide = directory.resolve("wide.csv");
        Files.write(wide, "date,type,value\n".getBytes(java.nio.charset.StandardCharsets.UTF_16));
        assertThatThrownBy(() -> run(wide, SILENT)).hasMessageContaining("UTF-16");
        assertThat(fixture.count("import")).isZero();
    }

    @Test
    void importingNeedsThePermission() throws IOException {
        Path file = indicators(3);

        assertThatThrownBy(() -> fixture.imports.run(
                        IntakeFixture.officer(Permission.REPORT_SUBMIT),
                        request(ImportKind.CSV_INDICATORS, file, UTF_8, Map.of()),
                        SILENT,
                        code -> code))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(AccessProblem.FORBIDDEN));
        assertThat(fixture.count("report")).isZero();
        assertThat(fixture.audit.entries).singleElement().asString().endsWith("access.forbidden");
    }

    @Test
    void publicFilesAreReadAsTheyAre() throws IOException {
        Path data =
                Path.of(System.getProperty("sharaka.data", "../../shared/data")).resolve("reports");
        Assumptions.assumeTrue(Files.isDirectory(data), "skipped: no real data at " + data);
        for (String name : List.of("tweetfeed-phishing-2025.csv", "phishurl-2023.csv")) {
            ImportService.Outcome outcome = run(head(data.resolve(name), 3_000), SILENT);

            assertThat(outcome.summary().rows()).isEqualTo(3_000);
            assertThat(outcome.summary().refused()).as(name).isLessThan(30);
        }
        ImportService.Outcome reports =
                run(ImportKind.CSV_REPORTS, head(data.resolve("reports-2022.csv"), 3_000), UTF_8, Map.of(), SILENT);
        assertThat(reports.summary()).isEqualTo(new ImportSummary(3_000, 3_000, 0, 0));
    }

    private Path head(Path file, int rows) throws IOException {
        try (var lines = Files.lines(file)) {
            return write(
                    "head-" + file.getFileName(),
                    String.join("\n", lines.limit(rows + 1L).toList()) + "\n");
        }
    }

    private Path indicators(int rows) throws IOException {
        var text = new StringBuilder("date,type,value,tags\n");
        for (int i = 0; i < rows; i++) {
            text.append("2025-01-01 00:00:00,url,https://h").append(i).append(".example/a/b,#phishing\n");
        }
        return write("indicators-" + rows + ".csv", text.toString());
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private ImportService.Outcome run(Path file, ImportProgress progress) throws IOException {
        return run(ImportKind.CSV_INDICATORS, file, UTF_8, Map.of(), progress);
    }

    private ImportService.Outcome run(
            ImportKind kind, Path file, Charset charset, Map<String, String> columns, ImportProgress progress)
            throws IOException {
        return fixture.imports.run(ADMINISTRATOR, request(kind, file, charset, columns), progress, code -> code);
    }

    private ImportRequest request(ImportKind kind, Path file, Charset charset, Map<String, String> columns) {
        return new ImportRequest(
                kind,
                file,
                "test-source",
                columns,
                charset,
                Optional.empty(),
                ZoneOffset.UTC,
                Optional.empty(),
                Optional.empty(),
                directory.resolve(file.getFileName() + ".refused.csv"));
    }
}
