package org.sharaka.node.screening;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.sharaka.matching.Entry;
import org.sharaka.matching.lists.FtmReader;
import org.sharaka.matching.lists.ListReport;
import org.sharaka.matching.lists.OfacReader;
import org.sharaka.matching.lists.UnListReader;

/** A list as it was published: one file, or for OFAC a file with two others beside it. */
final class ListFile {
    /** The last byte of OFAC's files: without it one was cut, be it between two rows. */
    private static final byte END_OF_FILE = 0x1A;

    private final ListFormat format;
    private final Path file;
    private final String list;

    /** @param list name under which the entries are kept */
    ListFile(ListFormat format, Path file, String list) {
        this.format = format;
        this.file = file;
        this.list = list;
    }

    /** The files that together are the list, that of the entries first. */
    private List<Path> files() {
        if (format != ListFormat.OFAC_CSV) return List.of(file);
        return List.of(file, file.resolveSibling("alt.csv"), file.resolveSibling("sdn_comments.csv"));
    }

    /** Whether all of it is there to be read. */
    boolean readable() {
        return files().stream().allMatch(each -> Files.isReadable(each) && !Files.isDirectory(each));
    }

    /** SHA-256 of the file itself, as its publisher would give it. */
    byte[] hash() throws IOException {
        return hash(List.of(file));
    }

    /** SHA-256 of all files one after the other. */
    byte[] hashOfAll() throws IOException {
        return hash(files());
    }

    private static byte[] hash(List<Path> files) throws IOException {
        MessageDigest digest = sha256();
        List<InputStream> streams = new java.util.ArrayList<>();
        try {
            for (Path each : files) streams.add(Files.newInputStream(each));
            try (InputStream in = new SequenceInputStream(Collections.enumeration(streams))) {
                byte[] buffer = new byte[1 << 16];
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) digest.update(buffer, 0, read);
            }
        } finally {
            for (InputStream each : streams) each.close();
        }
        return digest.digest();
    }

    /** Whether the file bears a mark that says it is whole, where its format has one that its syntax does not show. */
    boolean endsAsPublished() throws IOException {
        if (format != ListFormat.OFAC_CSV) return true;
        return lastByte(file) == END_OF_FILE && lastByte(file.resolveSibling("alt.csv")) == END_OF_FILE;
    }

    private static int lastByte(Path file) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            if (channel.size() == 0) return -1;
            channel.position(channel.size() - 1);
            ByteBuffer last = ByteBuffer.allocate(1);
            return channel.read(last) == 1 ? last.get(0) : -1;
        }
    }

    /**
     * Hands on each entry, with the list's name before its id.
     *
     * @throws IOException when it cannot be read, is no such list or breaks off; what was handed on then counts for nothing
     */
    ListReport read(Consumer<Entry> entries) throws IOException {
        return switch (format) {
            case UN_XML -> un(entries);
            case OFAC_CSV -> ofac(entries);
            case FTM_JSON -> ftm(entries);
            case OWN -> throw new IllegalArgumentException("a list of the node itself is in no file");
        };
    }

    private ListReport un(Consumer<Entry> entries) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return new UnListReader(true).read(in, entries);
        }
    }

    private ListReport ofac(Consumer<Entry> entries) throws IOException {
        OfacReader reader = new OfacReader();
        try (Reader alt = open(file.resolveSibling("alt.csv"));
                Reader remarks = open(file.resolveSibling("sdn_comments.csv"));
                Reader sdn = open(file)) {
            reader.readOtherNames(alt);
            reader.readRemarks(remarks);
            return reader.read(sdn, entries);
        }
    }

    /** The reader gives ids as the file has them; other lists may have the same. */
    private ListReport ftm(Consumer<Entry> entries) throws IOException {
        try (Reader in = open(file)) {
            return new FtmReader()
                    .read(in, entry -> entries.accept(new Entry(list + "-" + entry.id(), entry.particulars())));
        }
    }

    /** OFAC's files are in Latin-1; bytes that are no UTF-8 in the others break the import, not the names. */
    private Reader open(Path each) throws IOException {
        InputStream in = Files.newInputStream(each);
        return format == ListFormat.OFAC_CSV
                ? new InputStreamReader(in, StandardCharsets.ISO_8859_1)
                : new InputStreamReader(
                        in,
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
