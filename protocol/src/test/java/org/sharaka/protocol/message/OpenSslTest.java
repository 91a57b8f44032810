package org.sharaka.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.protocol.Network.BORDURIA;
import static org.sharaka.protocol.Network.NOON;
import static org.sharaka.protocol.Network.SYLDAVIA;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.Network;
import org.sharaka.protocol.cms.FileKey;
import org.sharaka.protocol.cms.KeyUse;
import org.sharaka.protocol.cms.SignedData;
import org.sharaka.protocol.file.FileManifest;
import org.sharaka.protocol.file.FileSealer;
import org.sharaka.protocol.roster.Roster;
import org.sharaka.protocol.roster.RosterHistory;
import org.sharaka.protocol.roster.SignedRoster;

/** The commands of docs/protocol.md section 10, on real messages, receipts, rosters and chunks. */
class OpenSslTest {
    @TempDir
    Path directory;

    private final Network network = new Network();
    private final RosterHistory rosters = network.founded(SYLDAVIA, BORDURIA);
    private final Roster roster = rosters.current();
    private OpenSsl openssl;

    @BeforeEach
    void findOpenSsl() {
        openssl = new OpenSsl(directory);
    }

    @Test
    void aSealedMessageIsOpenedAndItsSignatureVerified() throws Exception {
        SignedMessage signed = Letters.sign(network, Letters.letter(network, SYLDAVIA, BORDURIA, roster));
        keysOfBoth();
        openssl.write("sealed.der", Letters.seal(network, signed).content());

        openssl.run("openssl cms -decrypt -inform DER -in sealed.der -recip sealing.pem -inkey sealing.key"
                + " -binary -out signed.der");
        openssl.run("openssl cms -verify -inform DER -in signed.der -certfile signing.pem -nointern -noverify"
                + " -binary -out message.json");

        assertThat(Hash.of(openssl.read("signed.der"))).isEqualTo(signed.hash());
        assertThat(openssl.read("message.json")).isEqualTo(signed.message().canonical());
    }

    @Test
    void aBrokenSealFailsWithAStatusThatSaysSo() throws Exception {
        SignedMessage signed = Letters.sign(network, Letters.letter(network, SYLDAVIA, BORDURIA, roster));
        keysOfBoth();
        byte[] content = Letters.seal(network, signed).content();
        content[content.length - 1] ^= 1;
        openssl.write("sealed.der", content);

        OpenSsl.Ended ended = openssl.end("openssl cms -decrypt -inform DER -in sealed.der -recip sealing.pem"
                + " -inkey sealing.key -binary -out signed.der");

        assertThat(ended.status()).isNotZero();
    }

    @Test
    void aSignatureInAnothersNameFails() throws Exception {
        SignedMessage forged = SignedMessage.sign(
                Letters.letter(network, SYLDAVIA, BORDURIA, roster),
                network.keys(BORDURIA).of(KeyUse.SIGNING),
                network.profile);
        keysOfBoth();
        openssl.write("signed.der", forged.signed().der());

        OpenSsl.Ended ended = openssl.end("openssl cms -verify -inform DER -in signed.der -certfile signing.pem"
                + " -nointern -noverify -binary -out message.json");

        assertThat(ended.status()).isNotZero();
    }

    @Test
    void chunksOfAFileAreOpened() throws Exception {
        byte[] file = new byte[9 << 20];
        new Random(7).nextBytes(file);
        FileKey key = FileKey.random(network.random);
        List<byte[]> chunks = new ArrayList<>();
        FileManifest manifest = new FileSealer(network.profile)
                .seal(
                        new ByteArrayInputStream(file),
                        key,
                        "disk.img",
                        "application/octet-stream",
                        (place, bytes) -> chunks.add(bytes));
        Hash whole = manifest.sha256();
        byte[] opened = new byte[0];
        for (int i = 0; i < chunks.size(); i++) {
            openssl.write("chunk.der", chunks.get(i));
            openssl.run("openssl cms -decrypt -inform DER -in chunk.der -secretkey "
                    + HexFormat.of().formatHex(key.bytes()) + " -secretkeyid "
                    + HexFormat.of().formatHex(key.id()) + " -binary -out chunk.clear");
            opened = concat(opened, openssl.read("chunk.clear"));
        }

        assertThat(chunks).hasSize(3);
        assertThat(Hash.of(opened)).isEqualTo(whole).isEqualTo(Hash.of(file));
    }

    @Test
    void receiptsAreVerified() throws Exception {
        ReceiptBatch batch = new ReceiptBatch(
                BORDURIA,
                SYLDAVIA,
                NOON,
                RosterReference.to(roster),
                List.of(Receipt.accepted(
                        Letters.sign(network, Letters.letter(network, SYLDAVIA, BORDURIA, roster))
                                .reference(),
                        NOON)));
        openssl.certificate(
                "signing.pem", network.keys(BORDURIA).of(KeyUse.SIGNING).certificate());
        openssl.write("receipts.der", batch.sign(network.keys(BORDURIA).of(KeyUse.SIGNING), network.profile));

        openssl.run("openssl cms -verify -inform DER -in receipts.der -certfile signing.pem -nointern -noverify"
                + " -binary -out receipts.json");

        assertThat(ReceiptBatch.parse(openssl.read("receipts.json"))).isEqualTo(batch);
    }

    @Test
    void signaturesOfARosterAreVerified() throws Exception {
        SignedRoster signed = rosters.signed().get(0);
        openssl.write("roster.json", roster.canonical());
        for (SignedRoster.Signature signature : signed.signatures()) {
            openssl.write("roster.p7s", signature.signed().der());
            openssl.certificate(
                    "member.pem",
                    network.keys(signature.member()).of(KeyUse.ROSTER).certificate());
            openssl.run("openssl cms -verify -inform DER -in roster.p7s -content roster.json -certfile member.pem"
                    + " -nointern -noverify -binary -out verified.json");
        }
    }

    @Test
    void whatOpenSslSignsAndSealsIsOpenedByUs() throws Exception {
        Message message = Letters.letter(network, SYLDAVIA, BORDURIA, roster);
        keysOfBoth();
        openssl.certificate("recipient.pem", Letters.sealing(network, BORDURIA));
        openssl.pem(
                "signing.key",
                "PRIVATE KEY",
                network.keys(SYLDAVIA).of(KeyUse.SIGNING).pkcs8());
        openssl.write("message.json", message.canonical());

        openssl.run("openssl cms -sign -in message.json -binary -nodetach -md sha256 -nosmimecap"
                + " -signer signing.pem -inkey signing.key -outform DER -out signed.der");
        openssl.run("openssl cms -encrypt -in signed.der -binary -aes-256-gcm -recip recipient.pem"
                + " -keyopt ecdh_kdf_md:sha256 -aes256-wrap -outform DER -out sealed.der");

        byte[] opened = network.profile.open(
                openssl.read("sealed.der"), List.of(network.keys(BORDURIA).of(KeyUse.SEALING)));
        SignedData signed = SignedData.parse(opened);
        signed.verify();
        assertThat(SignedMessage.read(signed).message()).isEqualTo(message);
    }

    private void keysOfBoth() throws IOException {
        openssl.certificate("sealing.pem", Letters.sealing(network, BORDURIA));
        openssl.pem(
                "sealing.key",
                "PRIVATE KEY",
                network.keys(BORDURIA).of(KeyUse.SEALING).pkcs8());
        openssl.certificate(
                "signing.pem", network.keys(SYLDAVIA).of(KeyUse.SIGNING).certificate());
    }

    private static byte[] concat(byte[] one, byte[] two) {
        byte[] both = java.util.Arrays.copyOf(one, one.length + two.length);
        System.arraycopy(two, 0, both, one.length, two.length);
        return both;
    }
}
