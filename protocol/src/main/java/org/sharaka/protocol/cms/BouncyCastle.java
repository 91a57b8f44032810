package org.sharaka.protocol.cms;

import java.security.Provider;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** A provider of our own: never registered with the platform, so that no other code's choice changes ours. */
final class BouncyCastle {
    static final Provider PROVIDER = new BouncyCastleProvider();

    /** The platform's AES uses the processor's instructions; Bouncy Castle's stands in where a platform lacks it. */
    static final Provider CONTENT = contentProvider();

    /** Likewise of SHA-256 over contents: six times as fast as Bouncy Castle's. */
    static final DigestCalculatorProvider DIGESTS = digests();

    private BouncyCastle() {}

    private static DigestCalculatorProvider digests() {
        Provider platform = java.security.Security.getProvider("SUN");
        try {
            return new JcaDigestCalculatorProviderBuilder()
                    .setProvider(platform == null ? PROVIDER : platform)
                    .build();
        } catch (OperatorCreationException e) {
            throw new IllegalStateException("a provider that is there is found", e);
        }
    }

    private static Provider contentProvider() {
        Provider platform = java.security.Security.getProvider("SunJCE");
        return platform == null ? PROVIDER : platform;
    }
}
