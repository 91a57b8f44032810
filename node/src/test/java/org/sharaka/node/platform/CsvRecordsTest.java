package org.sharaka.node.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CsvRecordsTest {
    @Test
    void quotedFieldsHoldSeparatorsQuotesAndLines() throws IOException {
        assertThat(read("a,\"b,\"\"c\"\"\r\nd\",e\r\nf,,g\n"))
                .containsExactly(
                        new CsvRecords.Fields(1, List.of("a", "b,\"c\"\r\nd", "e")),
                        new CsvRecords.Fields(3, List.of("f", "", "g")));
    }

    @Test
    void aFileMayEndWithoutALineBreakAndHoldEmptyLines() throws IOException {
        assertThat(read("\n\r\na,b\n\nc,\"d\""))
                .containsExactly(
                        new CsvRecords.Fields(3, List.of("a", "b")), new CsvRecords.Fields(5, List.of("c", "d")));
        assertThat(read("")).isEmpty();
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstHeader() throws IOException {
        assertThat(read("\uFEFFdate,value\n")).containsExactly(new CsvRecords.Fields(1, List.of("date", "value")));
    }

    @Test
    void aQuoteThatIsNeverClosedCostsItsOwnLineOnly() throws IOException {
        List<CsvRecords.Row> rows = read("a,1\nb,\"2\nc,3\nd,4\n");

        assertThat(rows).hasSize(4);
        assertThat(rows.get(1)).isInstanceOfSatisfying(CsvRecords.Malformed.class, row -> {
            assertThat(row.line()).isEqualTo(2);
            assertThat(row.fault()).isEqualTo(CsvFault.QUOTE_NOT_CLOSED);
        });
        assertThat(rows.get(3)).isEqualTo(new CsvRecords.Fields(4, List.of("d", "4")));
    }

    @Test
    void aQuoteClosedByTheNextRowsQuoteCostsItsOwnLineOnly() throws IOException {
        List<CsvRecords.Row> rows = read("a,\"1\nb,\"2\"\nc,\"3\"\n");

        assertThat(rows).hasSize(3);
        assertThat(rows.get(0)).isInstanceOfSatisfying(CsvRecords.Malformed.class, row -> assertThat(row.fault())
                .isEqualTo(CsvFault.TEXT_AFTER_QUOTE));
        assertThat(rows.get(1)).isEqualTo(new CsvRecords.Fields(2, List.of("b", "2")));
        assertThat(rows.get(2)).isEqualTo(new CsvRecords.Fields(3, List.of("c", "3")));
    }

    @Test
    void bytesOfAnotherEncodingCostTheirLineAndTellTheirPlace() throws IOException {
        byte[] file = "date,brand\n2024,caf\u00e9\n2025,the\n".getBytes(Charset.forName("windows-1252"));

        List<CsvRecords.Row> rows = read(file, UTF_8);

        assertThat(rows).hasSize(3);
        assertThat(rows.get(1)).isInstanceOfSatisfying(CsvRecords.Malformed.class, row -> {
            assertThat(row.fault()).isEqualTo(CsvFault.WRONG_ENCODING);
            assertThat(row.column()).isEqualTo(9);
        });
    }

    @Test
    void arabicInWindows1256IsRead() throws IOException {
        Charset arabic = Charset.forName("windows-1256");

        assertThat(read("النص,1\n".getBytes(arabic), arabic))
                .containsExactly(new CsvRecords.Fields(1, List.of("النص", "1")));
    }

    @Test
    void aLineWithoutEndIsRefusedAndNotHeldInMemory() throws IOException {
        String longLine = "x".repeat(3 * CsvRecords.RECORD_BYTES_MAX);

        List<CsvRecords.Row> rows = read("a,b\n" + longLine + "\nc,d\n");

        assertThat(rows).hasSize(3);
        assertThat(rows.get(1)).isInstanceOfSatisfying(CsvRecords.Malformed.class, row -> {
            assertThat(row.fault()).isEqualTo(CsvFault.TOO_LONG);
            assertThat(row.text()).hasSizeLessThanOrEqualTo(CsvRecords.RECORD_BYTES_MAX);
        });
        assertThat(rows.get(2)).isEqualTo(new CsvRecords.Fields(3, List.of("c", "d")));
    }

    @Test
    void whatACommonWriterWritesIsReadBack() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            var written = new ArrayList<List<String>>();
            var text = new StringWriter();
            try (CsvWriter writer = CsvWriter.builder().build(text)) {
                for (int i = 0; i < 1 + random.nextInt(20); i++) {
                    List<String> fields = List.of(field(random), "x" + field(random), field(random));
                    written.add(fields);
                    writer.writeRecord(fields);
                }
            }

            assertThat(read(text.toString()))
                    .as("seed %d", seed)
                    .extracting(row -> ((CsvRecords.Fields) row).fields())
                    .containsExactlyElementsOf(written);
        }
    }

    private static String field(Random random) {
        String units = "a,\"\n\r;é\u0639 '\t";
        var field = new StringBuilder();
        for (int i = 0; i < random.nextInt(8); i++) field.append(units.charAt(random.nextInt(units.length())));
        return field.toString();
    }

    private static List<CsvRecords.Row> read(String text) throws IOException {
        return read(text.getBytes(UTF_8), UTF_8);
    }

    private static List<CsvRecords.Row> read(byte[] file, Charset charset) throws IOException {
        var rows = new ArrayList<CsvRecords.Row>();
        try (var records = new CsvRecords(new ByteArrayInputStream(file), charset, ',')) {
            for (Optional<CsvRecords.Row> row = records.next(); row.isPresent(); row = records.next()) {
                rows.add(row.get());
            }
        }
        return rows;
    }
}
