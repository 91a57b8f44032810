package org.sharaka.node.audit;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Purpose;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.tree.TreeHash;

/**
 * One line of the record: who, why, what, to what, how it ended.
 *
 * @param beganAt when the attempt began, to the microsecond
 * @param actorId an officer's or key's id; never a name
 * @param problem code of the refusal
 * @param request id of the request as the logs have it
 */
record Entry(
        EntryId id,
        Instant beganAt,
        Actor.Kind actorKind,
        String actorId,
        Optional<String> unit,
        Optional<Purpose> purpose,
        String action,
        String subject,
        Outcome outcome,
        Optional<String> problem,
        Optional<String> request) {
    static final int SALT_BYTES = 32;
    private static final byte[] DOMAIN = "sharaka audit entry 1\0".getBytes(StandardCharsets.US_ASCII);

    /** PostgreSQL's text takes no NUL, and one entry that cannot be stored must not stop the others in its group. */
    Entry {
        beganAt = beganAt.truncatedTo(ChronoUnit.MICROS);
        actorId = storable(actorId, 300);
        unit = unit.map(text -> storable(text, 300));
        action = storable(action, 100);
        subject = storable(subject, 300);
        problem = problem.map(text -> storable(text, 100));
        request = request.map(text -> storable(text, 100));
        if (action.isEmpty()) throw new IllegalArgumentException("action is empty");
    }

    /** What the leaf commits to: a hash that tells nothing of the details once the salt is purged with them. */
    byte[] commitment(byte[] salt) {
        if (salt.length != SALT_BYTES) throw new IllegalArgumentException("a salt has 32 bytes");
        MessageDigest digest = Hash.sha256();
        digest.update(DOMAIN);
        digest.update(salt);
        return digest.digest(encoded());
    }

    /** The leaf: the id, which says when, and the commitment; nothing about anyone. */
    static TreeHash leaf(EntryId id, byte[] commitment) {
        if (commitment.length != TreeHash.SIZE_BYTES) throw new IllegalArgumentException("a commitment has 32 bytes");
        return TreeHash.leaf(ByteBuffer.allocate(EntryId.SIZE_BYTES + TreeHash.SIZE_BYTES)
                .put(id.bytes())
                .put(commitment)
                .array());
    }

    /** Every field with its length before it, so that no two entries have one encoding. */
    byte[] encoded() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(id.bytes());
            out.writeLong(ChronoUnit.MICROS.between(Instant.EPOCH, beganAt));
            write(out, Optional.of(actorKind.name()));
            write(out, Optional.of(actorId));
            write(out, unit);
            write(out, purpose.map(Purpose::name));
            write(out, Optional.of(action));
            write(out, Optional.of(subject));
            write(out, Optional.of(outcome.name()));
            write(out, problem);
            write(out, request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, Optional<String> field) throws IOException {
        if (field.isEmpty()) {
            out.writeInt(-1);
            return;
        }
        byte[] text = field.get().getBytes(StandardCharsets.UTF_8);
        out.writeInt(text.length);
        out.write(text);
    }

    /** Control characters and lone surrogates cannot be stored or shown; a subject is an id and short by right. */
    private static String storable(String text, int maxLength) {
        StringBuilder kept = new StringBuilder();
        text.codePoints()
                .limit(maxLength)
                .map(c -> Character.isISOControl(c) || (c >= 0xD800 && c <= 0xDFFF) ? 0xFFFD : c)
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }
}
