package org.sharaka.node.platform;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.HybridDecrypt;
import com.google.crypto.tink.HybridEncrypt;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.hybrid.HpkeParameters;
import com.google.crypto.tink.hybrid.HpkePrivateKey;
import com.google.crypto.tink.hybrid.HpkePublicKey;
import com.google.crypto.tink.hybrid.HybridConfig;
import com.google.crypto.tink.subtle.X25519;
import com.google.crypto.tink.util.Bytes;
import com.google.crypto.tink.util.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;

/**
 * Seals to a public key: HPKE in base mode (RFC 9180) with X25519, HKDF-SHA-256 and AES-256-GCM. A sealed item is the
 * encapsulated key and the ciphertext. Whoever sealed can no longer open.
 */
public final class PublicSeal {
    public static final int KEY_BYTES = 32;

    private static final HpkeParameters PARAMETERS = parameters();

    private PublicSeal() {}

    private static HpkeParameters parameters() {
        try {
            HybridConfig.register();
            return HpkeParameters.builder()
                    .setKemId(HpkeParameters.KemId.DHKEM_X25519_HKDF_SHA256)
                    .setKdfId(HpkeParameters.KdfId.HKDF_SHA256)
                    .setAeadId(HpkeParameters.AeadId.AES_256_GCM)
                    .setVariant(HpkeParameters.Variant.NO_PREFIX)
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks a part of HPKE", e);
        }
    }

    public static byte[] newPrivateKey() {
        return X25519.generatePrivateKey();
    }

    public static byte[] publicKeyOf(byte[] privateKey) {
        try {
            return X25519.publicFromPrivate(privateKey);
        } catch (InvalidKeyException e) {
            throw new IllegalArgumentException("not a private key", e);
        }
    }

    /** @param context what the item is; {@link #open} fails under another */
    @AccessesPartialKey // The public key travels in a door file of 32 plain bytes.
    public static byte[] seal(byte[] publicKey, String context, byte[] plain) {
        try {
            HpkePublicKey key = HpkePublicKey.create(PARAMETERS, Bytes.copyFrom(publicKey), null);
            HybridEncrypt sealer = KeysetHandle.newBuilder()
                    .addEntry(KeysetHandle.importKey(key).withRandomId().makePrimary())
                    .build()
                    .getPrimitive(RegistryConfiguration.get(), HybridEncrypt.class);
            return sealer.encrypt(plain, context.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealing failed", e);
        }
    }

    /** @throws GeneralSecurityException if the item was altered, or sealed to another key or under another context */
    @AccessesPartialKey // The private key is kept by the vault, or follows from a code.
    public static byte[] open(byte[] privateKey, String context, byte[] sealed) throws GeneralSecurityException {
        HpkePublicKey publicKey =
                HpkePublicKey.create(PARAMETERS, Bytes.copyFrom(X25519.publicFromPrivate(privateKey)), null);
        HpkePrivateKey key =
                HpkePrivateKey.create(publicKey, SecretBytes.copyFrom(privateKey, InsecureSecretKeyAccess.get()));
        HybridDecrypt opener = KeysetHandle.newBuilder()
                .addEntry(KeysetHandle.importKey(key).withRandomId().makePrimary())
                .build()
                .getPrimitive(RegistryConfiguration.get(), HybridDecrypt.class);
        return opener.decrypt(sealed, context.getBytes(StandardCharsets.UTF_8));
    }
}
