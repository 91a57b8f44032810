package org.sharaka.protocol.message;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.sharaka.protocol.Fuzzed;
import org.sharaka.protocol.Network;
import org.sharaka.protocol.checkpoint.Checkpoint;
import org.sharaka.protocol.checkpoint.NoteKey;
import org.sharaka.protocol.checkpoint.NoteSigner;
import org.sharaka.protocol.checkpoint.SeenHeads;
import org.sharaka.protocol.checkpoint.ShownHead;
import org.sharaka.protocol.checkpoint.SignedNote;
import org.sharaka.protocol.cms.Certificate;
import org.sharaka.protocol.cms.FileKey;
import org.sharaka.protocol.cms.KeyUse;
import org.sharaka.protocol.cms.OwnKey;
import org.sharaka.protocol.cms.Profile1;
import org.sharaka.protocol.cms.SignedData;
import org.sharaka.protocol.roster.Equivocation;
import org.sharaka.protocol.roster.RosterHistory;
import org.sharaka.protocol.roster.SignedRoster;

/** What comes sealed or signed: envelopes, signatures, certificates, rosters, heads. What stands in them is for {@link DocumentFuzzTest}. */
class ProtocolFuzzTest extends Fuzzed {
    private static final Network NETWORK = new Network();
    private static final NoteKey LOG = NoteSigner.of(
                    new byte[NoteSigner.SEED_BYTES], "xs-ncb.example/audit", NoteKey.Type.ED25519)
            .key();
    private static final NoteKey COSIGNER = NoteSigner.of(
                    new byte[NoteSigner.SEED_BYTES], "xb-ncb.example/cosigner", NoteKey.Type.COSIGNATURE)
            .key();
    private static final RosterHistory HISTORY = history();

    /** Begins with the kept founding roster, so that the other kept ones follow from it. */
    private static RosterHistory history() {
        try {
            SignedRoster founding = SignedRoster.parse(Files.readAllBytes(Path.of(
                    "src/test/resources/org/sharaka/protocol/message/ProtocolFuzzTestInputs/rosters/founding")));
            return RosterHistory.found(founding, founding.roster().hash(), Network.NOON);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

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
            if (certificate.validAt(Network.NOON) && certificate.notAfter().isBefore(Network.NOON))
                throw new AssertionError("valid and over: " + certificate.subject());
            return certificate.der();
        });
    }

    @FuzzTest(maxDuration = "2m")
    void rosters(byte[] bytes) {
        readsAsItself(bytes, () -> {
            SignedRoster signed = SignedRoster.parse(bytes);
            refusedOrNot(() -> signed.signersFrom(signed.roster()));
            return signed.encoded();
        });
        refusedOrNot(() -> HISTORY.accept(SignedRoster.parse(bytes), Network.NOON));
    }

    @FuzzTest(maxDuration = "2m")
    void equivocations(byte[] bytes) {
        readsAsItself(bytes, () -> Equivocation.parse(bytes, HISTORY.current()).encoded());
    }

    @FuzzTest(maxDuration = "2m")
    void notes(byte[] bytes) {
        readsAsItself(bytes, () -> {
            SignedNote note = SignedNote.parse(bytes);
            refusedOrNot(() -> Checkpoint.verify(note, List.of(LOG)));
            refusedOrNot(() -> NoteSigner.cosignatures(note, List.of(COSIGNER)));
            return note.encoded();
        });
        refusedOrNot(() -> NoteKey.parse(new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1)));
    }

    @FuzzTest(maxDuration = "2m")
    void heads(byte[] bytes) {
        readsAsItself(bytes, () -> ShownHead.parse(bytes).encoded());
        readsAsItself(bytes, () -> SeenHeads.parse(bytes).encoded());
    }
}
