package org.sharaka.node.portal;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.subtle.Hkdf;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.sharaka.node.intake.Reference;

/**
 * The portal's own key. From it follow, for each submission token, reference and access code, so that a repeated submission
 * gets the same ones and neither is kept; and the places of mailboxes, so that guessing needs the portal.
 */
final class PortalKey {
    static final int MAC_BYTES = 32;

    private static final int KEY_BYTES = 32;

    private final byte[] key;
    private final Aead forms;

    /** @param key 32 random bytes */
    PortalKey(byte[] key) {
        if (key.length != KEY_BYTES) throw new IllegalArgumentException("the portal key has not 32 bytes");
        this.key = key.clone();
        try {
            this.forms = new AesGcmJce(derive(key, "", "sharaka.portal.form"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks AES-GCM", e);
        }
    }

    Reference reference(String token) {
        return Reference.of(mac("reference", token));
    }

    AccessCode code(String token) {
        return AccessCode.of(mac("code", token));
    }

    /** Under which a mailbox is found. */
    byte[] lookup(Reference reference, AccessCode code) {
        return mac("mailbox", reference.symbols() + " " + code.symbols());
    }

    /** HMAC-SHA-256 under a key for the use. */
    byte[] mac(String use, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(derive(key, "", "sharaka.portal.mac/" + use), "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks HMAC-SHA-256", e);
        }
    }

    /** Encrypts what travels in a form. */
    byte[] hide(String context, byte[] plain) {
        try {
            return forms.encrypt(plain, context.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("encryption failed", e);
        }
    }

    /** @return empty if it was altered or made by another key */
    Optional<byte[]> show(String context, byte[] hidden) {
        try {
            return Optional.of(forms.decrypt(hidden, context.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    /** The private key of a mailbox: it follows from the code alone, not from any key of ours. */
    static byte[] mailboxKey(Reference reference, AccessCode code) {
        return derive(
                code.symbols().getBytes(StandardCharsets.US_ASCII), reference.symbols(), "sharaka.portal.mailbox/1");
    }

    private static byte[] derive(byte[] secret, String salt, String use) {
        try {
            return Hkdf.computeHkdf(
                    "HMACSHA256",
                    secret,
                    salt.getBytes(StandardCharsets.US_ASCII),
                    use.getBytes(StandardCharsets.UTF_8),
                    KEY_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks HKDF", e);
        }
    }
}
