package org.sharaka.bench;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.MessageId;

/**
 * What a node of the fault harness did, written down outside its home: a return from a backup takes the node's memory, and not this.
 * Times are the machine's own, in milliseconds, whatever clock the node goes by, so that the journals of several nodes compare.
 */
final class FaultsJournal implements Closeable {
    /** What a line tells of a message. */
    enum Deed {
        /** It is about to be committed. */
        TRIED,
        /** Its commit has returned. */
        COMMITTED,
        /** Its sender stored a receipt for it that is no refusal: it had reached its recipient. */
        ANSWERED,
        /** Its sender stored a refusal of it: its recipient keeps nothing of it. */
        REFUSED,
        /** Its sender is about to order it destroyed; on its way as it may be, it may be refused for that. */
        ORDERED,
        /** Its recipient's listener has it; the commit follows, or does not. */
        TAKEN
    }

    /** @param other to whom it goes, or from whom it comes */
    record Entry(Deed deed, long at, MessageId id, MemberId other) {}

    private final FileChannel file;

    FaultsJournal(Path path) throws IOException {
        this.file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    static Path of(Path directory, MemberId member) {
        return directory.resolve("journal-" + member);
    }

    /** In one write: who is killed leaves a whole line or none. */
    synchronized void note(Deed deed, MessageId id, MemberId other) {
        String line = deed + "\t" + System.currentTimeMillis() + "\t" + id + "\t" + other + "\n";
        try {
            int unused = file.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that was written. */
    static List<Entry> read(Path path) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (String line : Files.readAllLines(path, StandardCharsets.US_ASCII)) {
            String[] words = line.split("\t", -1);
            entries.add(new Entry(
                    Deed.valueOf(words[0]), Long.parseLong(words[1]), new MessageId(words[2]), new MemberId(words[3])));
        }
        return entries;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
