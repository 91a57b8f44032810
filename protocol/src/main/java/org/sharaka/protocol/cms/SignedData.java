package org.sharaka.protocol.cms;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignatureAlgorithmNameGenerator;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.DefaultCMSSignatureAlgorithmNameGenerator;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.SignerInformationVerifier;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.SignatureAlgorithmIdentifierFinder;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.RefusedException;

/**
 * A CMS SignedData of profile 1 as it came: its form is checked, its signature only by {@link #verify}. One signer, one
 * certificate, ECDSA P-256 with SHA-256 over signed attributes.
 */
public final class SignedData {
    private static final int MAX_ATTRIBUTES = 8;
    /** Each fills a table of all the algorithms that there are: once will do. */
    private static final CMSSignatureAlgorithmNameGenerator SIGNATURE_NAMES =
            new DefaultCMSSignatureAlgorithmNameGenerator();

    private static final SignatureAlgorithmIdentifierFinder SIGNATURE_FINDER =
            new DefaultSignatureAlgorithmIdentifierFinder();

    private static final KnownCertificates CERTIFICATES = new KnownCertificates(256);

    private final byte[] der;
    private final ContentInfo info;
    private final Certificate certificate;
    private final Optional<byte[]> content;

    private SignedData(byte[] der, ContentInfo info, Certificate certificate, Optional<byte[]> content) {
        this.der = der;
        this.info = info;
        this.certificate = certificate;
        this.content = content;
    }

    /** Reads one that holds what it signs. */
    public static SignedData parse(byte[] der) {
        SignedData signed = read(der, Limits.SIGNED_BYTES);
        if (signed.content.isEmpty()) throw Refusal.NOT_PROFILE.because("it does not hold what it signs");
        return signed;
    }

    /** Reads one that signs what stands elsewhere, as with rosters. */
    public static SignedData parseDetached(byte[] der) {
        SignedData signed = read(der, Limits.CERTIFICATE_BYTES * 2);
        if (signed.content.isPresent()) throw Refusal.NOT_PROFILE.because("it holds what it signs");
        return signed;
    }

    /** What we have just signed ourselves. */
    static SignedData made(byte[] der, ContentInfo info, Certificate certificate, byte[] content) {
        if (der.length > Limits.SIGNED_BYTES)
            throw Refusal.TOO_LARGE.because(der.length + " of " + Limits.SIGNED_BYTES + " bytes");
        return new SignedData(der, info, certificate, Optional.of(content.clone()));
    }

    private static SignedData read(byte[] der, int maxBytes) {
        ASN1Primitive primitive = Der.parse(der, maxBytes);
        try {
            ContentInfo info = ContentInfo.getInstance(primitive);
            require(info.getContentType().equals(CMSObjectIdentifiers.signedData), "not SignedData");
            return read(der, info, org.bouncycastle.asn1.cms.SignedData.getInstance(info.getContent()));
        } catch (RefusedException e) {
            throw e;
        } catch (IOException | RuntimeException e) { // What Bouncy Castle throws at a wrong structure is of many kinds.
            throw Refusal.NOT_PROFILE.because("not the structure of a SignedData", e);
        }
    }

    private static SignedData read(byte[] der, ContentInfo info, org.bouncycastle.asn1.cms.SignedData data)
            throws IOException {
        require(data.getVersion().hasValue(1), "version of SignedData");
        require(data.getDigestAlgorithms().size() == 1, "one digest algorithm");
        requireSha256(AlgorithmIdentifier.getInstance(data.getDigestAlgorithms().getObjectAt(0)));
        require(data.getEncapContentInfo().getContentType().equals(CMSObjectIdentifiers.data), "content type id-data");
        require(data.getCRLs() == null, "no revocation lists");
        ASN1Set certificates = data.getCertificates();
        require(certificates != null && certificates.size() == 1, "one certificate");
        Certificate certificate = CERTIFICATES.parse(encoded(certificates.getObjectAt(0)));
        require(data.getSignerInfos().size() == 1, "one signer");
        SignerInfo signer = SignerInfo.getInstance(data.getSignerInfos().getObjectAt(0));
        checkSigner(signer, certificate);
        requireNothingElse(der, data, signer);
        ASN1Encodable content = data.getEncapContentInfo().getContent();
        return new SignedData(
                der.clone(), info, certificate, Optional.ofNullable(content).map(octets -> ASN1OctetString.getInstance(
                                octets)
                        .getOctets()));
    }

    /** Bouncy Castle passes over what it has no place for: it would not be covered by the signature, and is in the hash. */
    private static void requireNothingElse(byte[] der, org.bouncycastle.asn1.cms.SignedData data, SignerInfo signer)
            throws IOException {
        ContentInfo known = new ContentInfo(
                CMSObjectIdentifiers.signedData,
                new org.bouncycastle.asn1.cms.SignedData(
                        data.getDigestAlgorithms(),
                        data.getEncapContentInfo(),
                        data.getCertificates(),
                        null,
                        new DERSet(signer)));
        require(Arrays.equals(known.getEncoded(ASN1Encoding.DER), der), "no further elements");
    }

    private static void checkSigner(SignerInfo signer, Certificate certificate) throws IOException {
        require(signer.getVersion().hasValue(1), "version of SignerInfo");
        require(
                signer.getSID()
                        .getId()
                        .toASN1Primitive()
                        .equals(certificate.issuerAndSerial().toASN1Primitive()),
                "the signer is the certificate's");
        requireSha256(signer.getDigestAlgorithm());
        require(
                signer.getDigestEncryptionAlgorithm().getAlgorithm().equals(X9ObjectIdentifiers.ecdsa_with_SHA256)
                        && signer.getDigestEncryptionAlgorithm().getParameters() == null,
                "ecdsa-with-SHA256");
        require(signer.getUnauthenticatedAttributes() == null, "no unsigned attributes");
        ASN1Set attributes = signer.getAuthenticatedAttributes();
        require(attributes != null && attributes.size() <= MAX_ATTRIBUTES, "signed attributes");
        // The signature is over them in order, whatever order they came in.
        if (!Arrays.equals(attributes.getEncoded(ASN1Encoding.DL), attributes.getEncoded(ASN1Encoding.DER)))
            throw Refusal.NOT_DER.because("signed attributes out of order");
        require(LowS.is(signer.getEncryptedDigest().getOctets()), "a signature with a low s");
        require(count(attributes, CMSAttributes.contentType) == 1, "one content type");
        require(count(attributes, CMSAttributes.messageDigest) == 1, "one message digest");
    }

    private static int count(ASN1Set attributes, ASN1ObjectIdentifier type) {
        int count = 0;
        for (ASN1Encodable attribute : attributes)
            if (Attribute.getInstance(attribute).getAttrType().equals(type)) count++;
        return count;
    }

    private static void requireSha256(AlgorithmIdentifier algorithm) {
        require(
                algorithm.getAlgorithm().equals(NISTObjectIdentifiers.id_sha256) && algorithm.getParameters() == null,
                "SHA-256 without parameters");
    }

    private static byte[] encoded(ASN1Encodable element) {
        try {
            return element.toASN1Primitive().getEncoded();
        } catch (IOException e) {
            throw Refusal.NOT_DER.because("a certificate", e);
        }
    }

    static void require(boolean kept, String what) {
        if (!kept) throw Refusal.NOT_PROFILE.because(what);
    }

    /** The certificate that came along; whether it is the right one is for the roster to say. */
    public Certificate certificate() {
        return certificate;
    }

    /** What is signed; prove it with {@link #verify} before you believe it. */
    public byte[] content() {
        return content.orElseThrow(() -> new IllegalStateException("detached")).clone();
    }

    /** The identity of what was signed: SHA-256 of these very bytes. */
    public Hash hash() {
        return Hash.of(der);
    }

    public byte[] der() {
        return der.clone();
    }

    /** Refuses unless the embedded certificate's key signed the embedded content. */
    public void verify() {
        verifyBy(certificate);
    }

    /**
     * As {@link #verify}.
     *
     * @param listed the same certificate as the roster holds it: its key is prepared once for all that it signed
     */
    public void verifyBy(Certificate listed) {
        if (!listed.equals(certificate)) throw new IllegalArgumentException("it is another certificate");
        try {
            verify(new CMSSignedData(info), listed);
        } catch (CMSException e) {
            throw Refusal.SIGNATURE_WRONG.because("unreadable", e);
        }
    }

    /** Refuses unless the embedded certificate's key signed this content. */
    public void verifyDetached(byte[] signed) {
        try {
            verify(new CMSSignedData(new CMSProcessableByteArray(signed), info), certificate);
        } catch (CMSException e) {
            throw Refusal.SIGNATURE_WRONG.because("unreadable", e);
        }
    }

    private static void verify(CMSSignedData data, Certificate certificate) throws CMSException {
        SignerInformation signer = data.getSignerInfos().getSigners().iterator().next();
        try {
            boolean fits = signer.verify(new SignerInformationVerifier(
                    SIGNATURE_NAMES, SIGNATURE_FINDER, new OneSignature(certificate), BouncyCastle.DIGESTS));
            if (!fits) throw Refusal.SIGNATURE_WRONG.because("of " + certificate);
        } catch (RefusedException e) {
            throw e;
        } catch (CMSException | RuntimeException e) {
            throw Refusal.SIGNATURE_WRONG.because("of " + certificate, e);
        }
    }
}
