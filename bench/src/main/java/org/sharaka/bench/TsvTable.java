package org.sharaka.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A tab-separated file with a header row and no quoting, read whole. */
final class TsvTable {
    private final List<String> columns;
    private final List<String[]> rows = new ArrayList<>();

    private TsvTable(List<String> columns) {
        this.columns = columns;
    }

    static TsvTable read(Path file) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            String header = reader.readLine();
            if (header == null) throw new IOException(file.getFileName() + " is empty");
            TsvTable table = new TsvTable(List.of(header.replace("\uFEFF", "").split("\t", -1)));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isBlank()) table.rows.add(line.split("\t", -1));
            }
            return table;
        }
    }

    int size() {
        return rows.size();
    }

    boolean has(String column) {
        return columns.contains(column);
    }

    /** @throws IOException when there is no such column, or the row is too short */
    String get(int row, String column) throws IOException {
        int at = columns.indexOf(column);
        if (at < 0) throw new IOException("no column " + column);
        if (at >= rows.get(row).length) throw new IOException("row " + (row + 2) + " is too short");
        return rows.get(row)[at];
    }

    Optional<String> find(int row, String column) throws IOException {
        return has(column) ? Optional.of(get(row, column)) : Optional.empty();
    }
}
