package org.sharaka.node.access;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How log-ins live.
 *
 * @param idle a session nobody uses ends after this; at most 12 hours
 * @param longest a session ends after this, used or not; at most 24 hours
 * @param passkeyDomain the domain that passkeys belong to (WebAuthn's relying party id)
 * @param origins the addresses officers see in their browser, for instance {@code https://node.example}; needed for
 *     passkeys. Empty: this machine alone, under {@code http://localhost} and the console's port
 */
@ConfigurationProperties(prefix = "sharaka.access", ignoreUnknownFields = false)
record AccessSettings(
        @DefaultValue("30m") Duration idle,
        @DefaultValue("12h") Duration longest,
        @DefaultValue("localhost") String passkeyDomain,
        @DefaultValue List<String> origins) {
    AccessSettings {
        origins = List.copyOf(origins);
        if (idle.compareTo(Duration.ofMinutes(1)) < 0 || idle.compareTo(Duration.ofHours(12)) > 0) {
            throw new IllegalArgumentException("sharaka.access.idle is not within 1m and 12h");
        }
        if (longest.compareTo(idle) < 0 || longest.compareTo(Duration.ofHours(24)) > 0) {
            throw new IllegalArgumentException("sharaka.access.longest is not within sharaka.access.idle and 24h");
        }
        if (passkeyDomain.isBlank()) throw new IllegalArgumentException("sharaka.access.passkey-domain is blank");
    }
}
