package org.sharaka.protocol.cms;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.RuntimeOperatorException;

/**
 * Of the signatures (r, s) and (r, n - s), which fit alike, the one with the lower s: whoever holds a document could make the
 * other, and the document would have two identities.
 */
record LowS(ContentSigner signer) implements ContentSigner {
    private static final BigInteger ORDER =
            SECNamedCurves.getByName("secp256r1").getN();
    private static final BigInteger HALF = ORDER.shiftRight(1);

    /** Whether this is the DER of such a signature. */
    static boolean is(byte[] signature) {
        try {
            return StandardDSAEncoding.INSTANCE.decode(ORDER, signature)[1].compareTo(HALF) <= 0;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    private static byte[] of(byte[] signature) throws IOException {
        BigInteger[] made = StandardDSAEncoding.INSTANCE.decode(ORDER, signature);
        return made[1].compareTo(HALF) <= 0
                ? signature
                : StandardDSAEncoding.INSTANCE.encode(ORDER, made[0], ORDER.subtract(made[1]));
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
        return signer.getAlgorithmIdentifier();
    }

    @Override
    public OutputStream getOutputStream() {
        return signer.getOutputStream();
    }

    @Override
    public byte[] getSignature() {
        try {
            return of(signer.getSignature());
        } catch (IOException e) {
            throw new RuntimeOperatorException("not a signature", e);
        }
    }
}
