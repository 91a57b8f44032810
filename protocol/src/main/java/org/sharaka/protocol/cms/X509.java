package org.sharaka.protocol.cms;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;

/** The platform's view of a certificate, for interfaces that ask for it. */
public final class X509 {
    private X509() {}

    public static X509Certificate of(Certificate certificate) {
        try {
            return new JcaX509CertificateConverter()
                    .setProvider(BouncyCastle.PROVIDER)
                    .getCertificate(certificate.holder());
        } catch (CertificateException e) {
            throw new IllegalStateException("the certificate was read before", e);
        }
    }
}
