package org.sharaka.node.platform;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;

/** A node key that lies outside a running home, as backups have it. */
public final class WrappedNodeKey {
    private WrappedNodeKey() {}

    /**
     * Opens it with the passphrase, which is looked for where a node looks for it.
     *
     * @param file as {@link Home#nodeKey} holds it
     * @param home of the node that is to have it: a passphrase that lies in there is refused
     * @param settings {@code key=value} as flags give them
     * @throws OperatorException if the passphrase is missing or wrong, or the file is none
     */
    public static Vault open(Path file, Path home, Map<String, String> settings) {
        return new SealedVault(NodeKey.unwrap(file, passphrase(home, settings)));
    }

    /** As {@link #open}, and makes the key first where there is none, for a home that is no node's. */
    public static Vault openOrMake(Path file, Path home, Map<String, String> settings, SecureRandom random) {
        return new SealedVault(NodeKey.unlock(file, passphrase(home, settings), random));
    }

    private static Secret<String> passphrase(Path home, Map<String, String> settings) {
        VaultSettings vault = RestoredHome.bind(settings).bindOrCreate("sharaka.vault", VaultSettings.class);
        return new Passphrase(new Home(home), vault, System.getenv()).find();
    }
}
