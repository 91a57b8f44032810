package org.sharaka.node.screening.extract;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sharaka.matching.Entry;
import org.sharaka.matching.ExactKey;
import org.sharaka.matching.PartialDate;
import org.sharaka.matching.Particulars;
import org.sharaka.matching.Schema;
import org.sharaka.node.platform.Vault;
import org.sharaka.node.screening.AskedHash;
import org.sharaka.node.screening.HeldEntry;
import org.sharaka.node.screening.HeldLists;
import org.sharaka.node.screening.ScreeningList;
import org.sharaka.node.screening.extract.ContentWriter.EndLine;
import org.sharaka.node.screening.extract.ContentWriter.EntryLine;
import org.sharaka.node.screening.extract.ContentWriter.Kind;
import org.sharaka.node.screening.hit.Distinction;
import org.sharaka.node.screening.register.HeldRegisters;
import org.sharaka.node.screening.register.RegisteredDocument;
import org.sharaka.node.screening.register.RegisteredVehicle;
import tools.jackson.databind.json.JsonMapper;

/** Reads what {@link ContentWriter} wrote into memory. What is read is believed: its node signed it. */
final class ContentReader {
    private final BufferedReader in;
    private final JsonMapper json = JsonMapper.builder().build();
    private final HeldLists lists = new HeldLists();
    private final HeldRegisters registers = new HeldRegisters();
    private final List<ScreeningList> names = new ArrayList<>();
    private final List<Distinction> distinctions = new ArrayList<>();
    private final List<PostOfficer> officers = new ArrayList<>();
    private Opened.@Nullable Header header;
    private @Nullable String next;
    private long lines;

    ContentReader(InputStream in) {
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1 << 16);
    }

    /** @throws IOException if the content does not end with its last line */
    Opened read(Manifest manifest) throws IOException {
        advance();
        while (!at(Kind.END)) {
            if (at(Kind.HEADER)) header = take(Opened.Header.class);
            else if (at(Kind.OFFICER)) officers.add(take(PostOfficer.class));
            else if (at(Kind.LIST)) list(take(ScreeningList.class));
            else if (at(Kind.DOCUMENT)) registers.add(take(RegisteredDocument.class));
            else if (at(Kind.VEHICLE)) registers.add(take(RegisteredVehicle.class));
            else if (at(Kind.DISTINCTION)) distinctions.add(take(Distinction.class));
            else throw new IOException("a line of no known kind");
        }
        long before = lines;
        if (take(EndLine.class).lines() != before || next != null) throw new IOException("lines are missing");
        Opened.Header known = Objects.requireNonNull(header, "no header");
        AskedHash hash = new AskedHash(Vault.under(known.secret()));
        for (Distinction each : distinctions) lists.distinguish(each.entity(), numbers(each, hash), each.endsAt());
        lists.open();
        return new Opened(manifest, known, names, lists, registers, distinctions, officers);
    }

    private static List<byte[]> numbers(Distinction record, AskedHash hash) {
        List<byte[]> numbers = new ArrayList<>();
        for (String document : record.documents())
            ExactKey.document(document, "").ifPresent(key -> numbers.add(hash.ofNumber(key)));
        return numbers;
    }

    private void list(ScreeningList list) {
        names.add(list);
        lists.add(list, Entries::new);
    }

    /** The lines of entries that come next. */
    private final class Entries implements Iterator<HeldEntry> {
        @Override
        public boolean hasNext() {
            return at(Kind.ENTRY);
        }

        @Override
        public HeldEntry next() {
            if (!hasNext()) throw new NoSuchElementException();
            return entry(take(EntryLine.class));
        }
    }

    private static HeldEntry entry(EntryLine line) {
        List<PartialDate> births = new ArrayList<>();
        for (String birth : line.births()) PartialDate.parse(birth).ifPresent(births::add);
        Set<ExactKey> keys = new LinkedHashSet<>();
        for (String key : line.keys()) {
            String[] parts = key.split(":", 3);
            keys.add(new ExactKey(ExactKey.Kind.valueOf(parts[0]), parts[2], parts[1]));
        }
        Particulars particulars = new Particulars(
                Schema.of(line.schema()).orElseThrow(), line.names(), births, Set.copyOf(line.countries()), keys);
        return new HeldEntry(new Entry(line.id(), particulars), line.first(), line.changed());
    }

    private boolean at(Kind kind) {
        return next != null && !next.isEmpty() && next.charAt(0) == kind.letter;
    }

    private <T> T take(Class<T> type) {
        String line = Objects.requireNonNull(next, "the content ends early");
        T read = json.readValue(line.substring(1), type);
        lines++;
        try {
            advance();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return read;
    }

    private void advance() throws IOException {
        next = in.readLine();
    }
}
