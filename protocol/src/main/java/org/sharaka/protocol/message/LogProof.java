package org.sharaka.protocol.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.checkpoint.Checkpoint;
import org.sharaka.protocol.checkpoint.NoteKey;
import org.sharaka.protocol.checkpoint.NoteSigner;
import org.sharaka.protocol.checkpoint.SignedNote;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.json.JsonValue;
import org.sharaka.protocol.json.JsonValue.JsonNumber;
import org.sharaka.protocol.json.JsonValue.JsonObject;
import org.sharaka.protocol.tree.ConsistencyProof;
import org.sharaka.protocol.tree.InclusionProof;
import org.sharaka.protocol.tree.TreeHash;
import org.sharaka.protocol.tree.TreeHead;

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
    private final Optional<SignedNote> witness;
    private final List<TreeHash> witnessPath;

    /**
     * @param entryId 16 bytes
     * @param salt 32 bytes
     * @param record the entry as the holder's node encodes it; it names the statement that it proves in hexadecimal
     */
    public LogProof(byte[] entryId, byte[] salt, byte[] record, InclusionProof inclusion, SignedNote checkpoint) {
        this(entryId, salt, record, inclusion, checkpoint, Optional.empty(), List.of());
    }

    private LogProof(
            byte[] entryId,
            byte[] salt,
            byte[] record,
            InclusionProof inclusion,
            SignedNote checkpoint,
            Optional<SignedNote> witness,
            List<TreeHash> witnessPath) {
        if (entryId.length != ID_BYTES || salt.length != SALT_BYTES)
            throw Refusal.FIELD_WRONG.because("proof: id or salt");
        this.entryId = entryId.clone();
        this.salt = salt.clone();
        this.record = record.clone();
        this.inclusion = inclusion;
        this.checkpoint = checkpoint;
        this.witness = witness;
        this.witnessPath = List.copyOf(witnessPath);
        if (witness.isEmpty() && !witnessPath.isEmpty())
            throw Refusal.FIELD_WRONG.because("proof: a path from nowhere");
    }

    /**
     * The same, with the newest head of this log that others cosigned: the log under this proof is the one that they saw.
     *
     * @param grown from that head to this proof's
     */
    public LogProof seenBy(SignedNote cosigned, ConsistencyProof grown) {
        return new LogProof(entryId, salt, record, inclusion, checkpoint, Optional.of(cosigned), grown.path());
    }

    static LogProof parse(Fields fields) {
        LogProof proof = new LogProof(
                fields.bytes("entry", ID_BYTES),
                fields.bytes("salt", SALT_BYTES),
                fields.bytes("record", MAX_RECORD),
                new InclusionProof(
                        fields.number("index", 0, JsonNumber.MAX),
                        fields.number("size", 1, JsonNumber.MAX),
                        hashes(fields, "path")),
                SignedNote.parse(fields.bytes("checkpoint", Limits.NOTE_BYTES)),
                fields.bytesIfAny("witness", Limits.NOTE_BYTES).map(SignedNote::parse),
                hashes(fields, "witnessPath"));
        fields.end();
        return proof;
    }

    private static List<TreeHash> hashes(Fields fields, String name) {
        return fields.bytesList(name, Limits.PROOF_HASHES, TreeHash.SIZE_BYTES).stream()
                .map(bytes -> TreeHash.of(Hash.ofDigest(bytes).bytes()))
                .toList();
    }

    JsonObject toJson() {
        JsonBuilder json = JsonBuilder.object()
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
                .withAll(
                        "witnessPath",
                        witnessPath,
                        hash -> JsonValue.of(Base64.getEncoder().encodeToString(hash.bytes())));
        witness.ifPresent(note -> json.with("witness", note.encoded()));
        return json.build();
    }

    /** The newest head of this log that others had cosigned. */
    public Optional<SignedNote> witness() {
        return witness;
    }

    /** That the log grew from {@link #witness} to this proof's head. */
    public Optional<ConsistencyProof> grown() {
        return witness.map(
                note -> new ConsistencyProof(Checkpoint.read(note).head().size(), inclusion.size(), witnessPath));
    }

    /**
     * Who cosigned the head with which this proof begins, and when.
     *
     * @param cosigners keys of other members, from the roster
     * @throws org.sharaka.protocol.RefusedException if a line of one of these keys does not fit
     */
    public List<NoteSigner.Cosignature> witnesses(Collection<NoteKey> cosigners) {
        return witness.map(note -> NoteSigner.cosignatures(note, cosigners)).orElse(List.of());
    }

    public SignedNote checkpoint() {
        return checkpoint;
    }

    /** 16 bytes. */
    public byte[] entryId() {
        return entryId.clone();
    }

    /** The same as other entries name it. */
    public UUID entry() {
        ByteBuffer id = ByteBuffer.wrap(entryId);
        return new UUID(id.getLong(), id.getLong());
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

    /** Whether the entry names something: a statement, a message, another entry. */
    public boolean names(String text) {
        return contains(record, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** @return the head under which the entry stands */
    TreeHead requireFor(Hash statement, Collection<NoteKey> logKeys) {
        if (!names(statement.toString())) throw Refusal.PROOF_WRONG.because("the entry speaks of something else");
        TreeHead head = requireIncluded(logKeys);
        if (witness.isEmpty()) return head;
        TreeHead seen = Checkpoint.verify(witness.get(), logKeys).head();
        if (grown().filter(proof -> proof.proves(seen, head)).isEmpty())
            throw Refusal.PROOF_WRONG.because("the log is not the one that others saw");
        return head;
    }

    TreeHead requireIncluded(Collection<NoteKey> logKeys) {
        TreeHead head = Checkpoint.verify(checkpoint, logKeys).head();
        if (!inclusion.proves(leaf(), head)) throw Refusal.PROOF_WRONG.because("the entry is not in the log");
        return head;
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
