package org.sharaka.protocol.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.sharaka.protocol.Refusal;

/** An Ed25519 key of ours: a log's, or the one with which we cosign others' logs. Prints its public half only. */
public final class NoteSigner {
    public static final int SEED_BYTES = 32;
    private static final int TIME_BYTES = 8;

    private final Ed25519PrivateKeyParameters secret;
    private final NoteKey key;

    private NoteSigner(Ed25519PrivateKeyParameters secret, NoteKey key) {
        this.secret = secret;
        this.key = key;
    }

    /**
     * @param seed 32 secret bytes (RFC 8032 section 5.1.5)
     * @param name for a log its origin; for a cosigner its name, no spaces and no plus
     */
    public static NoteSigner of(byte[] seed, String name, NoteKey.Type type) {
        if (seed.length != SEED_BYTES) throw new IllegalArgumentException("an Ed25519 seed has 32 bytes");
        Ed25519PrivateKeyParameters secret = new Ed25519PrivateKeyParameters(seed);
        return new NoteSigner(
                secret, NoteKey.of(name, type, secret.generatePublicKey().getEncoded()));
    }

    /** @param pkcs8 the secret as key stores hold it (RFC 8410) */
    public static NoteSigner ofPkcs8(byte[] pkcs8, String name, NoteKey.Type type) {
        try {
            if (PrivateKeyFactory.createKey(pkcs8) instanceof Ed25519PrivateKeyParameters secret)
                return of(secret.getEncoded(), name, type);
        } catch (IOException e) {
            throw new IllegalArgumentException("not a private key", e);
        }
        throw new IllegalArgumentException("not an Ed25519 key");
    }

    public static byte[] newSeed(SecureRandom random) {
        byte[] seed = new byte[SEED_BYTES];
        random.nextBytes(seed);
        return seed;
    }

    public NoteKey key() {
        return key;
    }

    /** Signs a head of our own log. */
    public SignedNote sign(Checkpoint checkpoint) {
        requireType(NoteKey.Type.ED25519);
        if (!checkpoint.origin().equals(key.name())) throw new IllegalArgumentException("another log's origin");
        SignedNote note = SignedNote.unsigned(checkpoint.text());
        return note.with(new SignedNote.Signature(key.name(), key.id(), sign(note.textBytes())));
    }

    /**
     * Adds our cosignature: as of this time the largest head of this log that we saw, consistent with all before. Only
     * {@link Cosigner} may say so.
     */
    SignedNote cosign(SignedNote note, Instant now) {
        requireType(NoteKey.Type.COSIGNATURE);
        long time = now.getEpochSecond();
        byte[] made = ByteBuffer.allocate(TIME_BYTES + NoteKey.SIGNATURE_BYTES)
                .putLong(time)
                .put(sign(cosigned(note, time)))
                .array();
        return note.with(new SignedNote.Signature(key.name(), key.id(), made));
    }

    private void requireType(NoteKey.Type type) {
        if (key.type() != type) throw new IllegalStateException("a key of type " + key.type());
    }

    private byte[] sign(byte[] message) {
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, secret);
        signer.update(message, 0, message.length);
        return signer.generateSignature();
    }

    private static byte[] cosigned(SignedNote note, long time) {
        return ("cosignature/v1\ntime " + time + "\n" + note.text()).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Who cosigned a checkpoint, and when.
     *
     * @param cosigners keys from the roster; signature lines of others are passed over
     * @throws org.sharaka.protocol.RefusedException if a line of a known key does not fit
     */
    public static List<Cosignature> cosignatures(SignedNote note, Collection<NoteKey> cosigners) {
        List<Cosignature> found = new ArrayList<>();
        for (NoteKey cosigner : cosigners) {
            if (cosigner.type() != NoteKey.Type.COSIGNATURE) continue;
            for (SignedNote.Signature signature : note.signatures())
                if (signature.isBy(cosigner)) found.add(read(note, cosigner, signature.value()));
        }
        return found;
    }

    private static Cosignature read(SignedNote note, NoteKey cosigner, byte[] value) {
        if (value.length != TIME_BYTES + NoteKey.SIGNATURE_BYTES)
            throw Refusal.SIGNATURE_WRONG.because("of " + cosigner.name());
        ByteBuffer buffer = ByteBuffer.wrap(value);
        long time = buffer.getLong();
        byte[] signature = new byte[NoteKey.SIGNATURE_BYTES];
        buffer.get(signature);
        if (time < 0 || time > Instant.MAX.getEpochSecond() || !cosigner.verifies(cosigned(note, time), signature))
            throw Refusal.SIGNATURE_WRONG.because("of " + cosigner.name());
        return new Cosignature(cosigner, Instant.ofEpochSecond(time));
    }

    /** @param at to the second */
    public record Cosignature(NoteKey by, Instant at) {}

    @Override
    public String toString() {
        return "signer " + key;
    }
}
