package org.sharaka.protocol.cms;

import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.SignatureException;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.jcajce.io.OutputStreamFactory;
import org.bouncycastle.operator.ContentVerifier;
import org.bouncycastle.operator.ContentVerifierProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.RuntimeOperatorException;

/**
 * Verifies ECDSA with SHA-256 by a certificate's key, and does so once: Bouncy Castle's own verifier of CMS checks every
 * signature a second time, to let go of a session of PKCS #11, which nobody has here.
 */
final class OneSignature implements ContentVerifierProvider {
    private final Certificate certificate;

    OneSignature(Certificate certificate) {
        this.certificate = certificate;
    }

    @Override
    public boolean hasAssociatedCertificate() {
        return false;
    }

    @Override
    public X509CertificateHolder getAssociatedCertificate() {
        return certificate.holder();
    }

    @Override
    public ContentVerifier get(AlgorithmIdentifier algorithm) throws OperatorCreationException {
        if (!algorithm.getAlgorithm().equals(X9ObjectIdentifiers.ecdsa_with_SHA256))
            throw new OperatorCreationException("not ecdsa-with-SHA256");
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA", BouncyCastle.PROVIDER);
            signature.initVerify(certificate.publicKey());
            return new Verifier(algorithm, signature, OutputStreamFactory.createStream(signature));
        } catch (GeneralSecurityException e) {
            throw new OperatorCreationException("the key was read when the certificate was", e);
        }
    }

    private record Verifier(AlgorithmIdentifier algorithm, Signature signature, OutputStream signed)
            implements ContentVerifier {
        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return algorithm;
        }

        @Override
        public OutputStream getOutputStream() {
            return signed;
        }

        @Override
        public boolean verify(byte[] expected) {
            try {
                return signature.verify(expected);
            } catch (SignatureException e) {
                throw new RuntimeOperatorException("not a signature", e);
            }
        }
    }
}
