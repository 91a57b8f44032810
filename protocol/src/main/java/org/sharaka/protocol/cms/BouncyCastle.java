package org.sharaka.protocol.cms;

import java.security.Provider;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** A provider of our own: never registered with the platform, so that no other code's choice changes ours. */
final class BouncyCastle {
    static final Provider PROVIDER = new BouncyCastleProvider();

    /** The platform's AES uses the processor's instructions; Bouncy Castle's stands in where a platform lacks it. */
    static final Provider CONTENT = contentProvider();

    private BouncyCastle() {}

    private static Provider contentProvider() {
        Provider platform = java.security.Security.getProvider("SunJCE");
        return platform == null ? PROVIDER : platform;
    }
}
