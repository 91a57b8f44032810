package org.sharaka.protocol.message;

import static org.sharaka.protocol.Network.BORDURIA;
import static org.sharaka.protocol.Network.KHEMED;
import static org.sharaka.protocol.Network.NOON;
import static org.sharaka.protocol.Network.SYLDAVIA;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Network;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.checkpoint.Checkpoint;
import org.sharaka.protocol.checkpoint.Cosigner;
import org.sharaka.protocol.checkpoint.NoteKey;
import org.sharaka.protocol.checkpoint.NoteSigner;
import org.sharaka.protocol.checkpoint.SeenHeads;
import org.sharaka.protocol.checkpoint.ShownHead;
import org.sharaka.protocol.checkpoint.SignedNote;
import org.sharaka.protocol.cms.FileKey;
import org.sharaka.protocol.cms.KeyUse;
import org.sharaka.protocol.cms.SignedData;
import org.sharaka.protocol.content.CrossCheck;
import org.sharaka.protocol.content.CrossCheckAnswer;
import org.sharaka.protocol.content.CrossCheckEnd;
import org.sharaka.protocol.content.Feedback;
import org.sharaka.protocol.content.FreeText;
import org.sharaka.protocol.content.Information;
import org.sharaka.protocol.content.Inquiry;
import org.sharaka.protocol.content.PermissionAnswer;
import org.sharaka.protocol.content.PermissionRequest;
import org.sharaka.protocol.content.Quoted;
import org.sharaka.protocol.content.Reply;
import org.sharaka.protocol.content.Trace;
import org.sharaka.protocol.content.Urgency;
import org.sharaka.protocol.content.Words;
import org.sharaka.protocol.content.Written;
import org.sharaka.protocol.roster.Equivocation;
import org.sharaka.protocol.roster.Roster;
import org.sharaka.protocol.roster.RosterHistory;
import org.sharaka.protocol.roster.SignedRoster;
import org.sharaka.protocol.transport.Answer;
import org.sharaka.protocol.transport.CollectRequest;
import org.sharaka.protocol.transport.Collection;
import org.sharaka.protocol.transport.KnownOpening;
import org.sharaka.protocol.transport.Problem;
import org.sharaka.protocol.transport.SignedBytes;
import org.sharaka.protocol.transport.Waiting;
import org.sharaka.protocol.tree.ConsistencyProof;
import org.sharaka.protocol.tree.GrowingTree;
import org.sharaka.protocol.tree.InclusionProof;
import org.sharaka.protocol.tree.Subtrees;
import org.sharaka.protocol.tree.TreeHash;
import org.sharaka.protocol.tree.TreeHead;

/** Honest inputs for each fuzz target, from which a fuzzer goes astray. Keys of notes are fixed, so that their signatures hold in every run. */
final class FuzzSeeds {
    private static final String SEALED = "message/ProtocolFuzzTestInputs/";
    private static final String DOCUMENT = "message/DocumentFuzzTestInputs/";
    private static final String CONTENT = "content/ContentFuzzTestInputs/";
    private static final String TRANSPORT = "transport/TransportFuzzTestInputs/";
    private static final NoteSigner LOG =
            NoteSigner.of(new byte[NoteSigner.SEED_BYTES], "xs-ncb.example/audit", NoteKey.Type.ED25519);
    private static final NoteSigner COSIGNER =
            NoteSigner.of(new byte[NoteSigner.SEED_BYTES], "xb-ncb.example/cosigner", NoteKey.Type.COSIGNATURE);

    private final Map<String, byte[]> seeds = new LinkedHashMap<>();
    private final Network network = new Network();
    private final RosterHistory rosters = network.founded(SYLDAVIA, BORDURIA, KHEMED);
    private final Roster roster = rosters.current();
    private final SignedMessage signed = Letters.sign(network, Vectors.rich(network, roster));
    private final SealedMessage sealed = Letters.seal(network, signed);
    private final MessageReference reference = signed.reference();

    private FuzzSeeds() throws IOException {}

    /** By their paths below the test resources of this package's parent. */
    static Map<String, byte[]> make() throws IOException {
        FuzzSeeds all = new FuzzSeeds();
        all.sealed();
        all.rosters();
        all.heads();
        all.documents();
        all.orders();
        all.contents();
        all.transport();
        return all.seeds;
    }

    private void sealed() {
        seeds.put(SEALED + "sealedMessages/sealed", sealed.encoded());
        seeds.put(SEALED + "envelopes/message", sealed.content());
        seeds.put(
                SEALED + "envelopes/chunk",
                network.profile.sealUnder(new byte[] {1, 2, 3}, FileKey.random(network.random)));
        seeds.put(SEALED + "signedData/message", signed.signed().der());
        seeds.put(SEALED + "signedData/receipts", receipts());
        seeds.put(
                SEALED + "signedData/detached",
                rosters.signed().get(0).signatures().get(0).signed().der());
        seeds.put(
                SEALED + "certificates/tls",
                network.keys(SYLDAVIA).of(KeyUse.TLS).certificate().der());
    }

    private byte[] receipts() {
        return new ReceiptBatch(
                        BORDURIA,
                        SYLDAVIA,
                        NOON,
                        RosterReference.to(roster),
                        List.of(
                                Receipt.delivered(reference, NOON),
                                Receipt.accepted(reference, NOON),
                                Receipt.refused(reference, Refusal.EXPIRED, NOON),
                                Receipt.acted(reference, Optional.of("تم تجميد الحساب."), NOON),
                                Receipt.skipped(
                                        reference, signed.message().header().position(), NOON)))
                .sign(network.keys(BORDURIA).of(KeyUse.SIGNING), network.profile);
    }

    private void rosters() {
        MemberId fourth = new MemberId("xn-ncb");
        Roster next = Network.after(roster, Network.replace(roster.members(), network.bureau(fourth)));
        Roster other = Network.after(roster, roster.members());
        SignedRoster one = network.signed(next, SYLDAVIA, BORDURIA, fourth);
        SignedRoster two = network.signed(other, SYLDAVIA, KHEMED);
        seeds.put(SEALED + "rosters/founding", rosters.signed().get(0).encoded());
        seeds.put(SEALED + "rosters/next", one.encoded());
        seeds.put(
                SEALED + "equivocations/of-one",
                Equivocation.find(one, two, roster).orElseThrow().encoded());
    }

    private void heads() {
        List<TreeHash> leaves = java.util.stream.IntStream.range(0, 9)
                .mapToObj(i -> TreeHash.leaf(new byte[] {(byte) i}))
                .toList();
        GrowingTree tree = new GrowingTree();
        leaves.forEach(tree::add);
        Subtrees subtrees =
                (level, at) -> Subtrees.fold(leaves.subList((int) (at << level), (int) ((at + 1) << level)));
        SignedNote note = LOG.sign(new Checkpoint(LOG.key().name(), tree.head(), List.of("an extension")));
        SignedNote cosigned = Cosigner.of(LOG.key().name())
                .see(note, List.of(LOG.key()), Optional.empty(), COSIGNER, NOON)
                .cosigned();
        seeds.put(SEALED + "notes/checkpoint", note.encoded());
        seeds.put(SEALED + "notes/cosigned", cosigned.encoded());
        seeds.put(SEALED + "notes/key", LOG.key().toString().getBytes(StandardCharsets.US_ASCII));
        seeds.put(
                SEALED + "heads/shown",
                new ShownHead(
                                note,
                                List.of(
                                        ConsistencyProof.make(subtrees, 1, 9),
                                        ConsistencyProof.make(subtrees, 4, 9),
                                        ConsistencyProof.make(subtrees, 7, 9)),
                                Optional.of(opening(Optional.of(cosigned))))
                        .encoded());
        seeds.put(
                SEALED + "heads/seen",
                new SeenHeads(Map.of(SYLDAVIA, new SeenHeads.Head(1, cosigned), BORDURIA, new SeenHeads.Head(2, note)))
                        .encoded());
        seeds.put("tree/ProofFuzzTestInputs/proofs/inclusion", bytes(InclusionProof.make(subtrees, 3, 9)));
        seeds.put("tree/ProofFuzzTestInputs/proofs/last-leaf", bytes(InclusionProof.make(subtrees, 8, 9)));
        ConsistencyProof grown = ConsistencyProof.make(subtrees, 6, 9);
        seeds.put(
                "tree/ProofFuzzTestInputs/proofs/consistency",
                bytes(new InclusionProof(grown.from(), grown.to(), grown.path())));
        seeds.put(
                DOCUMENT + "openings/after-a-restore",
                SignedData.parse(opening(Optional.of(cosigned))).content());
        seeds.put(
                DOCUMENT + "openings/nobody-had-seen-it",
                SignedData.parse(opening(Optional.empty())).content());
    }

    private static byte[] bytes(InclusionProof proof) {
        ByteBuffer bytes = ByteBuffer.allocate(3 * Long.BYTES + proof.path().size() * TreeHash.SIZE_BYTES)
                .putLong(proof.index())
                .putLong(proof.size())
                .putLong(proof.size());
        proof.path().forEach(hash -> bytes.put(hash.bytes()));
        return bytes.array();
    }

    private byte[] opening(Optional<SignedNote> last) {
        return new EpochOpening(
                        SYLDAVIA,
                        2,
                        NOON,
                        RosterReference.to(roster),
                        new TreeHead(3, TreeHash.leaf(new byte[0])),
                        NOON.minus(Duration.ofHours(5)),
                        last)
                .sign(network.keys(SYLDAVIA).of(KeyUse.SIGNING), network.profile);
    }

    private void documents() {
        seeds.put(DOCUMENT + "json/anything", text("[{\"a\":[null,true,-1,\"\\u20ac\\ud83d\\ude00\\n\"]},{}, [[ ]] ]"));
        seeds.put(DOCUMENT + "json/message", signed.message().canonical());
        seeds.put(DOCUMENT + "messages/rich", signed.message().canonical());
        seeds.put(
                DOCUMENT + "messages/plain",
                Letters.letter(network, SYLDAVIA, BORDURIA, roster).canonical());
        SignedMessage toKhemed = Letters.sign(network, Letters.letter(network, SYLDAVIA, KHEMED, roster));
        Message shared = Letters.share(network, KHEMED, BORDURIA, roster, toKhemed);
        seeds.put(DOCUMENT + "messages/shared", shared.canonical());
        seeds.put(DOCUMENT + "clearHeaders/sealed", sealed.header().canonical());
        seeds.put(
                DOCUMENT + "receipts/every-state", SignedData.parse(receipts()).content());
        seeds.put(
                DOCUMENT + "manifests/file",
                signed.message().files().get(0).toJson().canonical());
        int lies = 0;
        for (byte[] lie : List.of(
                signed.message().canonical(),
                Letters.letter(network, SYLDAVIA, BORDURIA, roster).canonical(),
                SignedData.parse(opening(Optional.empty())).content()))
            seeds.put(DOCUMENT + "liesOfAMember/document-" + ++lies, anonymous(lie));
        ReceiptBatch fromSyldavia = new ReceiptBatch(
                SYLDAVIA,
                BORDURIA,
                NOON,
                RosterReference.to(roster),
                List.of(Receipt.skipped(reference, signed.message().header().position(), NOON)));
        byte[] batch = SignedData.parse(fromSyldavia.sign(network.keys(SYLDAVIA).of(KeyUse.SIGNING), network.profile))
                .content();
        seeds.put(DOCUMENT + "liesOfAMember/receipts", anonymous(batch));
        byte[] arriving = fileReport(new FileReport.Progress(FileReport.State.ARRIVING, 3, 70_000));
        seeds.put(DOCUMENT + "fileReports/arriving", arriving);
        seeds.put(
                DOCUMENT + "fileReports/complete",
                fileReport(new FileReport.Progress(FileReport.State.COMPLETE, 1, 1)));
        seeds.put(DOCUMENT + "liesOfAMember/file-report", anonymous(arriving));
    }

    private byte[] fileReport(FileReport.Progress progress) {
        FileReport report = new FileReport(
                SYLDAVIA, BORDURIA, "0123456789abcdef".repeat(2), NOON, RosterReference.to(roster), progress);
        return SignedData.parse(report.sign(network.keys(SYLDAVIA).of(KeyUse.SIGNING), network.profile))
                .content();
    }

    /** Without the roster of this run. */
    private byte[] anonymous(byte[] document) {
        return text(new String(document, StandardCharsets.UTF_8)
                .replace(roster.hash().toString(), "0".repeat(64)));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void orders() {
        for (Order order : List.of(
                new Order(Order.Kind.PURGE, reference, "retention is over", Optional.empty()),
                new Order(Order.Kind.RECALL, reference, "a mistake", Optional.empty()),
                new Order(
                        Order.Kind.CORRECTION, reference, "a wrong date", Optional.of(Letters.text("the right one")))))
            seeds.put(
                    DOCUMENT + "orders/" + order.kind().type(),
                    order.toContent().toJson().canonical());
        OrderAnswer obeyed = new OrderAnswer(
                reference,
                reference,
                KHEMED,
                OrderAnswer.Outcome.OBEYED,
                NOON,
                Set.of(BORDURIA),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        OrderAnswer refused = new OrderAnswer(
                reference,
                reference,
                KHEMED,
                OrderAnswer.Outcome.REFUSED,
                NOON,
                Set.of(),
                Optional.of("a court has it"),
                Optional.empty(),
                Optional.empty());
        seeds.put(
                DOCUMENT + "orderAnswers/proved",
                obeyed.with(proof(obeyed)).toContent().toJson().canonical());
        SignedNote first = Orders.first(LOG);
        SignedNote seen = Cosigner.of(LOG.key().name())
                .see(first, List.of(LOG.key()), Optional.empty(), COSIGNER, NOON)
                .cosigned();
        seeds.put(
                DOCUMENT + "orderAnswers/seen-by-others",
                obeyed.with(proof(obeyed)
                                .seenBy(
                                        seen,
                                        new ConsistencyProof(1, 2, List.of(Orders.leaf(Orders.recordOf(obeyed))))))
                        .toContent()
                        .toJson()
                        .canonical());
        seeds.put(
                DOCUMENT + "orderAnswers/refused", refused.toContent().toJson().canonical());
    }

    private static LogProof proof(OrderAnswer answer) {
        return Orders.proof(Orders.recordOf(answer), LOG);
    }

    private void contents() {
        Words words =
                new Words("fr", "Le compte a été ouvert hier.\nرقم الحساب", Set.of(Quoted.VICTIM, Quoted.REPORTER));
        Optional<Words> some = Optional.of(words);
        written(new FreeText(Optional.of("On the account"), words));
        written(new Inquiry(
                "Holder of an account",
                words,
                "facts",
                "grounds",
                Urgency.URGENT,
                Optional.of("money can still be stopped"),
                Optional.of(NOON),
                Optional.of("CC-2026/17")));
        written(new Reply(reference, Reply.Outcome.PARTLY, words));
        written(new Information("A shop", words, Optional.of(NOON), Optional.of("CC-2026/18")));
        written(new Feedback(reference, Feedback.Outcome.ACTED, some));
        written(new PermissionRequest(reference, Act.ONWARD_SHARE, Optional.of(BORDURIA), words));
        written(new PermissionAnswer(
                reference,
                reference,
                Act.ONWARD_SHARE,
                Optional.of(BORDURIA),
                PermissionAnswer.Outcome.GRANTED,
                Optional.of(NOON),
                some));
        content("crossChecks/end", new CrossCheckEnd(reference).toContent());
        content("crossChecks/nothing", CrossCheckAnswer.nothing(reference).toContent());
        content(
                "crossChecks/request",
                new CrossCheck(
                                List.of(
                                        new Trace(Trace.Kind.PHONE, "+212600000000"),
                                        new Trace(Trace.Kind.DOMAIN, "example.com"),
                                        new Trace(Trace.Kind.TEXT_LINE, "0123456789abcdef")),
                                Optional.empty(),
                                Urgency.PRIORITY,
                                Optional.of("victims pay today"),
                                Optional.of(NOON),
                                Optional.of("CC-2026/19"))
                        .toContent());
    }

    private void written(Written written) {
        content("written/" + written.type(), written.toContent());
    }

    private void content(String name, Content content) {
        seeds.put(CONTENT + name, content.toJson().canonical());
    }

    private void transport() {
        SealedMessage another =
                Letters.seal(network, Letters.sign(network, Letters.letter(network, SYLDAVIA, BORDURIA, roster)));
        Optional<SignedBytes> receipts = Optional.of(new SignedBytes(receipts()));
        seeds.put(TRANSPORT + "requests/one", another.encoded());
        seeds.put(TRANSPORT + "requests/two", Collection.encoded(List.of(another, sealed)));
        seeds.put(TRANSPORT + "collections/both", new Collection(receipts, false, List.of(another)).encoded());
        seeds.put(TRANSPORT + "collections/sealed", new Collection(receipts, true, List.of()).encoded());
        seeds.put(
                TRANSPORT + "collections/messages",
                new Collection(Optional.empty(), false, List.of(another, sealed)).encoded());
        Answer answer = new Answer(receipts, List.of(new Answer.Undecided(reference.id(), "queue-full")));
        seeds.put(TRANSPORT + "answers/both", answer.encoded());
        seeds.put(TRANSPORT + "answers/nothing", new Answer(Optional.empty(), List.of()).encoded());
        seeds.put(TRANSPORT + "collectRequests/first", new CollectRequest(Optional.empty()).encoded());
        seeds.put(TRANSPORT + "collectRequests/next", new CollectRequest(Optional.of(reference.hash())).encoded());
        seeds.put(TRANSPORT + "knownOpenings/none", new KnownOpening(Optional.empty()).encoded());
        seeds.put(
                TRANSPORT + "knownOpenings/one",
                new KnownOpening(Optional.of(new SignedBytes(opening(Optional.empty())))).encoded());
        seeds.put(TRANSPORT + "problems/not-now", new Problem("not-now").encoded());
        seeds.put(TRANSPORT + "waiting/nothing", new Waiting(0, 2).encoded());
    }
}
