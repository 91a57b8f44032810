package org.sharaka.protocol.cms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sharaka.protocol.Network.NOON;
import static org.sharaka.protocol.Network.SYLDAVIA;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Date;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.Refused;

class CertificateTest {
    private static final ASN1ObjectIdentifier UNKNOWN = new ASN1ObjectIdentifier("2.5.29.36");
    private final NewKeys keys = new NewKeys(new SecureRandom());

    @Test
    void aCertificateServesItsOwnUseOnly() {
        Certificate sealing = key(KeyUse.SEALING).certificate();
        Certificate signing = key(KeyUse.SIGNING).certificate();

        sealing.requireFor(KeyUse.SEALING);
        signing.requireFor(KeyUse.SIGNING);
        Refused.with(Refusal.CERTIFICATE_UNSUITABLE, () -> sealing.requireFor(KeyUse.SIGNING));
        Refused.with(Refusal.CERTIFICATE_UNSUITABLE, () -> signing.requireFor(KeyUse.SEALING));
    }

    @Test
    void itsTimeIsItsOwn() {
        Certificate certificate = key(KeyUse.SIGNING).certificate();

        assertThat(certificate.validAt(NOON.minusSeconds(1))).isFalse();
        assertThat(certificate.validAt(NOON)).isTrue();
        assertThat(certificate.validAt(NOON.plus(Duration.ofDays(10)))).isTrue();
        assertThat(certificate.validAt(NOON.plus(Duration.ofDays(10)).plusSeconds(1)))
                .isFalse();
    }

    @Test
    void anotherCurveOrKindOfKeyIsRefused() throws Exception {
        Refused.with(
                Refusal.CERTIFICATE_UNSUITABLE,
                () -> Certificate.parse(made("P-384", KeyUsage.digitalSignature, false)));
        byte[] ed25519 = keys.generateEd25519("log", NOON, NOON.plusSeconds(9))
                .certificate()
                .getEncoded();
        Refused.with(Refusal.CERTIFICATE_UNSUITABLE, () -> Certificate.parse(ed25519));
    }

    @Test
    void withoutKeyUsageOrWithAnUnknownCriticalExtensionItServesNothing() throws Exception {
        Certificate unusable = Certificate.parse(made("P-256", 0, false));
        Certificate strange = Certificate.parse(made("P-256", KeyUsage.digitalSignature, true));

        Refused.with(Refusal.CERTIFICATE_UNSUITABLE, () -> unusable.requireFor(KeyUse.SIGNING));
        Refused.with(Refusal.CERTIFICATE_UNSUITABLE, () -> strange.requireFor(KeyUse.SIGNING));
    }

    /** The point (0, 0) lies on no curve that we use. */
    @Test
    void aPointThatIsNotOnTheCurveIsRefused() {
        byte[] der = key(KeyUse.SIGNING).certificate().der();
        byte[] point = key(KeyUse.SIGNING).certificate().publicKey().getEncoded();
        assertThat(point).hasSize(91);
        int at = new String(der, java.nio.charset.StandardCharsets.ISO_8859_1)
                .indexOf(new String(new byte[] {3, 66, 0, 4}, java.nio.charset.StandardCharsets.ISO_8859_1));
        java.util.Arrays.fill(der, at + 4, at + 68, (byte) 0);

        Refused.with(Refusal.CERTIFICATE_UNSUITABLE, () -> Certificate.parse(der));
    }

    @Test
    void aKeyOfAnotherCertificateIsNotTaken() {
        OwnKey one = key(KeyUse.SIGNING);
        OwnKey other = key(KeyUse.SIGNING);

        assertThatThrownBy(() -> OwnKey.of(one.certificate(), other.key()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(one.toString()).doesNotContain("BEGIN").startsWith("key of certificate");
    }

    private OwnKey key(KeyUse use) {
        return keys.generate(SYLDAVIA, use, NOON, NOON.plus(Duration.ofDays(10)));
    }

    private static byte[] made(String curve, int usage, boolean critical) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", BouncyCastle.PROVIDER);
        generator.initialize(new ECGenParameterSpec(curve));
        KeyPair pair = generator.generateKeyPair();
        X500Name name = new X500Name("CN=test");
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name, BigInteger.ONE, Date.from(NOON), Date.from(NOON.plusSeconds(9)), name, pair.getPublic());
        if (usage != 0) builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
        if (critical) builder.addExtension(UNKNOWN, true, DERNull.INSTANCE);
        return builder.build(new JcaContentSignerBuilder("SHA256withECDSA")
                        .setProvider(BouncyCastle.PROVIDER)
                        .build(pair.getPrivate()))
                .getEncoded();
    }
}
