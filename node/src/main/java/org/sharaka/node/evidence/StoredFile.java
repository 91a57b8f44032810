package org.sharaka.node.evidence;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.sharaka.protocol.Hash;

/**
 * A sealed file that never changes any more, as a backup sees it: where it lies, and the hashes of what is in it. Its key is
 * elsewhere.
 *
 * @param address random, 32 hexadecimal digits
 * @param chunks hashes of the sealed chunks, in order
 */
public record StoredFile(String address, List<Hash> chunks) {
    private static final int FETCHED_AT_ONCE = 200;

    public StoredFile {
        if (!address.matches("[0-9a-f]{32}")) throw new IllegalArgumentException("not an address");
        chunks = List.copyOf(chunks);
    }

    /** Takes files one after another. */
    public interface Taker {
        void take(StoredFile file) throws IOException;
    }

    /** All that are held, in whatever snapshot the connection has open. */
    public static void each(Connection snapshot, Taker taker) throws SQLException, IOException {
        try (Statement statement = snapshot.createStatement()) {
            statement.setFetchSize(FETCHED_AT_ONCE);
            try (ResultSet row = statement.executeQuery(
                    "select address, chunk_hashes from evidence.item where state = 'HELD' order by id")) {
                while (row.next()) taker.take(new StoredFile(row.getString(1), SqlItems.hashes(row.getBytes(2))));
            }
        }
    }

    /** Whether the item is held now, whatever a snapshot says. */
    public boolean isHeld(Connection now) throws SQLException {
        try (PreparedStatement statement =
                now.prepareStatement("select from evidence.item where address = ? and state = 'HELD'")) {
            statement.setString(1, address);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    /** Reads {@link #line lines} to the end. @throws IOException also for a line that is none */
    public static void readAll(InputStream lines, Taker taker) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(lines, StandardCharsets.US_ASCII));
        for (String line; (line = reader.readLine()) != null; ) {
            try {
                taker.take(parse(line));
            } catch (IllegalArgumentException e) {
                throw new IOException(e);
            }
        }
    }

    /** Within a directory of sealed files, the node's own or a copy of it. */
    public Path path() {
        return SealedFiles.within(address);
    }

    /** One line of text. */
    public String line() {
        return address + " " + Base64.getEncoder().encodeToString(ItemSecret.joined(chunks));
    }

    /** @throws IllegalArgumentException if it is none */
    static StoredFile parse(String line) {
        String[] parts = line.split(" ", 2);
        if (parts.length != 2) throw new IllegalArgumentException("not a line of a file");
        byte[] joined = Base64.getDecoder().decode(parts[1]);
        if (joined.length % Hash.SIZE_BYTES != 0) throw new IllegalArgumentException("not hashes");
        return new StoredFile(parts[0], SqlItems.hashes(joined));
    }

    /** Whether the file is there and every chunk is the right one. Reads all of it, one chunk at a time. */
    public boolean isWhole(Path file) throws IOException {
        try (SealedFile sealed = SealedFile.read(file)) {
            for (int i = 0; i < chunks.size(); i++) if (chunk(sealed, i).isEmpty()) return false;
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /**
     * Copies it chunk by chunk, each checked, from one directory of sealed files into another, and returns once the copy is on
     * the disk.
     *
     * @return false if the source is missing or altered; then there is no copy
     */
    public boolean copy(Path fromDirectory, Path toDirectory) throws IOException {
        Path from = fromDirectory.resolve(path());
        Path to = toDirectory.resolve(path());
        SealedFiles.prepare(toDirectory, address);
        Path fresh = to.resolveSibling(to.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        try (SealedFile source = SealedFile.read(from);
                SealedFile target = SealedFile.write(fresh)) {
            for (int i = 0; i < chunks.size(); i++) {
                Optional<byte[]> chunk = chunk(source, i);
                if (chunk.isEmpty()) {
                    Files.delete(fresh);
                    return false;
                }
                target.put(i, chunk.get());
            }
            target.force();
        } catch (NoSuchFileException e) {
            return false;
        }
        Files.move(fresh, to, StandardCopyOption.ATOMIC_MOVE);
        return true;
    }

    private Optional<byte[]> chunk(SealedFile file, int index) throws IOException {
        return file.get(index).filter(bytes -> Hash.of(bytes).equals(chunks.get(index)));
    }
}
