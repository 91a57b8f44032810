package org.sharaka.node.platform;

import java.security.SecureRandom;

/** A real vault under a key that nobody keeps. */
public final class TestVault {
    private TestVault() {}

    public static Vault fresh() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return new SealedVault(key);
    }
}
