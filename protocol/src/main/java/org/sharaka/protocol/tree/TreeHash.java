package org.sharaka.protocol.tree;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.sharaka.protocol.Hash;

/** One SHA-256 hash of a Merkle tree, made as RFC 9162 section 2.1.1 says: leaves and nodes cannot be confused. */
public final class TreeHash {
    public static final int SIZE_BYTES = 32;
    /** The root of the tree without entries. */
    public static final TreeHash EMPTY = new TreeHash(Hash.sha256().digest());

    private final byte[] bytes;

    private TreeHash(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @throws IllegalArgumentException unless there are 32 bytes */
    public static TreeHash of(byte[] bytes) {
        if (bytes.length != SIZE_BYTES) throw new IllegalArgumentException("a tree hash has 32 bytes");
        return new TreeHash(bytes.clone());
    }

    /** @throws IllegalArgumentException unless the text is Base64 of 32 bytes, in its one spelling */
    public static TreeHash parse(String base64) {
        TreeHash hash = of(Base64.getDecoder().decode(base64));
        if (!hash.toString().equals(base64)) throw new IllegalArgumentException("another spelling of its Base64");
        return hash;
    }

    /** HASH(0x00 || entry). */
    public static TreeHash leaf(byte[] entry) {
        MessageDigest digest = Hash.sha256();
        digest.update((byte) 0);
        return new TreeHash(digest.digest(entry));
    }

    /** HASH(0x01 || left || right). */
    public static TreeHash node(TreeHash left, TreeHash right) {
        MessageDigest digest = Hash.sha256();
        digest.update((byte) 1);
        digest.update(left.bytes);
        return new TreeHash(digest.digest(right.bytes));
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TreeHash hash && MessageDigest.isEqual(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Base64, as in C2SP tlog-checkpoint. */
    @Override
    public String toString() {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
