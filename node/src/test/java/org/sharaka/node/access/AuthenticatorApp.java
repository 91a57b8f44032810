package org.sharaka.node.access;

import java.time.Instant;

/** What an officer's telephone does: makes the one-time code of a secret that the enrolment page shows. */
public final class AuthenticatorApp {
    private final Totp totp;

    /** @param secret in base32, as shown */
    public AuthenticatorApp(String secret) {
        this.totp = new Totp(Base32.decode(secret));
    }

    public String codeAt(Instant time) {
        return totp.codeAt(time);
    }
}
