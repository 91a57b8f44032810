package org.sharaka.protocol.cms;

import java.io.IOException;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Primitive;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.Refusal;

/**
 * Reads DER and nothing else. Lengths, depth and count are checked on the bytes before the real parser sees them, so a
 * hostile message costs no more memory than it has bytes.
 */
final class Der {
    private static final int CONSTRUCTED = 0x20;
    private static final int LONG_TAG = 0x1f;

    private Der() {}

    static ASN1Primitive parse(byte[] bytes, int maxBytes) {
        if (bytes.length > maxBytes) throw Refusal.TOO_LARGE.because(bytes.length + " of " + maxBytes + " bytes");
        checkShape(bytes);
        try {
            ASN1Primitive read = ASN1Primitive.fromByteArray(bytes);
            if (read == null || !Arrays.equals(read.getEncoded(ASN1Encoding.DER), bytes))
                throw Refusal.NOT_DER.because("DER writes it otherwise");
            return read;
        } catch (IOException | RuntimeException e) {
            if (e instanceof org.sharaka.protocol.RefusedException refused) throw refused;
            throw Refusal.NOT_DER.because("unreadable", e);
        }
    }

    /** Walks the elements without recursion: every length definite, minimal and inside its parent, none left over. */
    private static void checkShape(byte[] bytes) {
        int[] ends = new int[Limits.DER_DEPTH + 1];
        int depth = 0;
        ends[0] = bytes.length;
        int at = 0;
        int count = 0;
        while (at < bytes.length) {
            if (depth == 0 && at > 0) throw Refusal.NOT_DER.because("something follows");
            if (++count > Limits.DER_ELEMENTS)
                throw Refusal.TOO_MANY.because("over " + Limits.DER_ELEMENTS + " elements");
            int tag = bytes[at++] & 0xff;
            if ((tag & LONG_TAG) == LONG_TAG) throw Refusal.NOT_DER.because("a long tag");
            if (at == ends[depth]) throw Refusal.NOT_DER.because("a length is missing");
            int first = bytes[at++] & 0xff;
            int length = first;
            if (first > 0x7f) {
                int octets = first & 0x7f;
                if (octets == 0 || octets > 4 || at + octets > ends[depth]) throw Refusal.NOT_DER.because("a length");
                long read = 0;
                for (int i = 0; i < octets; i++) read = read << 8 | (bytes[at++] & 0xff);
                if (read < 0x80 || read >> (8 * (octets - 1)) == 0 || read > bytes.length)
                    throw Refusal.NOT_DER.because("a length");
                length = (int) read;
            }
            if (length > ends[depth] - at) throw Refusal.NOT_DER.because("an element is cut off");
            if ((tag & CONSTRUCTED) != 0) {
                if (depth == Limits.DER_DEPTH) throw Refusal.TOO_DEEP.because("over " + Limits.DER_DEPTH + " levels");
                ends[++depth] = at + length;
            } else {
                at += length;
            }
            while (depth > 0 && at == ends[depth]) depth--;
        }
        if (count == 0 || depth != 0) throw Refusal.NOT_DER.because("it ends too early");
    }
}
