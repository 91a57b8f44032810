package org.sharaka.protocol.message;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.AuthEnvelopedData;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.KeyAgreeRecipientIdentifier;
import org.bouncycastle.asn1.cms.KeyAgreeRecipientInfo;
import org.bouncycastle.asn1.cms.OriginatorIdentifierOrKey;
import org.bouncycastle.asn1.cms.OriginatorPublicKey;
import org.bouncycastle.asn1.cms.RecipientEncryptedKey;
import org.bouncycastle.asn1.cms.RecipientInfo;
import org.bouncycastle.asn1.cms.RecipientKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.sharaka.protocol.cms.Certificate;

/** Seals as other implementations make them, or attackers. */
final class Seals {
    private Seals() {}

    /** The same seal, which names its recipient's key by the identifier that the certificate gives it. */
    static byte[] namedByKey(byte[] sealed, Certificate recipient) {
        return changed(sealed, info -> {
            RecipientEncryptedKey key = RecipientEncryptedKey.getInstance(
                    info.getRecipientEncryptedKeys().getObjectAt(0));
            return new KeyAgreeRecipientInfo(
                    info.getOriginator(),
                    null,
                    info.getKeyEncryptionAlgorithm(),
                    new DERSequence(new RecipientEncryptedKey(
                            new KeyAgreeRecipientIdentifier(new RecipientKeyIdentifier(keyIdentifier(recipient))),
                            key.getEncryptedKey())));
        });
    }

    private static byte[] keyIdentifier(Certificate certificate) {
        try {
            return SubjectKeyIdentifier.fromExtensions(new X509CertificateHolder(certificate.der()).getExtensions())
                    .getKeyIdentifier();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With an ephemeral point beside the curve. */
    static byte[] offCurve(byte[] sealed) {
        return changed(sealed, info -> {
            OriginatorPublicKey key = info.getOriginator().getOriginatorKey();
            byte[] point = key.getPublicKeyData().getOctets().clone();
            point[point.length - 1] ^= 1;
            return new KeyAgreeRecipientInfo(
                    new OriginatorIdentifierOrKey(new OriginatorPublicKey(key.getAlgorithm(), point)),
                    null,
                    info.getKeyEncryptionAlgorithm(),
                    info.getRecipientEncryptedKeys());
        });
    }

    static byte[] withKeyingMaterial(byte[] sealed) {
        return changed(
                sealed,
                info -> new KeyAgreeRecipientInfo(
                        info.getOriginator(),
                        new DEROctetString(new byte[16]),
                        info.getKeyEncryptionAlgorithm(),
                        info.getRecipientEncryptedKeys()));
    }

    private static byte[] changed(byte[] sealed, UnaryOperator<KeyAgreeRecipientInfo> change) {
        AuthEnvelopedData data =
                AuthEnvelopedData.getInstance(ContentInfo.getInstance(sealed).getContent());
        KeyAgreeRecipientInfo info = KeyAgreeRecipientInfo.getInstance(
                RecipientInfo.getInstance(data.getRecipientInfos().getObjectAt(0))
                        .getInfo());
        try {
            return new ContentInfo(
                            CMSObjectIdentifiers.authEnvelopedData,
                            new AuthEnvelopedData(
                                    null,
                                    new DERSet(new RecipientInfo(change.apply(info))),
                                    data.getAuthEncryptedContentInfo(),
                                    null,
                                    data.getMac(),
                                    null))
                    .getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
