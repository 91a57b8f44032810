package org.sharaka.linking;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A trace by which reports are linked: every report that holds the same key may be of one campaign.
 *
 * @param hash the first 64 bits of SHA-256 over kind and canonical form, so that nobody can choose two traces that meet;
 *     equal hashes are the same key
 * @param label how to show the key to an officer: safe to print, never a live link, at most {@value #LABEL_LENGTH_MAX}
 *     characters
 * @param listed true if a list of shared infrastructure names it: kept for search and reasons, never links
 */
public record LinkKey(KeyKind kind, long hash, String label, boolean listed) {
    public static final int LABEL_LENGTH_MAX = 200;

    public LinkKey {
        if (label.length() > LABEL_LENGTH_MAX) throw new IllegalArgumentException("label is too long");
    }

    /** The key of one canonical form; a label that is too long is cut. */
    public static LinkKey of(KeyKind kind, String canonical, String label, boolean listed) {
        String shown = label.length() <= LABEL_LENGTH_MAX ? label : cut(label);
        return new LinkKey(kind, hash(kind, canonical), shown, listed);
    }

    public static LinkKey of(KeyKind kind, String canonical) {
        return of(kind, canonical, canonical, false);
    }

    /** The key that says of this one that it is the reporter's own or a true service's; never links. */
    LinkKey asBystander() {
        return new LinkKey(KeyKind.BYSTANDER, bystander(hash), label, false);
    }

    /**
     * The hash of the key that says of this one that it is the reporter's own or a true service's. One to one, so that it can be as
     * little chosen as the hash itself.
     */
    public static long bystander(long hash) {
        return Long.rotateLeft(hash, 29) ^ 0x42797374616E6465L;
    }

    private static String cut(String label) {
        int end = LABEL_LENGTH_MAX - 1;
        if (Character.isHighSurrogate(label.charAt(end - 1))) end--;
        return label.substring(0, end) + "…";
    }

    static long hash(KeyKind kind, String canonical) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(kind.name().getBytes(StandardCharsets.US_ASCII));
            digest.update((byte) 0);
            return ByteBuffer.wrap(digest.digest(canonical.getBytes(StandardCharsets.UTF_8)))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
