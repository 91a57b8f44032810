package org.sharaka.node.platform;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of a CSV file (RFC 4180) one by one in constant memory, and survives malformed ones: a record that
 * cannot be read costs its first line only, then reading goes on at the next line. A quote that is never closed therefore
 * does not swallow the rest of the file, as it does with readers that look at one character after the other.
 */
public final class CsvRecords implements AutoCloseable {
    /** Longest line and longest record, in bytes: a narrative of 100,000 characters fits in any encoding. */
    public static final int RECORD_BYTES_MAX = 1 << 20;

    private static final byte[] UTF8_BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private final Charset charset;
    private final char separator;
    private final Deque<Line> ahead = new ArrayDeque<>();
    private long linesRead;
    private long bytesRead;

    /** @param separator between fields */
    public CsvRecords(InputStream in, Charset charset, char separator) {
        this.in = new BufferedInputStream(in, 1 << 16);
        this.charset = charset;
        this.separator = separator;
    }

    /** One record, or one line that is none. */
    public sealed interface Row {
        /** Number of its first line in the file, from 1. */
        long line();
    }

    public record Fields(long line, List<String> fields) implements Row {}

    /**
     * @param text as far as it can be decoded
     * @param column of the fault in the line, from 1; 0 if it concerns the whole line
     */
    public record Malformed(long line, String text, int column, CsvFault fault) implements Row {}

    /** Bytes of the file behind everything that was returned so far. */
    public long bytesRead() {
        return bytesRead - ahead.stream().mapToLong(Line::length).sum();
    }

    /** @return empty at the end; empty lines are passed over */
    public Optional<Row> next() throws IOException {
        Line first = line();
        while (first != null && first.isEmpty()) first = line();
        if (first == null) return Optional.empty();
        if (first.tooLong) return Optional.of(malformed(first, 0, CsvFault.TOO_LONG));
        var parser = new CsvParser(separator);
        var taken = new ArrayList<Line>();
        long bytes = 0;
        for (Line line = first; line != null; line = line()) {
            taken.add(line);
            bytes += line.length();
            if (line.tooLong || bytes > RECORD_BYTES_MAX)
                return Optional.of(giveUp(taken, CsvFault.QUOTE_NOT_CLOSED, 0));
            String text;
            try {
                text = decoded(line);
            } catch (CharacterCodingException e) {
                return Optional.of(
                        giveUp(taken, CsvFault.WRONG_ENCODING, taken.size() == 1 ? firstUndecodable(first) + 1 : 0));
            }
            Optional<CsvFault> fault = parser.feed(text);
            if (fault.isPresent())
                return Optional.of(giveUp(taken, fault.get(), taken.size() == 1 ? parser.column() : 0));
            if (parser.complete()) return Optional.of(new Fields(first.number, parser.fields()));
        }
        return Optional.of(giveUp(taken, CsvFault.QUOTE_NOT_CLOSED, 0));
    }

    /** Refuses the first line and lets reading go on at the second. */
    private Malformed giveUp(List<Line> taken, CsvFault fault, int column) {
        for (int i = taken.size() - 1; i > 0; i--) ahead.push(taken.get(i));
        return malformed(taken.get(0), column, fault);
    }

    private Malformed malformed(Line line, int column, CsvFault fault) {
        return new Malformed(line.number, new String(line.bytes, charset), column, fault);
    }

    private String decoded(Line line) throws CharacterCodingException {
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(line.bytes))
                .toString();
    }

    private int firstUndecodable(Line line) {
        return Math.max(0, new String(line.bytes, charset).indexOf('\uFFFD'));
    }

    private @Nullable Line line() throws IOException {
        if (!ahead.isEmpty()) return ahead.pop();
        var bytes = new ByteArrayOutputStream(256);
        boolean tooLong = false;
        int unit = in.read();
        if (unit < 0) return null;
        for (; unit >= 0; unit = in.read()) {
            bytesRead++;
            if (bytes.size() < RECORD_BYTES_MAX) bytes.write(unit);
            else tooLong = true;
            if (unit == '\n') break;
        }
        linesRead++;
        byte[] content = bytes.toByteArray();
        return new Line(linesRead, linesRead == 1 ? withoutByteOrderMark(content) : content, tooLong);
    }

    private static byte[] withoutByteOrderMark(byte[] line) {
        boolean marked = line.length >= 3 && line[0] == UTF8_BOM[0] && line[1] == UTF8_BOM[1] && line[2] == UTF8_BOM[2];
        return marked ? Arrays.copyOfRange(line, 3, line.length) : line;
    }

    /** Comma, semicolon or tab, whichever the first line of a file has most. */
    public static char separatorOf(String firstLine) {
        char separator = ',';
        for (char candidate : new char[] {';', '\t'})
            if (count(firstLine, candidate) > count(firstLine, separator)) separator = candidate;
        return separator;
    }

    private static long count(String line, char wanted) {
        return line.chars().filter(unit -> unit == wanted).count();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** A line with its end. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Line(long number, byte[] bytes, boolean tooLong) {
        int length() {
            return bytes.length;
        }

        boolean isEmpty() {
            for (byte unit : bytes) if (unit != '\r' && unit != '\n') return false;
            return true;
        }
    }
}
