package org.sharaka.node.intake;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.sharaka.node.platform.CsvRecords;

/** The first line of a CSV file, on which all others hang: if it cannot be read, nothing can. */
final class CsvHeader {
    private static final int LENGTH_MAX = 1 << 16;
    private static final int COLUMNS_MAX = 1_000;

    private CsvHeader() {}

    /** @throws org.sharaka.node.platform.ProblemException {@link IntakeProblem#UNREADABLE_FILE} */
    static List<String> read(CsvRecords records) throws IOException {
        Optional<CsvRecords.Row> first = records.next();
        if (first.isEmpty()) throw IntakeProblem.UNREADABLE_FILE.because("the file is empty");
        if (!(first.get() instanceof CsvRecords.Fields header))
            throw IntakeProblem.UNREADABLE_FILE.because(
                    "the first line is no header in the stated encoding: see --encoding");
        List<String> names = header.fields().stream().map(String::strip).toList();
        if (names.stream().anyMatch(name -> name.indexOf('\0') >= 0))
            throw IntakeProblem.UNREADABLE_FILE.because("the file is not text in an encoding of one byte or UTF-8");
        if (names.size() > COLUMNS_MAX) throw IntakeProblem.UNREADABLE_FILE.because("more than 1000 columns");
        return names;
    }

    /** Comma, semicolon or tab, whichever the first line has most. */
    static char separatorOf(ImportRequest request) {
        return CsvRecords.separatorOf(firstLine(request));
    }

    private static String firstLine(ImportRequest request) {
        try (InputStream in = Files.newInputStream(request.file())) {
            String start = new String(in.readNBytes(LENGTH_MAX), StandardCharsets.ISO_8859_1);
            if (start.startsWith("\u00ff\u00fe") || start.startsWith("\u00fe\u00ff"))
                throw IntakeProblem.UNREADABLE_FILE.because("the file is UTF-16: save it as UTF-8");
            int end = start.indexOf('\n');
            return end < 0 ? start : start.substring(0, end);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
