package org.sharaka.node.platform;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A vault that is opened at its first use: a command that reads nothing sealed asks for no passphrase. */
final class LockedVault implements Vault {
    private final Supplier<Vault> unlock;
    private @Nullable Vault open;

    LockedVault(Supplier<Vault> unlock) {
        this.unlock = unlock;
    }

    /** Opens it now, so that a wrong passphrase shows at the start and not at the first report. */
    synchronized Vault unlock() {
        Vault vault = open;
        if (vault == null) {
            vault = unlock.get();
            open = vault;
        }
        return vault;
    }

    @Override
    public byte[] seal(String context, byte[] plain) {
        return unlock().seal(context, plain);
    }

    @Override
    public byte[] open(String context, byte[] sealed) {
        return unlock().open(context, sealed);
    }

    @Override
    public byte[] mac(String purpose, byte[] data) {
        return unlock().mac(purpose, data);
    }
}
