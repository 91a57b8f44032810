package org.sharaka.node.screening.extract;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.sharaka.matching.ExactKey;
import org.sharaka.matching.PartialDate;
import org.sharaka.matching.Particulars;
import org.sharaka.node.screening.HeldEntry;
import org.sharaka.node.screening.ScreeningList;
import org.sharaka.node.screening.hit.Distinction;
import org.sharaka.node.screening.register.RegisteredDocument;
import org.sharaka.node.screening.register.RegisteredVehicle;
import tools.jackson.databind.json.JsonMapper;

/** Writes an extract's content: a line for each thing, its kind as one letter before its JSON, and a last line that says how many. */
final class ContentWriter {
    private final OutputStream out;
    private final JsonMapper json = JsonMapper.builder().build();
    private long lines;

    ContentWriter(OutputStream out) {
        this.out = out;
    }

    /** The kinds of lines. */
    enum Kind {
        HEADER('h'),
        OFFICER('o'),
        LIST('l'),
        ENTRY('e'),
        DOCUMENT('d'),
        VEHICLE('v'),
        DISTINCTION('n'),
        END('z');

        final char letter;

        Kind(char letter) {
            this.letter = letter;
        }
    }

    /** An entry as it is written. */
    record EntryLine(
            String id,
            String schema,
            List<String> names,
            List<String> births,
            List<String> countries,
            List<String> keys,
            Instant first,
            Instant changed) {}

    record EndLine(long lines) {}

    void header(Opened.Header header) {
        line(Kind.HEADER, header);
    }

    void officer(PostOfficer officer) {
        line(Kind.OFFICER, officer);
    }

    /** Its entries follow. */
    void list(ScreeningList list) {
        line(Kind.LIST, list);
    }

    void entry(HeldEntry held) {
        Particulars particulars = held.entry().particulars();
        line(
                Kind.ENTRY,
                new EntryLine(
                        held.entry().id(),
                        particulars.schema().label(),
                        particulars.names(),
                        particulars.births().stream().map(PartialDate::toString).toList(),
                        particulars.countries().stream().sorted().toList(),
                        particulars.keys().stream()
                                .map(ContentWriter::written)
                                .sorted()
                                .toList(),
                        held.firstSeen(),
                        held.changedAt()));
    }

    private static String written(ExactKey key) {
        return key.kind() + ":" + key.country() + ":" + key.value();
    }

    void document(RegisteredDocument document) {
        line(Kind.DOCUMENT, document);
    }

    void vehicle(RegisteredVehicle vehicle) {
        line(Kind.VEHICLE, vehicle);
    }

    /** What the bureau noted of how the person agreed, and who noted it, stays with the node. */
    void distinction(Distinction record) {
        line(
                Kind.DISTINCTION,
                new Distinction(
                        record.id(),
                        record.entity(),
                        record.caption(),
                        record.name(),
                        record.birth(),
                        record.documents(),
                        record.code(),
                        "",
                        "",
                        record.madeAt(),
                        record.endsAt()));
    }

    void end() {
        line(Kind.END, new EndLine(lines));
    }

    private void line(Kind kind, Object content) {
        try {
            out.write(kind.letter);
            out.write(json.writeValueAsString(content).getBytes(StandardCharsets.UTF_8));
            out.write('\n');
            lines++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
