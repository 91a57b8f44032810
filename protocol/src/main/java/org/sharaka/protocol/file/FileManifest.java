package org.sharaka.protocol.file;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.cms.FileKey;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.json.JsonValue.JsonNumber;
import org.sharaka.protocol.json.JsonValue.JsonObject;

/**
 * What a signed message says of one large file: enough to fetch its chunks from anyone, know each for the right one before
 * opening it, and know the whole at the end.
 *
 * @param name for people; a recipient never uses it as a path
 * @param sizeBytes of the clear file
 * @param sha256 of the clear file
 * @param chunks hashes of the sealed chunks, in order
 */
public record FileManifest(FileKey key, String name, String mediaType, long sizeBytes, Hash sha256, List<Hash> chunks) {
    /** How many chunk hashes fit a message that says nothing else; a larger file is sent in several parts. */
    public static final int MAX_CHUNKS = 70_000;

    private static final int MAX_NAME = 255;
    private static final Pattern MEDIA_TYPE =
            Pattern.compile("[a-z0-9][a-z0-9!#$&^_.+-]{0,63}/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}");

    public FileManifest {
        chunks = List.copyOf(chunks);
        if (!isName(name))
            throw Refusal.FIELD_WRONG.because("file.name: no separators, no control characters, no dots alone");
        if (!MEDIA_TYPE.matcher(mediaType).matches()) throw Refusal.FIELD_WRONG.because("file.mediaType");
        if (sizeBytes < 0 || chunks.size() > MAX_CHUNKS || chunks.size() != chunkCount(sizeBytes))
            throw Refusal.FIELD_WRONG.because("file.chunks: one for every 4 MiB begun");
    }

    /** Whether a file may be called so. Joiners belong to the spelling of Persian and others; marks of direction only deceive the eye. */
    public static boolean isName(String name) {
        if (name.isEmpty() || name.length() > MAX_NAME || name.equals(".") || name.equals("..")) return false;
        int before = '.';
        for (int c : name.codePoints().toArray()) {
            boolean joiner = c == 0x200c || c == 0x200d;
            if (joiner ? !isLetterOrMark(before) : isForbidden(c)) return false;
            before = c;
        }
        return true;
    }

    private static boolean isLetterOrMark(int c) {
        return Character.isLetter(c)
                || Character.getType(c) == Character.NON_SPACING_MARK
                || Character.getType(c) == Character.COMBINING_SPACING_MARK
                || Character.getType(c) == Character.ENCLOSING_MARK;
    }

    private static boolean isForbidden(int c) {
        return c == '/'
                || c == '\\'
                || Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT
                || Character.getType(c) == Character.LINE_SEPARATOR
                || Character.getType(c) == Character.PARAGRAPH_SEPARATOR;
    }

    /** An empty file has one empty chunk, so that it too is sealed and checked. */
    static long chunkCount(long sizeBytes) {
        return Math.max(1, (sizeBytes + Limits.CHUNK_BYTES - 1) / Limits.CHUNK_BYTES);
    }

    /** Clear bytes of one chunk. */
    int sizeOfChunk(int index) {
        return (int) Math.min(Limits.CHUNK_BYTES, sizeBytes - (long) index * Limits.CHUNK_BYTES);
    }

    public static FileManifest parse(Fields fields) {
        byte[] id = hex(fields.text("id", 2 * FileKey.ID_BYTES));
        if (fields.number("chunkSize", 1, JsonNumber.MAX) != Limits.CHUNK_BYTES)
            throw Refusal.FIELD_WRONG.because("file.chunkSize: always 4194304");
        FileManifest manifest = new FileManifest(
                FileKey.of(id, fields.bytes("key", FileKey.KEY_BYTES)),
                fields.text("name", MAX_NAME),
                fields.text("mediaType", 129),
                fields.number("size", 0, JsonNumber.MAX),
                fields.parsed("sha256", 64, Hash::parse),
                hashes(fields.bytes("chunkHashes", MAX_CHUNKS * Hash.SIZE_BYTES)));
        fields.end();
        return manifest;
    }

    private static byte[] hex(String text) {
        if (text.length() != 2 * FileKey.ID_BYTES || !Hash.isSmallHex(text))
            throw Refusal.FIELD_WRONG.because("file.id: 32 small hexadecimal digits");
        return HexFormat.of().parseHex(text);
    }

    private static List<Hash> hashes(byte[] joined) {
        if (joined.length % Hash.SIZE_BYTES != 0) throw Refusal.FIELD_WRONG.because("file.chunkHashes: 32 bytes each");
        List<Hash> hashes = new ArrayList<>(joined.length / Hash.SIZE_BYTES);
        for (int at = 0; at < joined.length; at += Hash.SIZE_BYTES)
            hashes.add(Hash.ofDigest(Arrays.copyOfRange(joined, at, at + Hash.SIZE_BYTES)));
        return hashes;
    }

    public JsonObject toJson() {
        byte[] joined = new byte[chunks.size() * Hash.SIZE_BYTES];
        for (int i = 0; i < chunks.size(); i++)
            System.arraycopy(chunks.get(i).bytes(), 0, joined, i * Hash.SIZE_BYTES, Hash.SIZE_BYTES);
        return JsonBuilder.object()
                .with("id", HexFormat.of().formatHex(key.id()))
                .with("key", key.bytes())
                .with("name", name)
                .with("mediaType", mediaType)
                .with("size", sizeBytes)
                .withText("sha256", sha256)
                .with("chunkSize", Limits.CHUNK_BYTES)
                .with("chunkHashes", joined)
                .build();
    }

    /** Prints no key. */
    @Override
    public String toString() {
        return key + ", " + sizeBytes + " bytes, " + chunks.size() + " chunks";
    }
}
