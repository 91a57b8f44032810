package org.sharaka.protocol.cms;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.AuthEnvelopedData;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.EncryptedContentInfo;
import org.bouncycastle.asn1.cms.GCMParameters;
import org.bouncycastle.asn1.cms.KEKRecipientInfo;
import org.bouncycastle.asn1.cms.KeyAgreeRecipientIdentifier;
import org.bouncycastle.asn1.cms.KeyAgreeRecipientInfo;
import org.bouncycastle.asn1.cms.OriginatorPublicKey;
import org.bouncycastle.asn1.cms.RecipientEncryptedKey;
import org.bouncycastle.asn1.cms.RecipientInfo;
import org.bouncycastle.asn1.cms.RecipientKeyIdentifier;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSAuthEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.RecipientInfoGenerator;
import org.bouncycastle.cms.SignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKEKEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKEKRecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.JceKeyAgreeEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyAgreeRecipientInfoGenerator;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.OutputAEADEncryptor;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.RefusedException;

/**
 * Makes and opens the CMS structures of profile 1 (docs/protocol.md section 3): ECDSA P-256 with SHA-256; ECDH P-256 with
 * the SHA-256 KDF of X9.63 and AES-256 key wrap; AES-256-GCM. Thread-safe if the random source is.
 */
public final class Profile1 {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int WRAPPED_KEY_BYTES = 40;
    private static final int POINT_BYTES = 65;
    private static final ECCurve CURVE =
            CustomNamedCurves.getByName("secp256r1").getCurve();
    /** Stands where Bouncy Castle would write out a date, which costs as much as a twelfth of the signature. */
    private static final AttributeTable NO_TIME = new AttributeTable(
            new DERSet(new Attribute(CMSAttributes.signingTime, new DERSet(new Time(Date.from(Instant.EPOCH))))));

    private final SecureRandom random;

    public Profile1(SecureRandom random) {
        this.random = random;
    }

    /** Signs and encloses the content; the result is DER. */
    public byte[] sign(byte[] content, OwnKey key) {
        return encoded(make(content, key, true));
    }

    /** Signs content that stands elsewhere. */
    public byte[] signDetached(byte[] content, OwnKey key) {
        return encoded(make(content, key, false));
    }

    /**
     * As {@link #sign}, without reading again what was just written.
     *
     * @throws org.sharaka.protocol.RefusedException if it is larger than a recipient takes
     */
    public SignedData signed(byte[] content, OwnKey key) {
        CMSSignedData made = make(content, key, true);
        return SignedData.made(encoded(made), made.toASN1Structure(), key.certificate(), content);
    }

    private static byte[] encoded(CMSSignedData made) {
        try {
            return made.toASN1Structure().getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new IllegalStateException("signing failed", e);
        }
    }

    private CMSSignedData make(byte[] content, OwnKey key, boolean enclose) {
        try {
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            generator.addSignerInfoGenerator(new SignerInfoGeneratorBuilder(BouncyCastle.DIGESTS)
                    .setSignedAttributeGenerator(parameters ->
                            withoutTime(new DefaultSignedAttributeTableGenerator(NO_TIME).getAttributes(parameters)))
                    .build(
                            new LowS(new JcaContentSignerBuilder("SHA256withECDSA")
                                    .setProvider(BouncyCastle.PROVIDER)
                                    .build(key.key())),
                            key.certificate().holder()));
            generator.addCertificate(key.certificate().holder());
            return generator.generate(new CMSProcessableByteArray(content), enclose);
        } catch (CMSException | OperatorCreationException e) {
            throw new IllegalStateException("signing failed", e);
        }
    }

    /** The signed JSON says when; a second time beside it could only contradict. */
    private static AttributeTable withoutTime(AttributeTable attributes) {
        return attributes.remove(CMSAttributes.signingTime);
    }

    /** Seals to one recipient; every seal has a key of its own. */
    public byte[] seal(byte[] content, Certificate recipient) {
        try {
            KeyPairGenerator keys = KeyPairGenerator.getInstance("EC", BouncyCastle.PROVIDER);
            keys.initialize(new ECGenParameterSpec("P-256"), random);
            KeyPair ephemeral = keys.generateKeyPair();
            return encrypt(
                    content,
                    new JceKeyAgreeRecipientInfoGenerator(
                                    CMSAlgorithm.ECDH_SHA256KDF,
                                    ephemeral.getPrivate(),
                                    ephemeral.getPublic(),
                                    CMSAlgorithm.AES256_WRAP)
                            .addRecipient(X509.of(recipient))
                            .setSecureRandom(random)
                            .setProvider(BouncyCastle.PROVIDER));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealing failed", e);
        }
    }

    /** Seals a chunk under a file's key; every chunk has a content key of its own, so no nonce comes twice. */
    public byte[] sealUnder(byte[] content, FileKey key) {
        return encrypt(
                content,
                new JceKEKRecipientInfoGenerator(key.id(), key.secret())
                        .setProvider(BouncyCastle.PROVIDER)
                        .setSecureRandom(random));
    }

    private byte[] encrypt(byte[] content, RecipientInfoGenerator recipient) {
        try {
            CMSAuthEnvelopedDataGenerator generator = new CMSAuthEnvelopedDataGenerator();
            generator.addRecipientInfoGenerator(recipient);
            OutputAEADEncryptor encryptor =
                    (OutputAEADEncryptor) new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES256_GCM)
                            .setProvider(BouncyCastle.CONTENT)
                            .setSecureRandom(random)
                            .build();
            return generator
                    .generate(new CMSProcessableByteArray(content), encryptor)
                    .toASN1Structure()
                    .getEncoded(ASN1Encoding.DER);
        } catch (CMSException | IOException e) {
            throw new IllegalStateException("sealing failed", e);
        }
    }

    /** Opens what was sealed to one of our certificates. */
    public byte[] open(byte[] sealed, Iterable<OwnKey> ours) {
        AuthEnvelopedData data = parse(sealed, Limits.SEALED_BYTES);
        KeyAgreeRecipientInfo recipient = checkKeyAgreement(onlyRecipient(data));
        for (OwnKey key : ours) {
            if (!names(recipient, key.certificate())) continue;
            Agreement agreement = new Agreement(key.key());
            agreement.setProvider(BouncyCastle.PROVIDER);
            return decrypt(data, algorithm -> agreement.unwrap(recipient, algorithm));
        }
        throw Refusal.NOT_SEALED_TO_US.because("no key of ours has that certificate");
    }

    /** Opens a chunk. */
    public byte[] openUnder(byte[] sealed, FileKey key) {
        AuthEnvelopedData data = parse(sealed, Limits.SEALED_CHUNK_BYTES);
        KEKRecipientInfo recipient = checkKek(onlyRecipient(data));
        if (!java.security.MessageDigest.isEqual(
                recipient.getKekid().getKeyIdentifier().getOctets(), key.id()))
            throw Refusal.NOT_SEALED_TO_US.because("another file's key");
        Unwrapping unwrapping = new Unwrapping(key.secret());
        unwrapping.setProvider(BouncyCastle.PROVIDER);
        return decrypt(data, algorithm -> unwrapping.unwrap(recipient, algorithm));
    }

    /** Nothing of the content is given out before the tag over all of it was checked. */
    private static byte[] decrypt(AuthEnvelopedData data, ContentKey key) {
        EncryptedContentInfo content = data.getAuthEncryptedContentInfo();
        AlgorithmIdentifier algorithm = content.getContentEncryptionAlgorithm();
        GCMParameters gcm = GCMParameters.getInstance(algorithm.getParameters());
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", BouncyCastle.CONTENT);
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(key.unwrap(algorithm).getEncoded(), "AES"),
                    new GCMParameterSpec(8 * TAG_BYTES, gcm.getNonce()));
            byte[] encrypted = content.getEncryptedContent().getOctets();
            byte[] clear = new byte[encrypted.length];
            int begun = cipher.update(encrypted, 0, encrypted.length, clear, 0);
            byte[] tag = data.getMac().getOctets();
            int ended = cipher.doFinal(tag, 0, tag.length, clear, begun);
            return begun + ended == clear.length ? clear : java.util.Arrays.copyOf(clear, begun + ended);
        } catch (CMSException | GeneralSecurityException | RuntimeException e) {
            throw Refusal.SEAL_BROKEN.because("key, tag or content do not fit", e);
        }
    }

    /** How the content's key comes out of a recipient's part. */
    private interface ContentKey {
        Key unwrap(AlgorithmIdentifier contentAlgorithm) throws CMSException;
    }

    /** Bouncy Castle's key agreement, without its stream over the content. */
    private static final class Agreement extends JceKeyAgreeEnvelopedRecipient {
        Agreement(PrivateKey key) {
            super(key);
        }

        Key unwrap(KeyAgreeRecipientInfo info, AlgorithmIdentifier contentAlgorithm) throws CMSException {
            RecipientEncryptedKey key = RecipientEncryptedKey.getInstance(
                    info.getRecipientEncryptedKeys().getObjectAt(0));
            SubjectPublicKeyInfo ephemeral = new SubjectPublicKeyInfo(
                    new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1),
                    info.getOriginator().getOriginatorKey().getPublicKeyData().getOctets());
            return extractSecretKey(
                    info.getKeyEncryptionAlgorithm(),
                    contentAlgorithm,
                    ephemeral,
                    info.getUserKeyingMaterial(),
                    key.getEncryptedKey().getOctets());
        }
    }

    /** Likewise for a file's key. */
    private static final class Unwrapping extends JceKEKEnvelopedRecipient {
        Unwrapping(SecretKey key) {
            super(key);
        }

        Key unwrap(KEKRecipientInfo info, AlgorithmIdentifier contentAlgorithm) throws CMSException {
            return extractSecretKey(
                    info.getKeyEncryptionAlgorithm(),
                    contentAlgorithm,
                    info.getEncryptedKey().getOctets());
        }
    }

    private static AuthEnvelopedData parse(byte[] sealed, int maxBytes) {
        org.bouncycastle.asn1.ASN1Primitive primitive = Der.parse(sealed, maxBytes);
        try {
            ContentInfo info = ContentInfo.getInstance(primitive);
            SignedData.require(
                    info.getContentType().equals(CMSObjectIdentifiers.authEnvelopedData), "not AuthEnvelopedData");
            AuthEnvelopedData data = AuthEnvelopedData.getInstance(info.getContent());
            check(data);
            return data;
        } catch (RefusedException e) {
            throw e;
        } catch (RuntimeException e) {
            throw Refusal.NOT_PROFILE.because("not the structure of an AuthEnvelopedData", e);
        }
    }

    private static void check(AuthEnvelopedData data) {
        SignedData.require(data.getVersion().hasValue(0), "version of AuthEnvelopedData");
        SignedData.require(data.getOriginatorInfo() == null, "no originator information");
        SignedData.require(data.getAuthAttrs() == null && data.getUnauthAttrs() == null, "no attributes");
        SignedData.require(data.getMac().getOctets().length == TAG_BYTES, "a tag of 16 bytes");
        EncryptedContentInfo content = data.getAuthEncryptedContentInfo();
        SignedData.require(content.getContentType().equals(CMSObjectIdentifiers.data), "content type id-data");
        AlgorithmIdentifier cipher = content.getContentEncryptionAlgorithm();
        SignedData.require(cipher.getAlgorithm().equals(NISTObjectIdentifiers.id_aes256_GCM), "AES-256-GCM");
        GCMParameters gcm = GCMParameters.getInstance(cipher.getParameters());
        SignedData.require(
                gcm.getNonce().length == NONCE_BYTES && gcm.getIcvLen() == TAG_BYTES, "nonce and tag length");
        SignedData.require(content.getEncryptedContent() != null, "encrypted content");
    }

    private static RecipientInfo onlyRecipient(AuthEnvelopedData data) {
        SignedData.require(data.getRecipientInfos().size() == 1, "one recipient");
        try {
            return RecipientInfo.getInstance(data.getRecipientInfos().getObjectAt(0));
        } catch (RuntimeException e) {
            throw Refusal.NOT_PROFILE.because("a recipient", e);
        }
    }

    private static KeyAgreeRecipientInfo checkKeyAgreement(RecipientInfo recipient) {
        try {
            SignedData.require(recipient.getInfo() instanceof KeyAgreeRecipientInfo, "key agreement");
            KeyAgreeRecipientInfo info = KeyAgreeRecipientInfo.getInstance(recipient.getInfo());
            SignedData.require(info.getVersion().hasValue(3), "version of the recipient");
            checkEphemeral(info.getOriginator().getOriginatorKey());
            SignedData.require(info.getUserKeyingMaterial() == null, "no user keying material");
            AlgorithmIdentifier agreement = info.getKeyEncryptionAlgorithm();
            SignedData.require(
                    agreement.getAlgorithm().equals(SECObjectIdentifiers.dhSinglePass_stdDH_sha256kdf_scheme),
                    "ECDH with the SHA-256 KDF");
            requireWrap(AlgorithmIdentifier.getInstance(agreement.getParameters()));
            SignedData.require(info.getRecipientEncryptedKeys().size() == 1, "one recipient");
            RecipientEncryptedKey key = RecipientEncryptedKey.getInstance(
                    info.getRecipientEncryptedKeys().getObjectAt(0));
            SignedData.require(key.getEncryptedKey().getOctets().length == WRAPPED_KEY_BYTES, "a wrapped key");
            return info;
        } catch (RefusedException e) {
            throw e;
        } catch (RuntimeException e) {
            throw Refusal.NOT_PROFILE.because("not the structure of a key agreement", e);
        }
    }

    private static void checkEphemeral(OriginatorPublicKey key) {
        AlgorithmIdentifier algorithm = key.getAlgorithm();
        SignedData.require(algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey), "an EC key");
        ASN1Encodable parameters = algorithm.getParameters();
        SignedData.require(
                parameters == null
                        || DERNull.INSTANCE.equals(parameters)
                        || SECObjectIdentifiers.secp256r1.equals(parameters),
                "curve P-256");
        byte[] point = key.getPublicKeyData().getOctets();
        SignedData.require(point.length == POINT_BYTES && point[0] == 4, "an uncompressed point");
        // Refuses one beside the curve: what our key made of it would tell of the key.
        var unused = CURVE.decodePoint(point);
    }

    private static KEKRecipientInfo checkKek(RecipientInfo recipient) {
        try {
            KEKRecipientInfo info = KEKRecipientInfo.getInstance(recipient.getInfo());
            SignedData.require(info.getVersion().hasValue(4), "version of the recipient");
            SignedData.require(
                    info.getKekid().getDate() == null && info.getKekid().getOther() == null, "a key id and no more");
            requireWrap(info.getKeyEncryptionAlgorithm());
            SignedData.require(info.getEncryptedKey().getOctets().length == WRAPPED_KEY_BYTES, "a wrapped key");
            return info;
        } catch (RefusedException e) {
            throw e;
        } catch (RuntimeException e) {
            throw Refusal.NOT_PROFILE.because("not sealed under a file key", e);
        }
    }

    private static void requireWrap(AlgorithmIdentifier wrap) {
        SignedData.require(
                wrap.getAlgorithm().equals(NISTObjectIdentifiers.id_aes256_wrap) && wrap.getParameters() == null,
                "AES-256 key wrap");
    }

    private static boolean names(KeyAgreeRecipientInfo info, Certificate certificate) {
        KeyAgreeRecipientIdentifier recipient = RecipientEncryptedKey.getInstance(
                        info.getRecipientEncryptedKeys().getObjectAt(0))
                .getIdentifier();
        if (recipient.getIssuerAndSerialNumber() != null)
            return recipient
                    .getIssuerAndSerialNumber()
                    .toASN1Primitive()
                    .equals(certificate.issuerAndSerial().toASN1Primitive());
        RecipientKeyIdentifier named = recipient.getRKeyID();
        if (named == null) return false;
        SignedData.require(named.getDate() == null && named.getOtherKeyAttribute() == null, "a key id and no more");
        SubjectKeyIdentifier own =
                SubjectKeyIdentifier.fromExtensions(certificate.holder().getExtensions());
        return own != null
                && java.util.Arrays.equals(
                        own.getKeyIdentifier(), named.getSubjectKeyIdentifier().getOctets());
    }
}
