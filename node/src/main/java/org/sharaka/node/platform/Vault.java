package org.sharaka.node.platform;

/**
 * Seals what is encrypted inside the database: contact data, one-time-password secrets. Envelope encryption: every item
 * has a key of its own, wrapped by the node's key, which never lies beside the data.
 */
public interface Vault {
    /**
     * Encrypts and authenticates.
     *
     * @param context what the item is, for instance {@code intake.contact/<report id>}; {@link #open} fails under another
     */
    byte[] seal(String context, byte[] plain);

    /** @throws IllegalStateException if the item was altered or sealed under another context or key */
    byte[] open(String context, byte[] sealed);

    /**
     * A keyed hash (HMAC-SHA-256, 32 bytes) under a key derived for the purpose: what must be compared but not read.
     *
     * @param purpose separates uses from each other, for instance {@code identifiers.card}
     */
    byte[] mac(String purpose, byte[] data);

    /**
     * A vault under a key of its own, for what is no node.
     *
     * @param key 32 random bytes
     */
    static Vault under(byte[] key) {
        return new SealedVault(key);
    }
}
