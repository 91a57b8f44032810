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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.checkpoint.Checkpoint;
import org.sharaka.protocol.checkpoint.Cosigner;
import org.sharaka.protocol.checkpoint.NoteKey;
import org.sharaka.protocol.checkpoint.NoteSigner;
import org.sharaka.protocol.checkpoint.SeenHeads;
import org.sharaka.protocol.checkpoint.ShownHead;
import org.sharaka.protocol.checkpoint.SignedNote;
import org.sharaka.protocol.cms.Certificate;
import org.sharaka.protocol.cms.OwnKey;
import org.sharaka.protocol.cms.Profile1;
import org.sharaka.protocol.content.Written;
import org.sharaka.protocol.file.FileManifest;
import org.sharaka.protocol.file.FileOpener;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.Json;
import org.sharaka.protocol.json.JsonValue.JsonObject;
import org.sharaka.protocol.roster.Equivocation;
import org.sharaka.protocol.roster.RosterHistory;
import org.sharaka.protocol.roster.SignedRoster;
import org.sharaka.protocol.transport.Answer;
import org.sharaka.protocol.transport.CollectRequest;
import org.sharaka.protocol.transport.Collection;
import org.sharaka.protocol.transport.KnownOpening;
import org.sharaka.protocol.transport.Problem;

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
            return file.members().containsKey("now") ? Instant.parse(text("now")) : Instant.EPOCH;
        }

        RosterHistory rosters() {
            return RosterHistory.found(SignedRoster.parse(bytes("roster")), Hash.parse(text("pin")), now());
        }

        MemberId us() {
            return new MemberId(text("us"));
        }
    }

    private interface Reading {
        void read(byte[] input, Fields one, Instant now) throws IOException;
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
                Instant now = one.has("now") ? Instant.parse(one.text("now", 24)) : vector.now();
                reading.read(one.bytes("input", 1 << 22), one, now);
            } catch (RefusedException e) {
                found = e.refusal().code();
            }
            if (!found.equals(expected)) wrong.add(one.text("name", 200) + ": " + found + ", not " + expected);
        }
        assertThat(wrong).isEmpty();
        assertThat(cases).hasSizeGreaterThanOrEqualTo(least);
    }

    @Test
    void messages() throws Exception {
        checkMessages(
                "messages.json", 55, message -> Written.parse(message.message().content()));
    }

    @Test
    void filesOfWhatIsSharedOnward() throws Exception {
        checkMessages(
                "onward-files.json",
                7,
                message -> Written.parse(message.message().content()));
    }

    @Test
    void orders() throws Exception {
        MemberId originator = new MemberId(Vector.read("orders.json").text("originator"));
        checkMessages("orders.json", 9, message -> {
            assertThat(Order.in(message.message().content())).isPresent();
            Order.requireOriginator(message, originator);
        });
    }

    /** @param judged what is asked of a message that was accepted */
    private void checkMessages(String name, int least, Consumer<SignedMessage> judged) throws Exception {
        Vector vector = Vector.read(name);
        OwnKey sealing = OwnKey.of(
                Certificate.parse(vector.bytes("sealingCertificate")),
                KeyFactory.getInstance("EC")
                        .generatePrivate(new PKCS8EncodedKeySpec(vector.bytes("sealingKeyForTestsOnly"))));
        Reader reader = new Reader(profile, vector.rosters());

        check(
                vector,
                least,
                (input, one, now) ->
                        judged.accept(reader.open(SealedMessage.parse(input), vector.us(), List.of(sealing), now)));
    }

    @Test
    void answersToOrders() throws IOException {
        Vector vector = Vector.read("order-answers.json");
        MemberId holder = new MemberId(vector.text("holder"));
        MessageReference ordered = MessageReference.parse(vector.fields().fields("ordered"));
        List<NoteKey> logKeys = List.of(NoteKey.parse(vector.text("logKey")));
        List<NoteKey> cosigners = List.of(NoteKey.parse(vector.text("cosignerKey")));

        check(vector, 12, (input, one, now) -> {
            OrderAnswer answer = OrderAnswer.parse(
                    Content.parse(Fields.of(Json.parseCanonical(input, Limits.DOCUMENT_BYTES), "content")));
            answer.requireOf(ordered, holder);
            if (answer.outcome() == OrderAnswer.Outcome.REFUSED
                    && answer.proof().isEmpty()) return;
            assertThat(answer.requireProved(logKeys, cosigners))
                    .hasSize(answer.proof().orElseThrow().witness().isPresent() ? 1 : 0);
        });
    }

    @Test
    void receipts() throws IOException {
        Vector vector = Vector.read("receipts.json");
        Reader reader = new Reader(profile, vector.rosters());

        check(vector, 9, (input, one, now) -> reader.openReceipts(input, vector.us(), now));
    }

    @Test
    void fileReports() throws IOException {
        Vector vector = Vector.read("file-reports.json");
        Reader reader = new Reader(profile, vector.rosters());

        check(vector, 9, (input, one, now) -> reader.openFileReport(input, vector.us(), now));
    }

    @Test
    void foundingRosters() throws IOException {
        Vector vector = Vector.read("founding.json");
        Hash pin = Hash.parse(vector.text("pin"));

        check(vector, 4, (input, one, now) -> RosterHistory.found(SignedRoster.parse(input), pin, now));
    }

    @Test
    void rosters() throws IOException {
        Vector vector = Vector.read("rosters.json");
        RosterHistory rosters = vector.rosters();

        check(vector, 17, (input, one, now) -> rosters.accept(SignedRoster.parse(input), now));
    }

    @Test
    void equivocations() throws IOException {
        Vector vector = Vector.read("equivocations.json");

        check(
                vector,
                5,
                (input, one, now) -> Equivocation.parse(input, vector.rosters().current()));
    }

    @Test
    void checkpoints() throws IOException {
        Vector vector = Vector.read("checkpoints.json");
        List<NoteKey> keys = List.of(NoteKey.parse(vector.text("logKey")));

        check(vector, 7, (input, one, now) -> Checkpoint.verify(SignedNote.parse(input), keys));
    }

    @Test
    void heads() throws IOException {
        Vector vector = Vector.read("heads.json");
        NoteKey log = NoteKey.parse(vector.text("logKey"));
        Cosigner seen = new Cosigner(log.name(), Optional.of(SignedNote.parse(vector.bytes("seen"))));
        long size = Checkpoint.read(seen.last().orElseThrow()).head().size();
        NoteSigner us =
                NoteSigner.of(new byte[NoteSigner.SEED_BYTES], "xb-ncb.example/cosigner", NoteKey.Type.COSIGNATURE);

        check(vector, 10, (input, one, now) -> {
            ShownHead shown = ShownHead.parse(input);
            assertThat(seen.see(shown.checkpoint(), List.of(log), shown.from(size), us, now))
                    .isNotNull();
        });
    }

    @Test
    void epochs() throws IOException {
        Vector vector = Vector.read("epochs.json");
        Reader reader = new Reader(profile, vector.rosters());
        EpochOpening known = reader.verifyKeptEpoch(vector.bytes("known"));

        check(vector, 20, (input, one, now) -> reader.openEpoch(input, now).requireAfter(known));
    }

    @Test
    void files() throws IOException {
        Vector vector = Vector.read("files.json");
        byte[] clear = vector.bytes("clear");

        check(vector, 7, (input, one, now) -> {
            Fields named = one.has("manifest") ? one : vector.fields();
            FileManifest manifest = FileManifest.parse(Fields.of(named.object("manifest"), "file"));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            new FileOpener(profile, manifest).open(place -> input, out);
            assertThat(out.toByteArray()).isEqualTo(clear);
        });
        assertThat(Limits.CHUNK_BYTES).isEqualTo(4_194_304);
    }

    @Test
    void bodiesOfRequestsAndAnswers() throws IOException {
        check(Vector.read("transport.json"), 22, (input, one, now) -> {
            Object read =
                    switch (one.text("kind", 20)) {
                        case "answer" -> Answer.parse(input);
                        case "collect" -> CollectRequest.parse(input);
                        case "collection" -> Collection.parse(input);
                        case "heads" -> SeenHeads.parse(input);
                        case "opening" -> KnownOpening.parse(input);
                        default -> Problem.parse(input);
                    };
            assertThat(read).isNotNull();
        });
    }
}
