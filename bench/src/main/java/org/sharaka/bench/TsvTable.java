package org.sharaka.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A tab-separated file with a header row, in UTF-8, read whole. Forgives what spreadsheets and editors do to such files: a byte order mark,
 * any line ends, blank lines, fields in quotes, columns in any case and order, missing last fields.
 */
final class TsvTable {
    /** Longest name of a column that a message repeats. */
    private static final int SHOWN_MAX = 40;

    private final Path file;
    private final List<String> columns;
    private final List<String[]> rows = new ArrayList<>();
    private final List<Integer> lines = new ArrayList<>();

    private TsvTable(Path file, List<String> columns) {
        this.file = file;
        this.columns = columns;
    }

    /**
     * Reads a file.
     *
     * @param needed columns that it must have
     * @throws BadTableException when it is no such table, with the line
     */
    static TsvTable read(Path file, String... needed) throws IOException {
        byte[] bytes = bytes(file);
        TsvTable table = null;
        int number = 0;
        for (int from = 0; from < bytes.length; ) {
            int to = from;
            while (to < bytes.length && bytes[to] != '\n' && bytes[to] != '\r') to++;
            number++;
            String line = decoded(file, number, bytes, from, to);
            // \r\n is one line end.
            from = to + 1 < bytes.length && bytes[to] == '\r' && bytes[to + 1] == '\n' ? to + 2 : to + 1;
            if (line.isBlank()) continue;
            if (table == null) table = new TsvTable(file, header(file, number, line, needed));
            else table.add(number, line);
        }
        if (table == null) throw new BadTableException(file, "the file is empty");
        if (table.rows.isEmpty()) throw new BadTableException(file, "there is no row after the header");
        return table;
    }

    private static byte[] bytes(Path file) throws IOException {
        if (Files.isDirectory(file)) throw new BadTableException(file, "is a folder, not a file");
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new BadTableException(file, "there is no such file");
        }
        boolean wide = bytes.length >= 2
                && ((bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE)
                        || (bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF));
        if (wide) throw new BadTableException(file, 1, "is UTF-16; save it as UTF-8");
        return bytes;
    }

    private static String decoded(Path file, int number, byte[] bytes, int from, int to) throws BadTableException {
        String line;
        try {
            line = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BadTableException(
                    file,
                    number,
                    "is not UTF-8, perhaps an older code page such as Windows-1256; save the file as UTF-8");
        }
        if (line.indexOf('\0') >= 0) throw new BadTableException(file, number, "holds NUL characters");
        return number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line;
    }

    private static List<String> header(Path file, int number, String line, String... needed) throws BadTableException {
        List<String> columns = new ArrayList<>();
        for (String field : fields(line)) columns.add(field.strip().toLowerCase(Locale.ROOT));
        Set<String> seen = new HashSet<>();
        for (String column : columns) {
            if (!column.isEmpty() && !seen.add(column))
                throw new BadTableException(file, number, "two columns are called " + shown(column));
        }
        for (String column : needed) {
            if (columns.contains(column)) continue;
            List<String> there = columns.stream().map(TsvTable::shown).toList();
            String separator =
                    columns.size() == 1 && (line.contains(",") || line.contains(";")) ? " (no tabs in it)" : "";
            throw new BadTableException(
                    file,
                    number,
                    "there is no column " + column + "; the header must have " + String.join(", ", needed) + " and has "
                            + String.join(", ", there) + separator);
        }
        return List.copyOf(columns);
    }

    private static String shown(String column) {
        String start = column.length() > SHOWN_MAX ? column.substring(0, SHOWN_MAX) + "…" : column;
        return start.replaceAll("\\p{Cntrl}", "?");
    }

    private void add(int number, String line) throws BadTableException {
        String[] fields = fields(line);
        for (int i = columns.size(); i < fields.length; i++) {
            if (!fields[i].isBlank())
                throw new BadTableException(
                        file, number, "has " + fields.length + " fields where the header has " + columns.size());
        }
        rows.add(fields);
        lines.add(number);
    }

    /** Quotes around a whole field, with those within it doubled, are a spreadsheet's; all others belong to the name. */
    private static String[] fields(String line) {
        String[] fields = line.split("\t", -1);
        for (int i = 0; i < fields.length; i++) {
            String field = fields[i];
            if (field.length() < 2 || field.charAt(0) != '"' || field.charAt(field.length() - 1) != '"') continue;
            String within = field.substring(1, field.length() - 1);
            String doubled = within.replace("\"\"", "");
            if (doubled.indexOf('"') < 0) fields[i] = within.replace("\"\"", "\"");
        }
        return fields;
    }

    int size() {
        return rows.size();
    }

    /** Where the row stands in the file, from 1. */
    int line(int row) {
        return lines.get(row);
    }

    boolean has(String column) {
        return columns.contains(column);
    }

    /** @throws BadTableException when there is no such column, or the row ends before it */
    String get(int row, String column) throws BadTableException {
        int at = columns.indexOf(column);
        if (at < 0) throw new BadTableException(file, "there is no column " + column);
        if (at >= rows.get(row).length) throw problem(row, "ends before the column " + column);
        return rows.get(row)[at];
    }

    /** Empty when there is no such column or the row ends before it. */
    Optional<String> find(int row, String column) {
        int at = columns.indexOf(column);
        return at < 0 || at >= rows.get(row).length ? Optional.empty() : Optional.of(rows.get(row)[at]);
    }

    BadTableException problem(int row, String what) {
        return new BadTableException(file, line(row), what);
    }
}
