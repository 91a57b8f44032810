package org.sharaka.matching.lists;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of fields after RFC 4180. */
final class CsvRows {
    private static final int FIELD_MAX = 1_000_000;

    private final Reader reader;
    private int peeked = -2;
    private long row;

    CsvRows(Reader reader) {
        this.reader = reader;
    }

    /** Number of the row that was given last, from 1. */
    long row() {
        return row;
    }

    /**
     * The next row; null at the end.
     *
     * @throws IOException when the file ends within a quoted field, or a field does not end
     */
    @Nullable
    List<String> next() throws IOException {
        int c = peek();
        // A lone end-of-file mark of DOS ends the files of OFAC.
        while (c == '\n' || c == '\r' || c == 0xFEFF || c == 0x1A) {
            read();
            c = peek();
        }
        if (c < 0) return null;
        row++;
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        while (true) {
            c = read();
            if (quoted) {
                if (c < 0) throw new IOException("the file ends within a field of row " + row);
                if (c != '"') field.append((char) c);
                else if (peek() == '"') field.append((char) read());
                else quoted = false;
            } else if (c < 0 || c == '\n' || c == '\r') {
                fields.add(field.toString());
                return fields;
            } else if (c == ',') {
                fields.add(field.toString());
                field.setLength(0);
            } else if (c == '"' && field.isEmpty()) {
                quoted = true;
            } else {
                field.append((char) c);
            }
            if (field.length() > FIELD_MAX) throw new IOException("a field of row " + row + " does not end");
        }
    }

    private int peek() throws IOException {
        if (peeked == -2) peeked = reader.read();
        return peeked;
    }

    private int read() throws IOException {
        int c = peek();
        peeked = -2;
        return c;
    }
}
