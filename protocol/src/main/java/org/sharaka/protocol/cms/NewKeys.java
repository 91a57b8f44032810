package org.sharaka.protocol.cms;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.sharaka.protocol.MemberId;

/** Makes keys with self-signed certificates; a state that has an authority of its own may use that instead. */
public final class NewKeys {
    private static final int SERIAL_BITS = 127;

    private final SecureRandom random;

    public NewKeys(SecureRandom random) {
        this.random = random;
    }

    /** A P-256 key with a certificate that names the member and allows this use alone. */
    public OwnKey generate(MemberId member, KeyUse use, Instant notBefore, Instant notAfter) {
        try {
            KeyPairGenerator keys = KeyPairGenerator.getInstance("EC", BouncyCastle.PROVIDER);
            keys.initialize(new ECGenParameterSpec("P-256"), random);
            KeyPair pair = keys.generateKeyPair();
            X500Name name = new X500NameBuilder()
                    .addRDN(BCStyle.CN, member + " " + use.name().toLowerCase(java.util.Locale.ROOT))
                    .build();
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    name,
                    new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1),
                    Date.from(notBefore),
                    Date.from(notAfter),
                    name,
                    pair.getPublic());
            extend(builder, member, use, pair);
            byte[] der = builder.build(new JcaContentSignerBuilder("SHA256withECDSA")
                            .setProvider(BouncyCastle.PROVIDER)
                            .setSecureRandom(random)
                            .build(pair.getPrivate()))
                    .getEncoded();
            return OwnKey.of(Certificate.parse(der), pair.getPrivate());
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("a key could not be made", e);
        }
    }

    /** An Ed25519 key for notes and the certificate beside which key stores keep it. */
    public record NotePair(PrivateKey key, X509Certificate certificate) {}

    /** @param name of the note key; the certificate's common name */
    public NotePair generateEd25519(String name, Instant notBefore, Instant notAfter) {
        try {
            KeyPairGenerator keys = KeyPairGenerator.getInstance("Ed25519", BouncyCastle.PROVIDER);
            keys.initialize(new NamedParameterSpec("Ed25519"), random);
            KeyPair pair = keys.generateKeyPair();
            X500Name subject = new X500NameBuilder().addRDN(BCStyle.CN, name).build();
            X509CertificateHolder certificate = new JcaX509v3CertificateBuilder(
                            subject,
                            new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1),
                            Date.from(notBefore),
                            Date.from(notAfter),
                            subject,
                            pair.getPublic())
                    .build(new JcaContentSignerBuilder("Ed25519")
                            .setProvider(BouncyCastle.PROVIDER)
                            .build(pair.getPrivate()));
            return new NotePair(
                    withoutPublicKey(pair.getPrivate()),
                    new JcaX509CertificateConverter()
                            .setProvider(BouncyCastle.PROVIDER)
                            .getCertificate(certificate));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("a key could not be made", e);
        }
    }

    /** Version 1 of PKCS#8: OpenSSL 3.0 reads no other (RFC 5958 has the public key in version 2). */
    private static PrivateKey withoutPublicKey(PrivateKey key) throws GeneralSecurityException, IOException {
        PrivateKeyInfo info = PrivateKeyInfo.getInstance(key.getEncoded());
        byte[] plain = new PrivateKeyInfo(info.getPrivateKeyAlgorithm(), info.parsePrivateKey()).getEncoded();
        return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(plain));
    }

    private static void extend(JcaX509v3CertificateBuilder builder, MemberId member, KeyUse use, KeyPair pair)
            throws GeneralSecurityException, CertIOException {
        int usage = use == KeyUse.SEALING ? KeyUsage.keyAgreement : KeyUsage.digitalSignature;
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(
                Extension.subjectKeyIdentifier,
                false,
                new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
        if (use != KeyUse.TLS) return;
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
            KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
        }));
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.dNSName, member.value())));
    }
}
