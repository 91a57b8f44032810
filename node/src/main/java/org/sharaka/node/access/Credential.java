package org.sharaka.node.access;

import java.time.Instant;
import java.util.Optional;

/**
 * What an officer can prove: never shown, never logged.
 *
 * @param password Argon2id hash with its parameters
 * @param totp the one-time-password secret, sealed
 * @param totpStep of the last accepted code
 * @param code hash of the one-time enrolment code
 */
record Credential(
        OfficerId officer,
        Optional<String> password,
        Optional<Sealed> totp,
        long totpStep,
        Optional<Sealed> code,
        Optional<Instant> codeEndsAt) {
    boolean enrolled() {
        return password.isPresent();
    }

    /** Bytes that print nothing. */
    static final class Sealed {
        private final byte[] bytes;

        Sealed(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        byte[] bytes() {
            return bytes.clone();
        }
    }
}
