package org.sharaka.protocol.cms;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Objects;

/** A private key of ours with its certificate. Prints neither. */
public final class OwnKey {
    private final Certificate certificate;
    private final PrivateKey key;

    private OwnKey(Certificate certificate, PrivateKey key) {
        this.certificate = certificate;
        this.key = key;
    }

    /**
     * Takes a key that came from anywhere and checks that it is the certificate's.
     *
     * @param key an EC private key that shows its PKCS#8 encoding
     * @throws IllegalArgumentException if it is not the certificate's key
     */
    public static OwnKey of(Certificate certificate, PrivateKey key) {
        byte[] encoded = Objects.requireNonNull(key.getEncoded(), "the key does not leave its device");
        try {
            OwnKey own = new OwnKey(
                    certificate,
                    KeyFactory.getInstance("EC", BouncyCastle.PROVIDER)
                            .generatePrivate(new PKCS8EncodedKeySpec(encoded)));
            own.requirePair();
            return own;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an EC private key", e);
        }
    }

    private void requirePair() throws GeneralSecurityException {
        byte[] probe = {1};
        Signature signature = Signature.getInstance("SHA256withECDSA", BouncyCastle.PROVIDER);
        signature.initSign(key);
        signature.update(probe);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.publicKey());
        signature.update(probe);
        if (!signature.verify(signed)) throw new IllegalArgumentException("the key is not the certificate's");
    }

    public Certificate certificate() {
        return certificate;
    }

    /** The secret in PKCS#8, to be written into a key store. */
    public byte[] pkcs8() {
        return key.getEncoded();
    }

    /** The secret, for key stores and TLS. */
    public PrivateKey key() {
        return key;
    }

    @Override
    public String toString() {
        return "key of " + certificate;
    }
}
