package org.sharaka.node.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.sharaka.node.platform.Vault;

/**
 * Knows the devices that an officer logged in from before (OWASP "Slow Down Online Guessing Attacks with Device
 * Cookies"). Failures elsewhere do not count against them, so nobody can lock an officer out from afar. Nothing is
 * stored: the cookie carries a keyed hash.
 */
final class Devices {
    static final Duration KNOWN_FOR = Duration.ofDays(180);

    private final Vault vault;
    private final SecureRandom random;

    Devices(Vault vault, SecureRandom random) {
        this.vault = vault;
        this.random = random;
    }

    /** One cookie an officer, so that colleagues can share a device. The name does not tell whose. */
    String cookieName(String login) {
        byte[] hash = vault.mac("access.device-cookie", login.getBytes(StandardCharsets.UTF_8));
        return "sharaka-device-"
                + Base64.getUrlEncoder().withoutPadding().encodeToString(hash).substring(0, 10);
    }

    String issue(Login login, Instant now) {
        byte[] nonce = new byte[16];
        random.nextBytes(nonce);
        String body = now.getEpochSecond() + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(nonce);
        return body + "." + mac(login.value(), body);
    }

    /** @return what names the device, if the cookie is ours, for this login name and not too old */
    Optional<String> known(String login, String cookie, Instant now) {
        int dot = cookie.lastIndexOf('.');
        if (dot < 0) return Optional.empty();
        String body = cookie.substring(0, dot);
        byte[] given = cookie.substring(dot + 1).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(mac(login, body).getBytes(StandardCharsets.UTF_8), given)) return Optional.empty();
        Instant issued = Instant.ofEpochSecond(Long.parseLong(body.substring(0, body.indexOf('.'))));
        return issued.plus(KNOWN_FOR).isAfter(now) ? Optional.of(body) : Optional.empty();
    }

    private String mac(String login, String body) {
        byte[] hash = vault.mac("access.device", (login + "\0" + body).getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    }
}
