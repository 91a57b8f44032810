package org.sharaka.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.checkpoint.Checkpoint;
import org.sharaka.protocol.checkpoint.NoteKey;
import org.sharaka.protocol.checkpoint.SignedNote;
import org.sharaka.protocol.cms.Certificate;
import org.sharaka.protocol.cms.OwnKey;
import org.sharaka.protocol.cms.Profile1;
import org.sharaka.protocol.file.FileManifest;
import org.sharaka.protocol.file.FileOpener;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.Json;
import org.sharaka.protocol.json.JsonValue.JsonObject;
import org.sharaka.protocol.roster.RosterHistory;
import org.sharaka.protocol.roster.SignedRoster;

/**
 * The published vectors say the same as ever. To make new ones, after a change of format:
 * {@code ./mvnw -pl protocol test -Dtest=VectorsTest -Dprotocol.vectors.write=true}
 */
class VectorsTest {
    private static final Path FOLDER = Path.of("src/test/resources/vectors");
    private static final Path SEEDS = Path.of("src/test/resources/org/sharaka/protocol");
    private final Profile1 profile = new Profile1(new SecureRandom());

    @BeforeAll
    static void writeIfAsked() throws IOException {
        if (!Boolean.getBoolean("protocol.vectors.write")) return;
        Files.createDirectories(FOLDER);
        for (Map.Entry<String, byte[]> file : Vectors.make().entrySet())
            Files.write(FOLDER.resolve(file.getKey()), file.getValue());
        for (Map.Entry<String, byte[]> seed : FuzzSeeds.make().entrySet()) {
            Path path = SEEDS.resolve(seed.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, seed.getValue());
        }
    }

    /** A vector file, read by nothing but the parser that reads messages. */
    private record Vector(JsonObject file) {
        static Vector read(String name) throws IOException {
            return new Vector(Json.parse(Files.readAllBytes(FOLDER.resolve(name)), 1 << 24));
        }

        Fields fields() {
            return Fields.of(file, "vectors");
        }

        String text(String name) {
            return fields().text(name, 1_000);
        }

        byte[] bytes(String name) {
            return fields().bytes(name, 1 << 20);
        }

        Instant now() {
            return Instant.parse(text("now"));
        }

        RosterHistory rosters() {
            return RosterHistory.found(SignedRoster.parse(bytes("roster")), Hash.parse(text("pin")), now());
        }

        MemberId us() {
            return new MemberId(text("us"));
        }
    }

    private interface Reading {
        void read(byte[] input) throws IOException;
    }

    private static void check(Vector vector, int least, Reading reading) throws IOException {
        List<String> wrong = new ArrayList<>();
        List<Fields> cases = vector.fields().list("cases", 1_000);
        for (Fields one : cases) {
            String expected = one.text("expected", 60);
            assertThat(expected.equals("accepted") || Refusal.ofCode(expected).isPresent())
                    .as(expected)
                    .isTrue();
            String found = "accepted";
            try {
                reading.read(input(one));
            } catch (RefusedException e) {
                found = e.refusal().code();
            }
            if (!found.equals(expected)) wrong.add(one.text("name", 200) + ": " + found + ", not " + expected);
        }
        assertThat(wrong).isEmpty();
        assertThat(cases).hasSizeGreaterThanOrEqualTo(least);
    }

    private static byte[] input(Fields one) {
        return one.bytes("input", 1 << 22);
    }

    @Test
    void messages() throws Exception {
        checkMessages("messages.json", 30);
    }

    @Test
    void filesOfWhatIsSharedOnward() throws Exception {
        checkMessages("onward-files.json", 7);
    }

    private void checkMessages(String name, int least) throws Exception {
        Vector vector = Vector.read(name);
        OwnKey sealing = OwnKey.of(
                Certificate.parse(vector.bytes("sealingCertificate")),
                KeyFactory.getInstance("EC")
                        .generatePrivate(new PKCS8EncodedKeySpec(vector.bytes("sealingKeyForTestsOnly"))));
        Reader reader = new Reader(profile, vector.rosters());

        check(
                vector,
                least,
                input -> reader.open(SealedMessage.parse(input), vector.us(), List.of(sealing), vector.now()));
    }

    @Test
    void receipts() throws IOException {
        Vector vector = Vector.read("receipts.json");
        Reader reader = new Reader(profile, vector.rosters());

        check(vector, 5, input -> reader.openReceipts(input, vector.us(), vector.now()));
    }

    @Test
    void rosters() throws IOException {
        Vector vector = Vector.read("rosters.json");
        RosterHistory rosters = vector.rosters();

        check(vector, 10, input -> rosters.accept(SignedRoster.parse(input), vector.now()));
    }

    @Test
    void checkpoints() throws IOException {
        Vector vector = Vector.read("checkpoints.json");
        List<NoteKey> keys = List.of(NoteKey.parse(vector.text("logKey")));

        check(vector, 6, input -> Checkpoint.verify(SignedNote.parse(input), keys));
    }

    @Test
    void epochs() throws IOException {
        Vector vector = Vector.read("epochs.json");
        Reader reader = new Reader(profile, vector.rosters());
        EpochOpening known = reader.verifyKeptEpoch(vector.bytes("known"));

        check(vector, 20, input -> reader.openEpoch(input, vector.now()).requireAfter(known));
    }

    @Test
    void files() throws IOException {
        Vector vector = Vector.read("files.json");
        FileManifest manifest = FileManifest.parse(Fields.of(vector.fields().object("manifest"), "file"));
        byte[] clear = Base64.getDecoder().decode(vector.text("clear"));

        check(vector, 3, input -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            new FileOpener(profile, manifest).open(place -> input, out);
            assertThat(out.toByteArray()).isEqualTo(clear);
        });
        assertThat(Limits.CHUNK_BYTES).isEqualTo(4_194_304);
    }
}
