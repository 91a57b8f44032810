package org.sharaka.protocol.cms;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.sharaka.protocol.Refusal;

/** The key under which all chunks of one file are sealed, and its public name. Prints its name only. */
public final class FileKey {
    public static final int KEY_BYTES = 32;
    public static final int ID_BYTES = 16;

    private final byte[] id;
    private final byte[] key;

    private FileKey(byte[] id, byte[] key) {
        this.id = id;
        this.key = key;
    }

    public static FileKey random(SecureRandom random) {
        byte[] id = new byte[ID_BYTES];
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(id);
        random.nextBytes(key);
        return new FileKey(id, key);
    }

    public static FileKey of(byte[] id, byte[] key) {
        if (id.length != ID_BYTES || key.length != KEY_BYTES)
            throw Refusal.FIELD_WRONG.because("a file key has 32 bytes and an id of 16");
        return new FileKey(id.clone(), key.clone());
    }

    public byte[] id() {
        return id.clone();
    }

    /** The secret: it belongs into a sealed message and nowhere else. */
    public byte[] bytes() {
        return key.clone();
    }

    SecretKey secret() {
        return new SecretKeySpec(key, "AES");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FileKey that
                && Arrays.equals(id, that.id)
                && MessageDigest.isEqual(key, that.key); // Secret: compared in constant time.
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(id);
    }

    @Override
    public String toString() {
        return "file key " + HexFormat.of().formatHex(id);
    }
}
