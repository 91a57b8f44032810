package org.sharaka.protocol.cms;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.jspecify.annotations.Nullable;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.RefusedException;

/**
 * An X.509 certificate of a P-256 key. It is trusted because a roster lists exactly these bytes, not because somebody
 * issued it: a chain is not looked at.
 */
public final class Certificate {
    private final byte[] der;
    private final X509CertificateHolder holder;
    private final Hash fingerprint;
    private final Hash keyFingerprint;
    /** One object for as long as the certificate is kept: what is prepared for its point serves every use. */
    private final PublicKey publicKey;

    /** Made when it is first asked for; two threads make the same. */
    private volatile @Nullable X509Certificate platform;

    private final Instant notBefore;
    private final Instant notAfter;

    private Certificate(byte[] der, X509CertificateHolder holder, PublicKey publicKey) throws IOException {
        this.der = der;
        this.holder = holder;
        this.fingerprint = Hash.of(der);
        this.keyFingerprint = Hash.of(holder.getSubjectPublicKeyInfo().getEncoded(ASN1Encoding.DER));
        this.publicKey = publicKey;
        this.notBefore = holder.getNotBefore().toInstant();
        this.notAfter = holder.getNotAfter().toInstant();
    }

    public static Certificate parse(byte[] der) {
        org.bouncycastle.asn1.ASN1Primitive read = Der.parse(der, Limits.CERTIFICATE_BYTES);
        try {
            X509CertificateHolder holder =
                    new X509CertificateHolder(org.bouncycastle.asn1.x509.Certificate.getInstance(read));
            requireNames(holder);
            return new Certificate(der.clone(), holder, requireP256(holder));
        } catch (RefusedException e) {
            throw e;
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw Refusal.CERTIFICATE_UNSUITABLE.because("not an X.509 certificate of a P-256 key", e);
        }
    }

    /** What can be shown and compared: a name that is no text would fail wherever somebody does so. */
    private static void requireNames(X509CertificateHolder holder) {
        if (holder.getSubject().toString().length()
                        + holder.getIssuer().toString().length()
                > Limits.CERTIFICATE_BYTES) throw Refusal.CERTIFICATE_UNSUITABLE.because("its names are too long");
    }

    /** A named curve, an uncompressed point and one that lies on the curve. */
    private static PublicKey requireP256(X509CertificateHolder holder) throws IOException, GeneralSecurityException {
        AlgorithmIdentifier algorithm = holder.getSubjectPublicKeyInfo().getAlgorithm();
        if (!algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
                || !(algorithm.getParameters() instanceof ASN1ObjectIdentifier curve)
                || !curve.equals(SECObjectIdentifiers.secp256r1))
            throw Refusal.CERTIFICATE_UNSUITABLE.because("its key is not on P-256");
        byte[] point = holder.getSubjectPublicKeyInfo().getPublicKeyData().getOctets();
        if (point.length != 65 || point[0] != 4)
            throw Refusal.CERTIFICATE_UNSUITABLE.because("its point is compressed");
        return new JcaPEMKeyConverter()
                .setProvider(BouncyCastle.PROVIDER)
                .getPublicKey(holder.getSubjectPublicKeyInfo());
    }

    /**
     * Refuses a certificate whose key usage forbids the use: digitalSignature for rosters, signing and TLS, keyAgreement
     * for sealing.
     */
    public void requireFor(KeyUse use) {
        @Nullable KeyUsage usage = keyUsage();
        int needed = use == KeyUse.SEALING ? KeyUsage.keyAgreement : KeyUsage.digitalSignature;
        if (usage == null || !usage.hasUsages(needed))
            throw Refusal.CERTIFICATE_UNSUITABLE.because("its key usage does not allow " + use);
        for (Object critical : holder.getCriticalExtensionOIDs())
            if (!critical.equals(Extension.keyUsage)
                    && !critical.equals(Extension.basicConstraints)
                    && !critical.equals(Extension.extendedKeyUsage))
                throw Refusal.CERTIFICATE_UNSUITABLE.because("it has a critical extension that is not known here");
    }

    private @Nullable KeyUsage keyUsage() {
        try {
            return KeyUsage.fromExtensions(holder.getExtensions());
        } catch (IllegalArgumentException e) {
            throw Refusal.CERTIFICATE_UNSUITABLE.because("its key usage cannot be read", e);
        }
    }

    public byte[] der() {
        return der.clone();
    }

    /** SHA-256 of the certificate. */
    public Hash fingerprint() {
        return fingerprint;
    }

    /** SHA-256 of the SubjectPublicKeyInfo: equal for two certificates of one key. */
    public Hash keyFingerprint() {
        return keyFingerprint;
    }

    public Instant notBefore() {
        return notBefore;
    }

    public Instant notAfter() {
        return notAfter;
    }

    public boolean validAt(Instant time) {
        return !time.isBefore(notBefore()) && !time.isAfter(notAfter());
    }

    /** Who it names, for eyes only: what a roster says of the member counts. */
    public String subject() {
        return holder.getSubject().toString();
    }

    public PublicKey publicKey() {
        return publicKey;
    }

    /** The platform's view of it. */
    X509Certificate platform() {
        X509Certificate made = platform;
        if (made == null) {
            try {
                made = new JcaX509CertificateConverter()
                        .setProvider(BouncyCastle.PROVIDER)
                        .getCertificate(holder);
            } catch (CertificateException e) {
                throw new IllegalStateException("the certificate was read before", e);
            }
            platform = made;
        }
        return made;
    }

    X509CertificateHolder holder() {
        return holder;
    }

    IssuerAndSerialNumber issuerAndSerial() {
        return new IssuerAndSerialNumber(holder.toASN1Structure());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Certificate certificate && Arrays.equals(der, certificate.der);
    }

    @Override
    public int hashCode() {
        return fingerprint.hashCode();
    }

    @Override
    public String toString() {
        return "certificate " + fingerprint;
    }
}
