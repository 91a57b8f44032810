package org.sharaka.identifiers;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.KeccakDigest;
import org.jspecify.annotations.Nullable;

/** The base-58 codes of Bitcoin (with a double SHA-256 checksum) and of Monero (in blocks, with a Keccak checksum). */
final class Base58 {
    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final byte[] VALUES = values();

    /** Characters that hold a block of so many bytes, after the CryptoNote address format. */
    private static final int[] MONERO_BLOCK_CHARS = {0, 2, 3, 5, 6, 7, 9, 10, 11};

    private Base58() {}

    static boolean isAlphabet(char c) {
        return c < 0x80 && VALUES[c] >= 0;
    }

    /** The payload without its checksum; null when a character or the checksum is wrong. */
    static byte @Nullable [] checked(String text) {
        byte[] decoded = decode(text);
        if (decoded == null || decoded.length < 5) return null;
        int body = decoded.length - 4;
        byte[] digest = sha256(sha256(Arrays.copyOf(decoded, body)));
        for (int i = 0; i < 4; i++) {
            if (digest[i] != decoded[body + i]) return null;
        }
        return Arrays.copyOf(decoded, body);
    }

    static String encodeChecked(byte[] payload) {
        byte[] digest = sha256(sha256(payload));
        byte[] whole = Arrays.copyOf(payload, payload.length + 4);
        System.arraycopy(digest, 0, whole, payload.length, 4);
        return encode(whole);
    }

    /** As {@link #checked}, for Monero. */
    static byte @Nullable [] moneroChecked(String text) {
        int lastChars = text.length() % 11;
        int lastBytes = -1;
        for (int i = 0; i < MONERO_BLOCK_CHARS.length; i++) {
            if (MONERO_BLOCK_CHARS[i] == lastChars) lastBytes = i;
        }
        if (lastBytes < 0) return null;
        int blocks = text.length() / 11;
        byte[] whole = new byte[blocks * 8 + lastBytes];
        for (int block = 0; block <= blocks; block++) {
            int chars = block < blocks ? 11 : lastChars;
            int bytes = block < blocks ? 8 : lastBytes;
            if (!moneroBlock(text, block * 11, chars, whole, block * 8, bytes)) return null;
        }
        if (whole.length < 5) return null;
        int body = whole.length - 4;
        byte[] digest = keccak256(Arrays.copyOf(whole, body));
        for (int i = 0; i < 4; i++) {
            if (digest[i] != whole[body + i]) return null;
        }
        return Arrays.copyOf(whole, body);
    }

    private static boolean moneroBlock(String text, int from, int chars, byte[] into, int at, int bytes) {
        if (chars == 0) return true;
        long value = 0;
        for (int i = from; i < from + chars; i++) {
            int digit = value(text.charAt(i));
            if (digit < 0) return false;
            if (Long.compareUnsigned(value, Long.divideUnsigned(-1L, 58)) > 0) return false;
            long next = value * 58;
            value = next + digit;
            if (Long.compareUnsigned(value, next) < 0) return false;
        }
        if (bytes < 8 && value >>> (8 * bytes) != 0) return false;
        for (int i = bytes - 1; i >= 0; i--) {
            into[at + i] = (byte) value;
            value >>>= 8;
        }
        return true;
    }

    static byte[] keccak256(byte[] data) {
        KeccakDigest digest = new KeccakDigest(256);
        digest.update(data, 0, data.length);
        byte[] out = new byte[32];
        digest.doFinal(out, 0);
        return out;
    }

    static byte[] sha256(byte[] data) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(data);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte @Nullable [] decode(String text) {
        int zeros = 0;
        while (zeros < text.length() && text.charAt(zeros) == '1') zeros++;
        byte[] out = new byte[text.length()];
        int length = 0;
        for (int i = zeros; i < text.length(); i++) {
            int carry = value(text.charAt(i));
            if (carry < 0) return null;
            for (int k = 0; k < length; k++) {
                carry += (out[k] & 255) * 58;
                out[k] = (byte) carry;
                carry >>= 8;
            }
            while (carry > 0) {
                out[length++] = (byte) carry;
                carry >>= 8;
            }
        }
        byte[] result = new byte[zeros + length];
        for (int k = 0; k < length; k++) result[zeros + k] = out[length - 1 - k];
        return result;
    }

    private static String encode(byte[] data) {
        int zeros = 0;
        while (zeros < data.length && data[zeros] == 0) zeros++;
        byte[] digits = new byte[data.length * 2];
        int length = 0;
        for (int i = zeros; i < data.length; i++) {
            int carry = data[i] & 255;
            for (int k = 0; k < length; k++) {
                carry += digits[k] << 8;
                digits[k] = (byte) (carry % 58);
                carry /= 58;
            }
            while (carry > 0) {
                digits[length++] = (byte) (carry % 58);
                carry /= 58;
            }
        }
        StringBuilder out = new StringBuilder("1".repeat(zeros));
        for (int k = length - 1; k >= 0; k--) out.append(ALPHABET.charAt(digits[k]));
        return out.toString();
    }

    private static int value(char c) {
        return c < 0x80 ? VALUES[c] : -1;
    }

    private static byte[] values() {
        byte[] values = new byte[0x80];
        Arrays.fill(values, (byte) -1);
        for (int i = 0; i < ALPHABET.length(); i++) values[ALPHABET.charAt(i)] = (byte) i;
        return values;
    }
}
