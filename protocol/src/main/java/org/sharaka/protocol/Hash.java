package org.sharaka.protocol;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A SHA-256 hash, written as 64 small hexadecimal digits. */
public final class Hash {
    public static final int SIZE_BYTES = 32;

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The hash of these bytes. */
    public static Hash of(byte[] content) {
        return new Hash(sha256().digest(content));
    }

    /** A hash that was computed already; it must have 32 bytes. */
    public static Hash ofDigest(byte[] digest) {
        if (digest.length != SIZE_BYTES) throw Refusal.FIELD_WRONG.because("a hash has 32 bytes");
        return new Hash(digest.clone());
    }

    public static Hash parse(String hex) {
        if (hex.length() != 2 * SIZE_BYTES || !isSmallHex(hex))
            throw Refusal.FIELD_WRONG.because("a hash is 64 small hexadecimal digits");
        return new Hash(HexFormat.of().parseHex(hex));
    }

    public static boolean isSmallHex(String text) {
        return text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Hash hash && MessageDigest.isEqual(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
