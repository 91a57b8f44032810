package org.sharaka.protocol.message;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.checkpoint.Checkpoint;
import org.sharaka.protocol.checkpoint.NoteKey;
import org.sharaka.protocol.checkpoint.SignedNote;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.json.JsonValue;
import org.sharaka.protocol.json.JsonValue.JsonNumber;
import org.sharaka.protocol.json.JsonValue.JsonObject;
import org.sharaka.protocol.tree.InclusionProof;
import org.sharaka.protocol.tree.TreeHash;

/**
 * Proves that a member's audit log holds an entry: the entry opened, its place, the way to the root, and the checkpoint
 * that signs the root. A leaf is the entry's 16-byte id and SHA-256 of {@code "sharaka audit entry 1\0"}, salt and record.
 */
public final class LogProof {
    private static final byte[] DOMAIN = "sharaka audit entry 1\0".getBytes(StandardCharsets.US_ASCII);
    private static final int ID_BYTES = 16;
    private static final int SALT_BYTES = 32;
    private static final int MAX_RECORD = 4_096;

    private final byte[] entryId;
    private final byte[] salt;
    private final byte[] record;
    private final InclusionProof inclusion;
    private final SignedNote checkpoint;

    /**
     * @param entryId 16 bytes
     * @param salt 32 bytes
     * @param record the entry as the holder's node encodes it; it names the statement that it proves in hexadecimal
     */
    public LogProof(byte[] entryId, byte[] salt, byte[] record, InclusionProof inclusion, SignedNote checkpoint) {
        if (entryId.length != ID_BYTES || salt.length != SALT_BYTES)
            throw Refusal.FIELD_WRONG.because("proof: id or salt");
        this.entryId = entryId.clone();
        this.salt = salt.clone();
        this.record = record.clone();
        this.inclusion = inclusion;
        this.checkpoint = checkpoint;
    }

    static LogProof parse(Fields fields) {
        LogProof proof = new LogProof(
                fields.bytes("entry", ID_BYTES),
                fields.bytes("salt", SALT_BYTES),
                fields.bytes("record", MAX_RECORD),
                new InclusionProof(
                        fields.number("index", 0, JsonNumber.MAX),
                        fields.number("size", 1, JsonNumber.MAX),
                        hashes(fields)),
                SignedNote.parse(fields.bytes("checkpoint", Limits.NOTE_BYTES)));
        fields.end();
        return proof;
    }

    private static List<TreeHash> hashes(Fields fields) {
        return fields.bytesList("path", Limits.PROOF_HASHES, TreeHash.SIZE_BYTES).stream()
                .map(bytes -> TreeHash.of(Hash.ofDigest(bytes).bytes()))
                .toList();
    }

    JsonObject toJson() {
        return JsonBuilder.object()
                .with("entry", entryId)
                .with("salt", salt)
                .with("record", record)
                .with("index", inclusion.index())
                .with("size", inclusion.size())
                .withAll(
                        "path",
                        inclusion.path(),
                        hash -> JsonValue.of(Base64.getEncoder().encodeToString(hash.bytes())))
                .with("checkpoint", checkpoint.encoded())
                .build();
    }

    public SignedNote checkpoint() {
        return checkpoint;
    }

    /** 16 bytes. */
    public byte[] entryId() {
        return entryId.clone();
    }

    /** 32 bytes. */
    public byte[] salt() {
        return salt.clone();
    }

    /** The entry as the holder's node encodes it. */
    public byte[] record() {
        return record.clone();
    }

    public InclusionProof inclusion() {
        return inclusion;
    }

    void requireFor(Hash statement, Collection<NoteKey> logKeys) {
        Checkpoint head = Checkpoint.verify(checkpoint, logKeys);
        byte[] named = statement.toString().getBytes(StandardCharsets.US_ASCII);
        if (!contains(record, named)) throw Refusal.PROOF_WRONG.because("the entry speaks of something else");
        if (!inclusion.proves(leaf(), head.head())) throw Refusal.PROOF_WRONG.because("the entry is not in the log");
    }

    private TreeHash leaf() {
        MessageDigest commitment = Hash.sha256();
        commitment.update(DOMAIN);
        commitment.update(salt);
        byte[] leaf = Arrays.copyOf(entryId, ID_BYTES + TreeHash.SIZE_BYTES);
        System.arraycopy(commitment.digest(record), 0, leaf, ID_BYTES, TreeHash.SIZE_BYTES);
        return TreeHash.leaf(leaf);
    }

    private static boolean contains(byte[] whole, byte[] part) {
        for (int at = 0; at + part.length <= whole.length; at++)
            if (Arrays.equals(whole, at, at + part.length, part, 0, part.length)) return true;
        return false;
    }
}
