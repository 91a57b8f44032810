package org.sharaka.protocol.message;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.sharaka.protocol.Fuzzed;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.Network;
import org.sharaka.protocol.checkpoint.NoteKey;
import org.sharaka.protocol.checkpoint.NoteSigner;
import org.sharaka.protocol.cms.KeyUse;
import org.sharaka.protocol.cms.OwnKey;
import org.sharaka.protocol.cms.SignedData;
import org.sharaka.protocol.file.FileManifest;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.Json;
import org.sharaka.protocol.roster.RosterHistory;

/** What stands under seal and signature, and what becomes of it when a member signs whatever it likes. */
class DocumentFuzzTest extends Fuzzed {
    private static final Network NETWORK = new Network();
    private static final RosterHistory ROSTERS = NETWORK.founded(Network.SYLDAVIA, Network.BORDURIA);
    private static final Reader READER = new Reader(NETWORK.profile, ROSTERS);
    private static final OwnKey SIGNING = NETWORK.keys(Network.SYLDAVIA).of(KeyUse.SIGNING);
    private static final List<OwnKey> OURS =
            List.of(NETWORK.keys(Network.BORDURIA).of(KeyUse.SEALING));
    private static final NoteKey LOG = NoteSigner.of(
                    new byte[NoteSigner.SEED_BYTES], "xs-ncb.example/audit", NoteKey.Type.ED25519)
            .key();
    private static final NoteKey COSIGNER = NoteSigner.of(
                    new byte[NoteSigner.SEED_BYTES], "xb-ncb.example/cosigner", NoteKey.Type.COSIGNATURE)
            .key();
    /** Stands in the kept inputs where a roster's hash stands in life. */
    private static final String NO_HASH = "0".repeat(64);

    @FuzzTest(maxDuration = "2m")
    void json(byte[] bytes) {
        refusedOrNot(() -> {
            byte[] canonical = Json.parseValue(bytes, Limits.DOCUMENT_BYTES).canonical();
            if (!Arrays.equals(Json.parseValue(canonical, Limits.SIGNED_BYTES).canonical(), canonical))
                throw new AssertionError("two canonical forms");
        });
    }

    @FuzzTest(maxDuration = "2m")
    void messages(byte[] bytes) {
        readsAsItself(bytes, () -> Message.parse(bytes).canonical());
    }

    @FuzzTest(maxDuration = "2m")
    void clearHeaders(byte[] bytes) {
        readsAsItself(bytes, () -> ClearHeader.parse(bytes).canonical());
    }

    @FuzzTest(maxDuration = "2m")
    void receipts(byte[] bytes) {
        readsAsItself(bytes, () -> content(ReceiptBatch.parse(bytes).sign(SIGNING, NETWORK.profile)));
    }

    @FuzzTest(maxDuration = "2m")
    void fileReports(byte[] bytes) {
        readsAsItself(bytes, () -> content(FileReport.parse(bytes).sign(SIGNING, NETWORK.profile)));
    }

    @FuzzTest(maxDuration = "2m")
    void openings(byte[] bytes) {
        readsAsItself(bytes, () -> content(EpochOpening.parse(bytes).sign(SIGNING, NETWORK.profile)));
    }

    private static byte[] content(byte[] signed) {
        return SignedData.parse(signed).content();
    }

    @FuzzTest(maxDuration = "2m")
    void manifests(byte[] bytes) {
        readsAsItself(
                bytes, () -> FileManifest.parse(Fields.of(Json.parseCanonical(bytes, Limits.DOCUMENT_BYTES), "file"))
                        .toJson()
                        .canonical());
    }

    @FuzzTest(maxDuration = "2m")
    void orders(byte[] bytes) {
        readsAsItself(bytes, () -> {
            Content content = contentOf(bytes);
            return Order.in(content)
                    .map(Order::toContent)
                    .orElse(content)
                    .toJson()
                    .canonical();
        });
    }

    @FuzzTest(maxDuration = "2m")
    void orderAnswers(byte[] bytes) {
        readsAsItself(bytes, () -> {
            OrderAnswer answer = OrderAnswer.parse(contentOf(bytes));
            refusedOrNot(() -> answer.requireProved(List.of(LOG), List.of(COSIGNER)));
            return answer.toContent().toJson().canonical();
        });
    }

    private static Content contentOf(byte[] bytes) {
        return Content.parse(Fields.of(Json.parseCanonical(bytes, Limits.DOCUMENT_BYTES), "content"));
    }

    /** Signed and sealed as it should be, and everything else as a liar likes it. */
    @FuzzTest(maxDuration = "2m")
    void liesOfAMember(byte[] bytes) {
        byte[] signed = NETWORK.profile.sign(withOurRoster(bytes), SIGNING);
        refusedOrNot(() -> READER.openReceipts(signed, Network.BORDURIA, Network.NOON));
        refusedOrNot(() -> READER.verifyKeptReceipts(signed));
        refusedOrNot(() -> READER.openFileReport(signed, Network.BORDURIA, Network.NOON));
        refusedOrNot(() -> READER.verifyKeptFileReport(signed));
        refusedOrNot(() -> READER.openEpoch(signed, Network.NOON));
        refusedOrNot(() -> READER.verifyKeptEpoch(signed));
        refusedOrNot(() -> {
            Message message = Message.parse(withOurRoster(bytes));
            Header header = message.header();
            if (!header.recipient().equals(Network.BORDURIA)) return;
            SealedMessage sealed = SealedMessage.sealKept(
                    header.id(),
                    header.sender(),
                    header.recipient(),
                    header.sent(),
                    signed,
                    Letters.sealing(NETWORK, Network.BORDURIA),
                    NETWORK.profile);
            SignedMessage read = READER.open(sealed, Network.BORDURIA, OURS, Network.NOON);
            if (!Reader.chain(READER.verifyKept(signed)).get(0).hash().equals(read.hash()))
                throw new AssertionError("kept as something else");
        });
    }

    private static byte[] withOurRoster(byte[] bytes) {
        String ours = ROSTERS.currentHash().toString();
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return text.replace(NO_HASH, ours).getBytes(StandardCharsets.ISO_8859_1);
    }
}
