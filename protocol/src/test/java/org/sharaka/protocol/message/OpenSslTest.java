package org.sharaka.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
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

/** The commands of docs/protocol.md section 10, read there, on real messages, receipts, rosters and chunks. */
class OpenSslTest {
    private static final String OPEN = OpenSsl.line("-in sealed.der");
    private static final String VERIFY = OpenSsl.line("-out message.json");
    private static final String CHUNK = OpenSsl.line("-in chunk.der");
    private static final String RECEIPTS = OpenSsl.line("-in receipts.der");
    private static final String ROSTER = OpenSsl.line("jq ");
    private static final String ROSTER_SIGNATURE = OpenSsl.line("-in roster.p7s");
    private static final String MESSAGE_IDENTITY = OpenSsl.line("sha256sum signed.der");
    private static final String ROSTER_IDENTITY = OpenSsl.line("sha256sum roster.json");
    private static final String SIGN = OpenSsl.line("cms -sign");
    private static final String SEAL = OpenSsl.line("cms -encrypt");
    /** Run by {@link org.sharaka.protocol.roster.MemberKeysTest}. */
    private static final String KEYS = OpenSsl.line("openssl pkcs12");

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
    void everyLineIsRunAndEveryOneThatOpensOrVerifiesDeletesWhatItWroteIfItFails() {
        assertThat(OpenSsl.documented())
                .containsExactlyInAnyOrder(
                        OPEN,
                        VERIFY,
                        CHUNK,
                        RECEIPTS,
                        ROSTER,
                        ROSTER_SIGNATURE,
                        MESSAGE_IDENTITY,
                        ROSTER_IDENTITY,
                        SIGN,
                        SEAL,
                        KEYS);
        for (String line : List.of(OPEN, VERIFY, CHUNK, RECEIPTS, ROSTER_SIGNATURE))
            assertThat(line).matches(".* -out (\\S+) \\|\\| rm -f \\1");
    }

    @Test
    void aSealedMessageIsOpenedAndItsSignatureVerified() throws Exception {
        SignedMessage signed = Letters.sign(network, Letters.letter(network, SYLDAVIA, BORDURIA, roster));
        keysOfBoth();
        openssl.write("sealed.der", Letters.seal(network, signed).content());

        run(OPEN);
        run(VERIFY);

        assertThat(Hash.of(openssl.read("signed.der"))).isEqualTo(signed.hash());
        assertThat(openssl.run(MESSAGE_IDENTITY)).startsWith(signed.hash().toString());
        assertThat(openssl.read("message.json")).isEqualTo(signed.message().canonical());
    }

    @Test
    void ofABrokenSealNothingIsLeft() throws Exception {
        SignedMessage signed = Letters.sign(network, Letters.letter(network, SYLDAVIA, BORDURIA, roster));
        keysOfBoth();
        byte[] content = Letters.seal(network, signed).content();
        content[content.length - 1] ^= 1;
        openssl.write("sealed.der", content);

        failsAndLeavesNothing(OPEN, "signed.der");
    }

    @Test
    void ofAChunkWithABrokenSealNothingIsLeft() throws Exception {
        FileKey key = FileKey.random(network.random);
        List<byte[]> chunks = new ArrayList<>();
        FileManifest unused = seal(new byte[9 << 10], key, chunks);
        byte[] chunk = chunks.get(0);
        chunk[chunk.length - 1] ^= 1;
        openssl.write("chunk.der", chunk);

        failsAndLeavesNothing(chunk(key), "chunk.clear");
    }

    private void failsAndLeavesNothing(String line, String output) throws Exception {
        assertThat(openssl.end(OpenSsl.alone(line)).status()).isNotZero();
        assertThat(openssl.has(output)).as("what OpenSSL leaves behind").isTrue();

        var unused = openssl.end(line);

        assertThat(openssl.has(output)).isFalse();
    }

    @Test
    void aSignatureInAnothersNameFails() throws Exception {
        SignedMessage forged = SignedMessage.sign(
                Letters.letter(network, SYLDAVIA, BORDURIA, roster),
                network.keys(BORDURIA).of(KeyUse.SIGNING),
                network.profile);
        keysOfBoth();
        openssl.write("signed.der", forged.signed().der());

        failsAndLeavesNothing(VERIFY, "message.json");
    }

    @Test
    void chunksOfAFileAreOpened() throws Exception {
        byte[] file = new byte[9 << 20];
        new Random(7).nextBytes(file);
        FileKey key = FileKey.random(network.random);
        List<byte[]> chunks = new ArrayList<>();
        FileManifest manifest = seal(file, key, chunks);
        Hash whole = manifest.sha256();
        byte[] opened = new byte[0];
        for (int i = 0; i < chunks.size(); i++) {
            openssl.write("chunk.der", chunks.get(i));
            run(chunk(key));
            opened = concat(opened, openssl.read("chunk.clear"));
        }

        assertThat(chunks).hasSize(3);
        assertThat(Hash.of(opened)).isEqualTo(whole).isEqualTo(Hash.of(file));
    }

    private FileManifest seal(byte[] file, FileKey key, List<byte[]> chunks) throws IOException {
        return new FileSealer(network.profile)
                .seal(
                        new ByteArrayInputStream(file),
                        key,
                        "disk.img",
                        "application/octet-stream",
                        (place, bytes) -> chunks.add(bytes));
    }

    private static String chunk(FileKey key) {
        return CHUNK.replace("KEY", HexFormat.of().formatHex(key.bytes()))
                .replace("ID", HexFormat.of().formatHex(key.id()));
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

        run(RECEIPTS);

        assertThat(ReceiptBatch.parse(openssl.read("receipts.json"))).isEqualTo(batch);
    }

    @Test
    void theRosterOfAFileIsWrittenAsItWasSigned() throws Exception {
        assumeTrue(openssl.end("jq --version").status() == 0, "jq is not on this machine");
        openssl.write("file.json", rosters.signed().get(0).encoded());

        run(ROSTER);

        assertThat(openssl.read("roster.json")).isEqualTo(roster.canonical());
    }

    @Test
    void signaturesOfARosterAreVerified() throws Exception {
        SignedRoster signed = rosters.signed().get(0);
        openssl.write("roster.json", roster.canonical());
        assertThat(openssl.run(ROSTER_IDENTITY)).startsWith(roster.hash().toString());
        for (SignedRoster.Signature signature : signed.signatures()) {
            openssl.write("roster.p7s", signature.signed().der());
            openssl.certificate(
                    "member.pem",
                    network.keys(signature.member()).of(KeyUse.ROSTER).certificate());
            run(ROSTER_SIGNATURE);
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

        do run(SIGN);
        while (!endsInLowS(openssl.read("signed.der")));
        run(SEAL);

        byte[] opened = network.profile.open(
                openssl.read("sealed.der"), List.of(network.keys(BORDURIA).of(KeyUse.SEALING)));
        SignedData signed = SignedData.parse(opened);
        signed.verify();
        assertThat(SignedMessage.read(signed).message()).isEqualTo(message);
    }

    /** As docs/protocol.md section 10 says: {@code tail -c 34 signed.der | head -c 2} gives 02 20. */
    private static boolean endsInLowS(byte[] signed) {
        return signed[signed.length - 34] == 0x02 && signed[signed.length - 33] == 0x20;
    }

    private void run(String line) throws Exception {
        String unused = openssl.run(line);
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
