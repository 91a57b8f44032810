package org.sharaka.node.backup;

/**
 * Where the wrapped key stands in a value that the vault sealed: a version byte, the length of the wrapped key in four bytes, the
 * wrapped key, the ciphertext. All of it but the ciphertext goes to the keys; in its place stands its hash, by which it is found again.
 */
final class Wrapped {
    private static final int HASH_BYTES = 32;

    private Wrapped() {}

    /** An SQL expression for version, length and wrapped key. */
    static String key(String column) {
        return "substring(" + column + " from 1 for " + length(column) + ")";
    }

    /** An SQL expression for the hash of {@link #key} and the ciphertext. */
    static String without(String column) {
        return "sha256(" + key(column) + ") || substring(" + column + " from " + length(column) + " + 1)";
    }

    /** Conditions and expressions for putting them together again. */
    static String fits(String column, String key) {
        return "sha256(" + key + ") = substring(" + column + " from 1 for " + HASH_BYTES + ")";
    }

    static String together(String column, String key) {
        return key + " || substring(" + column + " from " + (HASH_BYTES + 1) + ")";
    }

    private static String length(String column) {
        return "(5 + get_byte(" + column + ", 1) * 16777216 + get_byte(" + column + ", 2) * 65536 + get_byte(" + column
                + ", 3) * 256 + get_byte(" + column + ", 4))";
    }
}
