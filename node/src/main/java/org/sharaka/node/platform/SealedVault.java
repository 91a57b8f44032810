package org.sharaka.node.platform;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.KmsEnvelopeAead;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.subtle.Hkdf;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Envelope encryption with Tink: each item under a fresh AES-256-GCM key, that key under one derived from the node key.
 * All keys in use are derived from the node key by HKDF-SHA-256 (RFC 5869), one for each use, so that none serves two.
 *
 * <p>A sealed item is a version byte (1), then Tink's envelope: length of the wrapped key, wrapped key, ciphertext.
 */
final class SealedVault implements Vault {
    private static final byte VERSION = 1;
    private static final int KEY_BYTES = 32;

    private final byte[] nodeKey;
    private final Aead envelope;
    private final Map<String, SecretKeySpec> macKeys = new ConcurrentHashMap<>();

    /** @param nodeKey 32 random bytes */
    SealedVault(byte[] nodeKey) {
        if (nodeKey.length != KEY_BYTES) throw new IllegalArgumentException("the node key has not 32 bytes");
        this.nodeKey = nodeKey.clone();
        try {
            AeadConfig.register();
            this.envelope = KmsEnvelopeAead.create(
                    PredefinedAeadParameters.AES256_GCM, new AesGcmJce(derive("sharaka.vault.wrap")));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks AES-GCM", e);
        }
    }

    @Override
    public byte[] seal(String context, byte[] plain) {
        try {
            byte[] body = envelope.encrypt(plain, context.getBytes(StandardCharsets.UTF_8));
            byte[] sealed = new byte[body.length + 1];
            sealed[0] = VERSION;
            System.arraycopy(body, 0, sealed, 1, body.length);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealing failed", e);
        }
    }

    @Override
    public byte[] open(String context, byte[] sealed) {
        if (sealed.length == 0 || sealed[0] != VERSION)
            throw new IllegalStateException("sealed item of an unknown version");
        try {
            return envelope.decrypt(
                    Arrays.copyOfRange(sealed, 1, sealed.length), context.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealed item was altered, or sealed under another context or key", e);
        }
    }

    @Override
    public byte[] mac(String purpose, byte[] data) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(macKey(purpose));
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks HMAC-SHA-256", e);
        }
    }

    /** Derived once: there are as many as modules have uses for one. */
    private SecretKeySpec macKey(String purpose) throws GeneralSecurityException {
        SecretKeySpec known = macKeys.get(purpose);
        if (known != null) return known;
        SecretKeySpec derived = new SecretKeySpec(derive("sharaka.vault.mac/" + purpose), "HmacSHA256");
        macKeys.put(purpose, derived);
        return derived;
    }

    private byte[] derive(String use) throws GeneralSecurityException {
        return Hkdf.computeHkdf("HMACSHA256", nodeKey, new byte[0], use.getBytes(StandardCharsets.UTF_8), KEY_BYTES);
    }
}
