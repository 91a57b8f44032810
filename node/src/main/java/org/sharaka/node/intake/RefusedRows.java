package org.sharaka.node.intake;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rows that were not stored, each with why, as a CSV file of its own: mend it there and import it again. It holds what
 * the rows held, so nobody but its owner may read it. Not made before the first refusal.
 */
final class RefusedRows implements AutoCloseable {
    private final Path file;
    private final List<String> header;
    private final Function<String, String> explanation;
    private @Nullable CsvWriter writer;

    /**
     * @param header of the imported file
     * @param explanation of a code in the administrator's language
     */
    RefusedRows(Path file, List<String> header, Function<String, String> explanation) throws IOException {
        this.file = file;
        this.header = List.copyOf(header);
        this.explanation = explanation;
        Files.deleteIfExists(file);
    }

    void add(RowRefused refused, List<String> fields) throws IOException {
        if (writer == null) writer = begin();
        var row = new ArrayList<String>();
        row.add(String.valueOf(refused.line()));
        row.add(refused.column());
        row.add(refused.code());
        row.add(explanation.apply(refused.code()));
        row.addAll(fields);
        writer.writeRecord(row);
    }

    Optional<Path> written() {
        return writer == null ? Optional.empty() : Optional.of(file);
    }

    private CsvWriter begin() throws IOException {
        if (Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        CsvWriter begun = CsvWriter.builder()
                .build(Files.newBufferedWriter(
                        file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        var columns = new ArrayList<>(List.of("line", "column", "reason", "explanation"));
        columns.addAll(header);
        begun.writeRecord(columns);
        return begun;
    }

    @Override
    public void close() throws IOException {
        if (writer != null) writer.close();
    }
}
