package org.sharaka.protocol.transport;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.sharaka.protocol.Hash;

/** The DER of a SignedData or AuthEnvelopedData, as it came or goes; nothing of it is believed yet. */
public final class SignedBytes {
    private final byte[] der;

    public SignedBytes(byte[] der) {
        this.der = der.clone();
    }

    public byte[] der() {
        return der.clone();
    }

    public int sizeBytes() {
        return der.length;
    }

    public Hash hash() {
        return Hash.of(der);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SignedBytes signed && Arrays.equals(der, signed.der);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(der);
    }

    @Override
    public String toString() {
        return der.length + " bytes";
    }
}
