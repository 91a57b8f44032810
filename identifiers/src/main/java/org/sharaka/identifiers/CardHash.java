package org.sharaka.identifiers;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Turns a whole card number into the keyed hash that stands for it. A plain hash would not do: from the first six and the
 * last four digits only some 100,000 numbers remain to be tried. Implementations are thread-safe.
 */
@FunctionalInterface
public interface CardHash {
    /** The fewest bytes of key that {@link #hmacSha256} takes. */
    int KEY_BYTES_MIN = 16;

    /**
     * @param number the whole card number, digits only
     * @return lower-case hex, 16 to 64 digits; equal numbers give equal hashes under one key
     */
    String hash(String number);

    /**
     * HMAC-SHA-256 (RFC 2104), cut to 128 bits.
     *
     * @throws IllegalArgumentException when the key has fewer than 16 bytes
     */
    static CardHash hmacSha256(byte[] key) {
        if (key.length < KEY_BYTES_MIN) throw new IllegalArgumentException("key is shorter than 16 bytes");
        SecretKeySpec secret = new SecretKeySpec(key, "HmacSHA256");
        return number -> {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(secret);
                byte[] digest = mac.doFinal(number.getBytes(StandardCharsets.US_ASCII));
                return HexFormat.of().formatHex(digest, 0, 16);
            } catch (NoSuchAlgorithmException | InvalidKeyException e) {
                throw new IllegalStateException("every JDK has HmacSHA256", e);
            }
        };
    }
}
