package org.sharaka.node.access;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Time-based one-time codes (RFC 6238) in the form that every authenticator app knows: HMAC-SHA-1, six digits, 30
 * seconds.
 */
final class Totp {
    static final int SECRET_BYTES = 20;
    private static final long STEP_SECONDS = 30;
    /** One step either way forgives clocks and slow fingers (RFC 6238 section 5.2). */
    private static final int WINDOW = 1;

    private final byte[] secret;

    /** @throws IllegalArgumentException for a secret shorter than RFC 4226 section 4 allows (128 bits) */
    Totp(byte[] secret) {
        if (secret.length < 16) throw new IllegalArgumentException("the secret is too short");
        this.secret = secret.clone();
    }

    static Totp generate(SecureRandom random) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return new Totp(secret);
    }

    /**
     * Says which time step a code belongs to. Every candidate is computed and compared whatever the code, so the time
     * taken tells nothing.
     *
     * @param usedStep the step of the last code that was accepted; that code and older ones are refused (RFC 6238
     *     section 5.2: a code is used once)
     * @return the step to remember, or empty if the code is wrong or was used
     */
    OptionalLong accept(String code, Instant now, long usedStep) {
        byte[] typed = code.strip().getBytes(StandardCharsets.UTF_8);
        long current = now.getEpochSecond() / STEP_SECONDS;
        OptionalLong accepted = OptionalLong.empty();
        for (long step = current - WINDOW; step <= current + WINDOW; step++) {
            boolean equal = MessageDigest.isEqual(codeAt(step).getBytes(StandardCharsets.UTF_8), typed);
            if (equal && step > usedStep && accepted.isEmpty()) accepted = OptionalLong.of(step);
        }
        return accepted;
    }

    String codeAt(Instant time) {
        return codeAt(time.getEpochSecond() / STEP_SECONDS);
    }

    /** RFC 4226 section 5.3, with the step as counter. */
    private String codeAt(long step) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "HmacSHA1"));
            byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
            int offset = hash[hash.length - 1] & 0x0F;
            int number = ByteBuffer.wrap(hash, offset, 4).getInt() & 0x7FFF_FFFF;
            return String.format("%06d", number % 1_000_000);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA1", e);
        }
    }

    byte[] secret() {
        return Arrays.copyOf(secret, secret.length);
    }

    /** For those who type the secret: groups of four. */
    String secretText() {
        return Base32.encode(secret).replaceAll("(.{4})(?=.)", "$1 ");
    }

    /** For a QR code: the Key URI Format that authenticator apps read. */
    String uri(String issuer, Login login) {
        String name = URLEncoder.encode(issuer, StandardCharsets.UTF_8).replace("+", "%20");
        return "otpauth://totp/" + name + ":" + login + "?secret=" + Base32.encode(secret) + "&issuer=" + name;
    }
}
