package org.sharaka.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Files of others: what spreadsheets do to them is forgiven, what is wrong is told with its line, and never with a stack trace. */
class UnseenFilesTest {
    private static final String HEADER = "name1\tname2\tschema\tis_match\n";
    private static final String PAIRS =
            "Yasmine Tazerwalti\tTAZERWALTI, Yasmine\tPerson\t1\nDmitri Volkodavov\tSergei Volkodavov\tPerson\t0\n";
    private static final String LIST =
            "id\tschema\tname\na\tPerson\tYasmine Tazerwalti\nb\tPerson\tDmitri Volkodavov\n";

    @TempDir
    Path folder;

    private StringWriter out;
    private StringWriter err;

    @BeforeEach
    void empty() {
        out = new StringWriter();
        err = new StringWriter();
    }

    private int names(String text) throws IOException {
        return names(text.getBytes(StandardCharsets.UTF_8));
    }

    private int names(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("pairs.tsv"), bytes);
        return run("names", "--pairs", file.toString());
    }

    private int retrieval(String list, String queries) throws IOException {
        Path listed = Files.writeString(folder.resolve("list.tsv"), list);
        Path asked = Files.writeString(folder.resolve("queries.tsv"), queries);
        return run("retrieval", "--list", listed.toString(), "--queries", asked.toString());
    }

    private int run(String... arguments) {
        CommandLine command = new CommandLine(new NamesOrRetrieval())
                .addSubcommand(new NamesBench())
                .addSubcommand(new RetrievalBench());
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        int status = command.execute(arguments);
        assertThat(err.toString()).doesNotContain("\tat ").doesNotContain("Exception");
        return status;
    }

    @CommandLine.Command(name = "bench")
    private static final class NamesOrRetrieval {}

    @Test
    void aPlainFileIsMeasured() throws IOException {
        assertThat(names(HEADER + PAIRS)).isZero();

        assertThat(out.toString()).contains("all_f1").contains("1 F1");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void whatSpreadsheetsDoIsForgiven() throws IOException {
        String spoilt = "\uFEFF" + "Schema\t NAME1\tname2\t\"is_match\"\tnotes\r\n\r\n"
                + "Person\tYasmine Tazerwalti\t\"TAZERWALTI, Yasmine\"\tTRUE\r\n   \r\n"
                + "Company\t\"Nordquell \"\"Lagoon\"\" GmbH\"\tNordquell Lagoon GmbH\t1\t\r\n"
                + "Person\tDmitri Volkodavov\tSergei Volkodavov\t0\r\n";

        assertThat(names(spoilt)).isZero();

        assertThat(out.toString()).containsPattern("pairs +3 pairs").containsPattern("all_f1 +1 F1");
    }

    @Test
    void aQuoteWithinANameIsPartOfIt() throws IOException {
        Path file = Files.writeString(folder.resolve("pairs.tsv"), HEADER + "ООО \"Лагуна\"\t\"Лагуна\tCompany\t1\n");

        TsvTable table = TsvTable.read(file);

        assertThat(table.get(0, "name1")).isEqualTo("ООО \"Лагуна\"");
        assertThat(table.get(0, "name2")).isEqualTo("\"Лагуна");
    }

    @Test
    void oldLineEndsAreLineEnds() throws IOException {
        assertThat(names((HEADER + PAIRS).replace('\n', '\r'))).isZero();

        assertThat(out.toString()).containsPattern("pairs +2 pairs");
    }

    @Test
    void aMissingColumnIsNamedWithThoseThatAreThere() throws IOException {
        assertThat(names("name1\tname2\tschema\tlabel\n" + PAIRS)).isEqualTo(2);

        assertThat(err.toString())
                .contains("pairs.tsv, line 1")
                .contains("no column is_match")
                .contains("label");
    }

    @Test
    void commasInsteadOfTabsAreNoticed() throws IOException {
        assertThat(names("name1,name2,schema,is_match\na,b,Person,1\n")).isEqualTo(2);

        assertThat(err.toString()).contains("line 1").contains("no tabs");
    }

    @Test
    void anotherCodePageIsToldWithItsLine() throws IOException {
        byte[] arabic = (HEADER + PAIRS + "ياسمين\tYasmine\tPerson\t1\n").getBytes(Charset.forName("windows-1256"));

        assertThat(names(arabic)).isEqualTo(2);

        assertThat(err.toString())
                .contains("pairs.tsv, line 4")
                .contains("UTF-8")
                .contains("Windows-1256");
    }

    @Test
    void utf16IsToldAsSuch() throws IOException {
        assertThat(names((HEADER + PAIRS).getBytes(StandardCharsets.UTF_16))).isEqualTo(2);

        assertThat(err.toString()).contains("line 1").contains("UTF-16");
    }

    @Test
    void binaryIsNoTable() throws IOException {
        assertThat(names(HEADER + "a\0b\tc\tPerson\t1\n")).isEqualTo(2);

        assertThat(err.toString()).contains("line 2").contains("NUL");
    }

    @Test
    void aShortRowAndALongOneAreToldWithTheirLine() throws IOException {
        assertThat(names(HEADER + "\n" + PAIRS + "only one\tand another\tPerson\n"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("line 5").contains("is_match");

        assertThat(names(HEADER + "a\tb\tPerson\t1\tmore\n")).isEqualTo(2);
        assertThat(err.toString()).contains("line 2").contains("5 fields");
    }

    @Test
    void aLabelIsYesOrNo() throws IOException {
        assertThat(names(HEADER + PAIRS + "a\tb\tPerson\tperhaps\n")).isEqualTo(2);

        assertThat(err.toString()).contains("line 4").contains("perhaps");
    }

    @Test
    void anUnknownSchemaIsToldAndCompared() throws IOException {
        assertThat(names(HEADER + PAIRS + "Yasmine\tYasmine\tSpaceship\t1\nA\tA\t\t1\n"))
                .isZero();

        assertThat(out.toString())
                .contains("line 4")
                .contains("Spaceship")
                .contains("line 5")
                .containsPattern("unknown_schemas +2 rows");
    }

    @Test
    void emptyFilesFoldersAndNoFilesAreTold() throws IOException {
        assertThat(names("")).isEqualTo(2);
        assertThat(names(HEADER)).isEqualTo(2);
        assertThat(run("names", "--pairs", folder.toString())).isEqualTo(2);
        assertThat(run("names", "--pairs", folder.resolve("none.tsv").toString()))
                .isEqualTo(2);

        assertThat(err.toString())
                .contains("the file is empty")
                .contains("no row after the header")
                .contains("is a folder")
                .contains("none.tsv: there is no such file");
    }

    @Test
    void hostileNamesAreCompared() throws IOException {
        String tower = "y" + "\u0301".repeat(10_000);

        assertThat(names(HEADER + "\t\tPerson\t0\n" + tower + "\t-\tPerson\t0\n" + "x".repeat(10_000)
                        + "\t1/2/3\tCompany\t0\n" + PAIRS))
                .isZero();
    }

    @Test
    void aListIsSearched() throws IOException {
        int status = retrieval(
                "\uFEFF" + LIST.replace("\n", "\r\n"), "query\tid\nTazerwalti Jasmine\ta\nDmitriy Volkodavow\tb\n");

        assertThat(status).isZero();
        assertThat(out.toString()).containsPattern("queries_rank_1 +1 part");
    }

    @Test
    void queriesForWhoIsNotListedAreToldAndCountAsNotFound() throws IOException {
        assertThat(retrieval(LIST, "query\tid\nYasmine Tazerwalti\ta\nNobody\tz\n"))
                .isZero();

        assertThat(out.toString()).contains("line 3").containsPattern("queries_rank_1 +0.5000 part");
    }

    @Test
    void aListWithoutIdsIsTold() throws IOException {
        assertThat(retrieval(LIST + "\tPerson\tNobody\n", "query\tid\nYasmine\ta\n"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("list.tsv, line 4").contains("id is empty");

        assertThat(retrieval(LIST, "name\tid\nYasmine\ta\n")).isEqualTo(2);
        assertThat(err.toString()).contains("queries.tsv, line 1").contains("no column query");
    }
}
