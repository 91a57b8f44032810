package org.sharaka.protocol.checkpoint;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.jspecify.annotations.Nullable;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.Refusal;

/** A public key for signed notes, written {@code name+key id+Base64(type, key)} (C2SP signed-note, verifier keys). */
public final class NoteKey {
    /** What a signature by the key says. */
    public enum Type {
        /** Signs the note's text: a log's own signature. */
        ED25519(1),
        /** Signs the time and the note's text: "I saw this log grow consistently up to here" (C2SP tlog-cosignature). */
        COSIGNATURE(4);

        private final int code;

        Type(int code) {
            this.code = code;
        }

        byte code() {
            return (byte) code;
        }
    }

    static final int ID_BYTES = 4;
    static final int SIGNATURE_BYTES = 64;
    private static final int KEY_BYTES = 32;
    private static final int MAX_NAME = 200;

    private final String name;
    private final Type type;
    private final byte[] key;
    private final byte[] id;

    private NoteKey(String name, Type type, byte[] key) {
        this.name = name;
        this.type = type;
        this.key = key;
        this.id = idOf(name, type, key);
    }

    static NoteKey of(String name, Type type, byte[] key) {
        if (!isName(name)) throw Refusal.NOTE_MALFORMED.because("a key's name");
        if (key.length != KEY_BYTES) throw Refusal.NOTE_MALFORMED.because("an Ed25519 key has 32 bytes");
        return new NoteKey(name, type, key.clone());
    }

    public static NoteKey parse(String text) {
        String[] parts = text.split("\\+", 3);
        if (parts.length != 3) throw Refusal.NOTE_MALFORMED.because("a key is written name+id+key");
        byte[] typed = base64(parts[2]);
        if (typed.length != KEY_BYTES + 1) throw Refusal.NOTE_MALFORMED.because("an Ed25519 key has 32 bytes");
        for (Type type : Type.values()) {
            if (typed[0] != type.code) continue;
            NoteKey key = of(parts[0], type, Arrays.copyOfRange(typed, 1, typed.length));
            if (key.toString().equals(text)) return key;
        }
        throw Refusal.NOTE_MALFORMED.because("a key's type or id");
    }

    static byte[] base64(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (Base64.getEncoder().encodeToString(bytes).equals(text)) return bytes;
        } catch (IllegalArgumentException e) {
            throw Refusal.NOTE_MALFORMED.because("not Base64", e);
        }
        throw Refusal.NOTE_MALFORMED.because("not the one spelling of its Base64");
    }

    static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() <= MAX_NAME
                && name.codePoints().noneMatch(c -> c == '+' || c < ' ' || c == 0x7f || isSpace(c));
    }

    private static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
    }

    /** SHA-256(name, newline, type, key), its first four bytes. */
    private static byte[] idOf(String name, Type type, byte[] key) {
        MessageDigest digest = Hash.sha256();
        digest.update(name.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
        digest.update(type.code());
        return Arrays.copyOf(digest.digest(key), ID_BYTES);
    }

    public String name() {
        return name;
    }

    public Type type() {
        return type;
    }

    byte[] id() {
        return id.clone();
    }

    boolean hasId(byte[] other) {
        return Arrays.equals(id, other);
    }

    /** The bare key in Base64, by which one key under two names is known as one. */
    public String publicKeyText() {
        return Base64.getEncoder().encodeToString(key);
    }

    boolean verifies(byte[] message, byte[] signature) {
        if (signature.length != SIGNATURE_BYTES) return false;
        try {
            Ed25519Signer verifier = new Ed25519Signer();
            verifier.init(false, new Ed25519PublicKeyParameters(key));
            verifier.update(message, 0, message.length);
            return verifier.verifySignature(signature);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NoteKey note && toString().equals(note.toString());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(id);
    }

    @Override
    public String toString() {
        byte[] typed = new byte[KEY_BYTES + 1];
        typed[0] = type.code();
        System.arraycopy(key, 0, typed, 1, KEY_BYTES);
        return name + "+" + HexFormat.of().formatHex(id) + "+"
                + Base64.getEncoder().encodeToString(typed);
    }
}
