package org.sharaka.protocol.message;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.Network;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.checkpoint.Checkpoint;
import org.sharaka.protocol.checkpoint.NoteKey;
import org.sharaka.protocol.checkpoint.SeenHeads;
import org.sharaka.protocol.checkpoint.ShownHead;
import org.sharaka.protocol.checkpoint.SignedNote;
import org.sharaka.protocol.cms.Certificate;
import org.sharaka.protocol.cms.FileKey;
import org.sharaka.protocol.cms.KeyUse;
import org.sharaka.protocol.cms.OwnKey;
import org.sharaka.protocol.cms.Profile1;
import org.sharaka.protocol.cms.SignedData;
import org.sharaka.protocol.file.FileManifest;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.Json;
import org.sharaka.protocol.roster.Equivocation;
import org.sharaka.protocol.roster.Roster;
import org.sharaka.protocol.roster.SignedRoster;

/**
 * Every parser that meets the network: whatever comes is read as itself or refused with a code. The normal build runs the
 * saved inputs; {@code JAZZER_FUZZ=1 mvn test -Dtest=ProtocolFuzzTest#target} searches for new ones.
 */
class ProtocolFuzzTest {
    private static final Network NETWORK = new Network();
    private static final Roster ROSTER = NETWORK.first(Network.SYLDAVIA, Network.BORDURIA);
    private static final Profile1 PROFILE = new Profile1(new SecureRandom());
    private static final List<OwnKey> OURS =
            List.of(NETWORK.keys(Network.BORDURIA).of(KeyUse.SEALING));
    private static final FileKey FILE_KEY = FileKey.random(new SecureRandom());

    @FuzzTest(maxDuration = "2m")
    void sealedMessages(byte[] bytes) {
        readsAsItself(bytes, () -> SealedMessage.parse(bytes).encoded());
    }

    @FuzzTest(maxDuration = "2m")
    void envelopes(byte[] bytes) {
        refusedOrNot(() -> PROFILE.open(bytes, OURS));
        refusedOrNot(() -> PROFILE.openUnder(bytes, FILE_KEY));
    }

    @FuzzTest(maxDuration = "2m")
    void signedData(byte[] bytes) {
        readsAsItself(bytes, () -> {
            SignedData signed = SignedData.parse(bytes);
            refusedOrNot(signed::verify);
            return signed.der();
        });
        readsAsItself(bytes, () -> {
            SignedData signed = SignedData.parseDetached(bytes);
            refusedOrNot(() -> signed.verifyDetached(new byte[0]));
            return signed.der();
        });
    }

    @FuzzTest(maxDuration = "2m")
    void certificates(byte[] bytes) {
        readsAsItself(bytes, () -> {
            Certificate certificate = Certificate.parse(bytes);
            for (KeyUse use : KeyUse.values()) refusedOrNot(() -> certificate.requireFor(use));
            return certificate.der();
        });
    }

    @FuzzTest(maxDuration = "2m")
    void documents(byte[] bytes) {
        readsAsItself(bytes, () -> {
            Message message = Message.parse(bytes);
            refusedOrNot(() -> Order.in(message.content()));
            refusedOrNot(() -> OrderAnswer.parse(message.content()));
            return message.canonical();
        });
        refusedOrNot(() -> ReceiptBatch.parse(bytes));
        refusedOrNot(() -> EpochOpening.parse(bytes));
        refusedOrNot(() -> ClearHeader.parse(bytes));
        refusedOrNot(() -> FileManifest.parse(Fields.of(Json.parse(bytes, Limits.DOCUMENT_BYTES), "file")));
    }

    @FuzzTest(maxDuration = "2m")
    void rosters(byte[] bytes) {
        readsAsItself(bytes, () -> {
            SignedRoster signed = SignedRoster.parse(bytes);
            refusedOrNot(() -> signed.signersFrom(signed.roster()));
            return signed.encoded();
        });
        refusedOrNot(() -> Equivocation.parse(bytes, ROSTER));
    }

    @FuzzTest(maxDuration = "2m")
    void notes(byte[] bytes) {
        List<NoteKey> keys = List.of(NETWORK.keys(Network.SYLDAVIA).log().key());
        readsAsItself(bytes, () -> {
            SignedNote note = SignedNote.parse(bytes);
            refusedOrNot(() -> Checkpoint.verify(note, keys));
            return note.encoded();
        });
        refusedOrNot(() -> NoteKey.parse(new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1)));
    }

    @FuzzTest(maxDuration = "2m")
    void heads(byte[] bytes) {
        readsAsItself(bytes, () -> ShownHead.parse(bytes).encoded());
        readsAsItself(bytes, () -> SeenHeads.parse(bytes).encoded());
    }

    private interface Parser {
        byte[] read();
    }

    private static void readsAsItself(byte[] bytes, Parser parser) {
        refusedOrNot(() -> {
            if (!Arrays.equals(parser.read(), bytes)) throw new AssertionError("read as something else");
        });
    }

    private static void refusedOrNot(Runnable reading) {
        try {
            reading.run();
        } catch (RefusedException e) {
            if (e.refusal().sentence().isEmpty()) throw new AssertionError("a refusal without a reason", e);
        }
    }
}
