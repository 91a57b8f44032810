package org.sharaka.bench;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads rows of fields: RFC 4180 with quotes, or plain with tabs; a byte order mark is skipped. */
final class CsvReader implements AutoCloseable {
    private final Reader reader;
    private final char separator;
    private final boolean quoting;
    private int peeked = -2;

    CsvReader(Reader reader, char separator, boolean quoting) {
        this.reader = reader;
        this.separator = separator;
        this.quoting = quoting;
    }

    /** The next row, null at the end. Blank lines are skipped. */
    @Nullable
    List<String> next() throws IOException {
        while (true) {
            int c = peek();
            if (c < 0) return null;
            if (c == '\n' || c == '\r' || c == 0xFEFF) read();
            else return row();
        }
    }

    private List<String> row() throws IOException {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        boolean begin = true;
        while (true) {
            int c = read();
            if (quoted) {
                if (c < 0) throw new IOException("the file ends within a quoted field");
                if (c != '"') field.append((char) c);
                else if (peek() == '"') field.append((char) read());
                else quoted = false;
                continue;
            }
            if (c < 0 || c == '\n' || c == '\r') {
                fields.add(field.toString());
                return fields;
            }
            if (c == separator) {
                fields.add(field.toString());
                field.setLength(0);
                begin = true;
            } else if (c == '"' && quoting && begin) {
                quoted = true;
                begin = false;
            } else {
                field.append((char) c);
                begin = false;
            }
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

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
