package org.sharaka.protocol.cms;

import java.security.cert.X509Certificate;

/** The platform's view of a certificate, for interfaces that ask for it. */
public final class X509 {
    private X509() {}

    public static X509Certificate of(Certificate certificate) {
        return certificate.platform();
    }
}
