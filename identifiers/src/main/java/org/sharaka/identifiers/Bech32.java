package org.sharaka.identifiers;

import java.util.Locale;

/** Segregated-witness addresses: bech32 for version 0 (BIP-173), bech32m for later ones (BIP-350). */
final class Bech32 {
    private static final String ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int[] GENERATOR = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    private static final int BECH32 = 1;
    private static final int BECH32M = 0x2bc830a3;

    private Bech32() {}

    /** Whether the text is a segregated-witness address of the network with this human-readable part. */
    static boolean isSegwitAddress(String text, String network) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (!text.equals(lower) && !text.equals(text.toUpperCase(Locale.ROOT))) return false;
        int data = network.length() + 1;
        if (lower.length() < data + 8 || lower.length() > 90 || !lower.startsWith(network + "1")) return false;
        int checksum = 1;
        for (int i = 0; i < network.length(); i++) checksum = step(checksum, network.charAt(i) >> 5);
        checksum = step(checksum, 0);
        for (int i = 0; i < network.length(); i++) checksum = step(checksum, network.charAt(i) & 31);
        int[] values = new int[lower.length() - data];
        for (int i = 0; i < values.length; i++) {
            values[i] = ALPHABET.indexOf(lower.charAt(data + i));
            if (values[i] < 0) return false;
            checksum = step(checksum, values[i]);
        }
        int version = values[0];
        if (version > 16 || checksum != (version == 0 ? BECH32 : BECH32M)) return false;
        return isProgram(values, version);
    }

    /** The witness program of BIP-141: 2 to 40 bytes, 20 or 32 for version 0, padding of fewer than five zero bits. */
    private static boolean isProgram(int[] values, int version) {
        int words = values.length - 7;
        int bytes = words * 5 / 8;
        int padding = words * 5 % 8;
        if (bytes < 2 || bytes > 40 || padding > 4) return false;
        if (version == 0 && bytes != 20 && bytes != 32) return false;
        return (values[words] & ((1 << padding) - 1)) == 0;
    }

    private static int step(int checksum, int value) {
        int top = checksum >>> 25;
        int next = (checksum & 0x1ffffff) << 5 ^ value;
        for (int i = 0; i < 5; i++) {
            if ((top >> i & 1) != 0) next ^= GENERATOR[i];
        }
        return next;
    }
}
