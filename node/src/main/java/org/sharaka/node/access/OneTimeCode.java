package org.sharaka.node.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/**
 * Handed to an officer in person or by telephone to set up a log-in: 100 random bits, written so that it can be read
 * aloud. Only its hash is kept; with so many bits a slow hash would protect nothing more.
 */
record OneTimeCode(String text) {
    private static final int BYTES = 15;
    private static final int SHOWN = 20;

    static OneTimeCode generate(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new OneTimeCode(Base32.encode(bytes).substring(0, SHOWN).replaceAll("(.{5})(?=.)", "$1-"));
    }

    byte[] hash() {
        return hashOf(text);
    }

    /** Blanks, hyphens and case do not matter. */
    static byte[] hashOf(String typed) {
        String bare = typed.replaceAll("[\\s-]", "").toUpperCase(java.util.Locale.ROOT);
        return sha256(bare.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Never by accident into a log. */
    @Override
    public String toString() {
        return "OneTimeCode[…]";
    }
}
