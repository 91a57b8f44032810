package org.sharaka.protocol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DLSequence;
import org.bouncycastle.asn1.DLSet;
import org.bouncycastle.asn1.DLTaggedObject;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;

/** What a holder of a SignedData can make of it without its signer's key. */
public final class Twins {
    private static final BigInteger ORDER =
            SECNamedCurves.getByName("secp256r1").getN();
    private static final ASN1Encodable SHA256_NULL =
            new DLSequence(new ASN1Encodable[] {NISTObjectIdentifiers.id_sha256, DERNull.INSTANCE});
    private static final int DIGEST = 2;
    private static final int ATTRIBUTES = 3;
    private static final int SIGNATURE = 5;

    private Twins() {}

    /** With n - s for s: the signature fits all the same. */
    public static byte[] highS(byte[] der) {
        return signer(der, fields -> signature(fields, (r, s) -> new BigInteger[] {r, ORDER.subtract(s)}));
    }

    /** With another signature that fits nothing. */
    public static byte[] wronglySigned(byte[] der) {
        return signer(der, fields -> signature(fields, (r, s) -> new BigInteger[] {r.flipBit(1), s}));
    }

    /** With NULL for the absent parameters of the digest that the signer names. */
    public static byte[] signersDigestNull(byte[] der) {
        return signer(der, fields -> {
            fields[DIGEST] = SHA256_NULL;
            return fields;
        });
    }

    /** Likewise of the digest that the whole names. */
    public static byte[] digestNull(byte[] der) {
        return changed(der, fields -> {
            fields[1] = new DLSet(SHA256_NULL);
            return fields;
        });
    }

    /** With the signed attributes in another order than the one that was signed. */
    public static byte[] attributesTurned(byte[] der) {
        return signer(der, fields -> {
            List<ASN1Encodable> attributes =
                    Arrays.asList(ASN1Set.getInstance((ASN1TaggedObject) fields[ATTRIBUTES], false)
                            .toArray());
            Collections.reverse(attributes);
            fields[ATTRIBUTES] = new DLTaggedObject(false, 0, new DLSet(attributes.toArray(ASN1Encodable[]::new)));
            return fields;
        });
    }

    /** With the signers twice. */
    public static byte[] signersTwice(byte[] der) {
        return changed(der, fields -> {
            ASN1Encodable[] more = Arrays.copyOf(fields, fields.length + 1);
            more[fields.length] = fields[fields.length - 1];
            return more;
        });
    }

    private interface Signature {
        BigInteger[] of(BigInteger r, BigInteger s);
    }

    private static ASN1Encodable[] signature(ASN1Encodable[] fields, Signature other) {
        try {
            BigInteger[] made = StandardDSAEncoding.INSTANCE.decode(
                    ORDER, ASN1OctetString.getInstance(fields[SIGNATURE]).getOctets());
            BigInteger[] changed = other.of(made[0], made[1]);
            fields[SIGNATURE] = new DEROctetString(StandardDSAEncoding.INSTANCE.encode(ORDER, changed[0], changed[1]));
            return fields;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] signer(byte[] der, UnaryOperator<ASN1Encodable[]> change) {
        return changed(der, fields -> {
            ASN1Encodable signer =
                    ASN1Set.getInstance(fields[fields.length - 1]).getObjectAt(0);
            fields[fields.length - 1] = new DLSet(
                    new DLSequence(change.apply(ASN1Sequence.getInstance(signer).toArray())));
            return fields;
        });
    }

    private static byte[] changed(byte[] der, UnaryOperator<ASN1Encodable[]> change) {
        ASN1Sequence whole = ASN1Sequence.getInstance(der);
        ASN1Sequence data = ASN1Sequence.getInstance((ASN1TaggedObject) whole.getObjectAt(1), true);
        try {
            return new DLSequence(new ASN1Encodable[] {
                        whole.getObjectAt(0), new DLTaggedObject(true, 0, new DLSequence(change.apply(data.toArray())))
                    })
                    .getEncoded(ASN1Encoding.DL);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
