package org.sharaka.protocol.cms;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jce.ECNamedCurveTable;
import org.bouncycastle.jce.spec.ECNamedCurveSpec;
import org.junit.jupiter.api.Test;
import org.sharaka.protocol.PublishedVectors;
import org.sharaka.protocol.PublishedVectors.Case;

/** Project Wycheproof against the primitives that profile 1 stands on, by the providers that it uses. */
class WycheproofTest {
    @Test
    void signaturesAreAcceptedAndRefusedAsPublished() {
        List<Case> cases = PublishedVectors.wycheproof("ecdsa_secp256r1_sha256_p1363_test.json");

        assertThat(wrong(cases, WycheproofTest::verifies)).isEmpty();
        assertThat(cases).hasSizeGreaterThan(200);
    }

    private static boolean verifies(Case test) throws GeneralSecurityException {
        PublicKey key = KeyFactory.getInstance("EC", BouncyCastle.PROVIDER)
                .generatePublic(new X509EncodedKeySpec(
                        HexFormat.of().parseHex(test.group().get("publicKeyDer").asString())));
        Signature signature = Signature.getInstance("SHA256withPLAIN-ECDSA", BouncyCastle.PROVIDER);
        signature.initVerify(key);
        signature.update(test.hex("msg"));
        return signature.verify(test.hex("sig"));
    }

    /** A compressed point is valid there and not of profile 1; it is refused before it comes to this. */
    @Test
    void keysAreAgreedAsPublished() {
        List<Case> cases = PublishedVectors.wycheproof("ecdh_secp256r1_ecpoint_test.json").stream()
                .filter(test -> !test.test().get("result").asString().equals("acceptable"))
                .toList();

        assertThat(wrong(cases, WycheproofTest::agrees)).isEmpty();
        assertThat(cases).hasSizeGreaterThan(300);
    }

    private static boolean agrees(Case test) throws GeneralSecurityException {
        byte[] point = test.hex("public");
        if (point.length != 65) return false;
        byte[] spki = HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d030107034200");
        byte[] encoded = Arrays.copyOf(spki, spki.length + point.length);
        System.arraycopy(point, 0, encoded, spki.length, point.length);
        KeyFactory keys = KeyFactory.getInstance("EC", BouncyCastle.PROVIDER);
        var curve = ECNamedCurveTable.getParameterSpec("P-256");
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH", BouncyCastle.PROVIDER);
        agreement.init(keys.generatePrivate(new ECPrivateKeySpec(
                new BigInteger(1, test.hex("private")),
                new ECNamedCurveSpec("P-256", curve.getCurve(), curve.getG(), curve.getN(), curve.getH()))));
        agreement.doPhase(keys.generatePublic(new X509EncodedKeySpec(encoded)), true);
        return Arrays.equals(agreement.generateSecret(), test.hex("shared"));
    }

    @Test
    void contentIsOpenedAndRefusedAsPublished() {
        List<Case> cases = PublishedVectors.wycheproof("aes_gcm_test.json").stream()
                .filter(test -> test.group().get("keySize").asInt() == 256
                        && test.group().get("ivSize").asInt() == 96
                        && test.group().get("tagSize").asInt() == 128)
                .toList();

        assertThat(wrong(cases, WycheproofTest::opens)).isEmpty();
        assertThat(cases).hasSizeGreaterThan(50);
    }

    private static boolean opens(Case test) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", BouncyCastle.CONTENT);
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(test.hex("key"), "AES"),
                new GCMParameterSpec(128, test.hex("iv")));
        cipher.updateAAD(test.hex("aad"));
        cipher.update(test.hex("ct"));
        return Arrays.equals(cipher.doFinal(test.hex("tag")), test.hex("msg"));
    }

    private interface Claim {
        boolean holds(Case test) throws GeneralSecurityException;
    }

    private static List<String> wrong(List<Case> cases, Claim claim) {
        List<String> wrong = new ArrayList<>();
        for (Case test : cases) {
            boolean holds;
            try {
                holds = claim.holds(test);
            } catch (GeneralSecurityException | IllegalArgumentException e) {
                holds = false;
            }
            // A point in another form than ours is refused, however valid.
            boolean ours = !test.test().has("public") || test.hex("public").length == 65;
            if (holds != (test.valid() && ours)) wrong.add(test.text());
        }
        return wrong;
    }
}
