package org.sharaka.protocol.message;

import static org.sharaka.protocol.Network.BORDURIA;
import static org.sharaka.protocol.Network.KHEMED;
import static org.sharaka.protocol.Network.NOON;
import static org.sharaka.protocol.Network.SYLDAVIA;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.Time;
import org.sharaka.protocol.checkpoint.Checkpoint;
import org.sharaka.protocol.checkpoint.NoteSigner;
import org.sharaka.protocol.checkpoint.SignedNote;
import org.sharaka.protocol.cms.KeyUse;
import org.sharaka.protocol.cms.OwnKey;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.roster.Roster;
import org.sharaka.protocol.roster.RosterHistory;
import org.sharaka.protocol.tree.ConsistencyProof;
import org.sharaka.protocol.tree.InclusionProof;
import org.sharaka.protocol.tree.TreeHash;
import org.sharaka.protocol.tree.TreeHead;

/** The vectors of what an originator orders about its data, and of what holders answer with the proof of their log. */
final class Orders extends Cases {
    private static final TreeHash FIRST = TreeHash.leaf(new byte[] {1});

    private final RosterHistory rosters = Vectors.founded(network);
    private final Roster roster = rosters.current();
    private final MessageReference data = Letters.sign(network, Letters.letter(network, SYLDAVIA, KHEMED, roster))
            .reference();
    private final Content recall = order(Order.Kind.RECALL, Optional.empty());

    private Content order(Order.Kind kind, Optional<Content> corrected) {
        return new Order(kind, data, "a mistaken identity", corrected).toContent();
    }

    byte[] orders() {
        accepted("a recall", sealed(SYLDAVIA, recall));
        accepted("a purge", sealed(SYLDAVIA, order(Order.Kind.PURGE, Optional.empty())));
        Content correction = order(Order.Kind.CORRECTION, Optional.of(Letters.text("It was another account.")));
        accepted("a correction", sealed(SYLDAVIA, correction));
        accepted("passed on by another holder", passedOn(recall));
        refused("of one who is not the originator", sealed(KHEMED, recall), Refusal.NOT_THE_ORIGINATOR);
        refused(
                "changed by the holder who passes it on",
                passedOn(order(Order.Kind.PURGE, Optional.empty())),
                Refusal.NOT_THE_ORIGINATOR);
        refused("a correction of nothing", like("order.correction", 1, recall), Refusal.FIELD_WRONG);
        refused("a recall that corrects", like("order.recall", 1, correction), Refusal.FIELD_WRONG);
        refused("of a later format", like("order.recall", 2, recall), Refusal.FORMAT_UNKNOWN);
        OwnKey sealing = network.keys(BORDURIA).of(KeyUse.SEALING);
        return pretty(file("Orders as they arrive at xb-ncb, which holds what their target names.")
                .with("originator", SYLDAVIA.value())
                .with("now", Time.format(NOON))
                .with("pin", roster.hash().toString())
                .with("roster", rosters.signed().get(0).encoded())
                .with("us", BORDURIA.value())
                .with("sealingCertificate", sealing.certificate().der())
                .with("sealingKeyForTestsOnly", sealing.pkcs8()));
    }

    private static JsonBuilder file(String about) {
        return JsonBuilder.object().with("about", about);
    }

    private byte[] like(String type, int format, Content content) {
        return sealed(SYLDAVIA, new Content(type, format, content.body()));
    }

    private byte[] sealed(MemberId sender, Content content) {
        return seal(message(sender, BORDURIA, sender, content, Optional.empty()));
    }

    private byte[] passedOn(Content content) {
        SignedMessage ordered = Letters.sign(network, message(SYLDAVIA, KHEMED, SYLDAVIA, recall, Optional.empty()));
        return seal(message(KHEMED, BORDURIA, SYLDAVIA, content, Optional.of(ordered)));
    }

    private byte[] seal(Message message) {
        return Letters.seal(network, Letters.sign(network, message)).encoded();
    }

    private Message message(
            MemberId sender, MemberId recipient, MemberId originator, Content content, Optional<SignedMessage> onward) {
        Header header = Letters.header(network, sender, recipient, roster);
        Position place = header.position();
        return new Message(
                new Header(
                        header.id(),
                        sender,
                        recipient,
                        header.sent(),
                        header.expires(),
                        new Position(place.conversation(), Lane.CONTROL, place.epoch(), place.sequence()),
                        header.roster()),
                Letters.handling(originator),
                Optional.empty(),
                content,
                List.of(),
                onward.map(SignedMessage::signed));
    }

    byte[] answers() {
        NoteSigner log = network.keys(KHEMED).log();
        NoteSigner cosigner = network.keys(BORDURIA).cosigner();
        OrderAnswer obeyed = answer(OrderAnswer.Outcome.OBEYED, data, KHEMED, Optional.empty());
        LogProof proof = proof(recordOf(obeyed), log);
        SignedNote seen = cosigned(first(log), log, cosigner);
        ConsistencyProof grown = new ConsistencyProof(1, 2, List.of(leaf(recordOf(obeyed))));
        accepted("obeyed, and in its log", written(obeyed.with(proof)));
        accepted("in the log that another member saw", written(obeyed.with(proof.seenBy(seen, grown))));
        accepted(
                "refused, with a sentence",
                written(answer(OrderAnswer.Outcome.REFUSED, data, KHEMED, Optional.of("A court has it."))));
        refused("without proof", written(obeyed), Refusal.PROOF_WRONG);
        refused(
                "an entry about something else",
                written(obeyed.with(proof(bytes("something else"), log))),
                Refusal.PROOF_WRONG);
        refused(
                "an entry that is not in the log",
                written(obeyed.with(new LogProof(
                        proof.entryId(), otherSalt(), proof.record(), proof.inclusion(), proof.checkpoint()))),
                Refusal.PROOF_WRONG);
        refused(
                "under another's checkpoint",
                written(obeyed.with(
                        proof(recordOf(obeyed), network.keys(SYLDAVIA).log()))),
                Refusal.CHECKPOINT_NOT_SIGNED);
        refused(
                "in another log than others saw",
                written(obeyed.with(proof.seenBy(seen, new ConsistencyProof(1, 2, List.of(FIRST))))),
                Refusal.PROOF_WRONG);
        String note = new String(seen.encoded(), StandardCharsets.UTF_8);
        int last = note.length() - 10;
        SignedNote spoiled = SignedNote.parse(
                bytes(note.substring(0, last) + (note.charAt(last) == 'A' ? 'B' : 'A') + note.substring(last + 1)));
        refused(
                "with a cosignature that does not fit",
                written(obeyed.with(proof.seenBy(spoiled, grown))),
                Refusal.SIGNATURE_WRONG);
        OrderAnswer ofAnother = answer(
                OrderAnswer.Outcome.OBEYED,
                new MessageReference(data.id(), Hash.of(new byte[0])),
                KHEMED,
                Optional.empty());
        refused("about something else", written(ofAnother.with(proof(recordOf(ofAnother), log))), Refusal.FIELD_WRONG);
        OrderAnswer forAnother = answer(OrderAnswer.Outcome.OBEYED, data, SYLDAVIA, Optional.empty());
        refused("for another holder", written(forAnother.with(proof(recordOf(forAnother), log))), Refusal.FIELD_WRONG);
        String json = new String(
                written(answer(OrderAnswer.Outcome.REFUSED, data, KHEMED, Optional.of("No."))), StandardCharsets.UTF_8);
        refused("refused without a sentence", bytes(json.replace("\"sentence\":\"No.\",", "")), Refusal.FIELD_WRONG);
        return pretty(file("Contents of answers, as xk-ncb signed them, at the originator of the order.")
                .with("holder", KHEMED.value())
                .with("ordered", data.toJson())
                .with("logKey", log.key().toString())
                .with("cosignerKey", cosigner.key().toString()));
    }

    private static byte[] otherSalt() {
        byte[] salt = new byte[32];
        salt[0] = 1;
        return salt;
    }

    private OrderAnswer answer(
            OrderAnswer.Outcome outcome, MessageReference target, MemberId holder, Optional<String> sentence) {
        MessageReference order = new MessageReference(MessageId.random(network.random), Hash.of(new byte[] {1}));
        return new OrderAnswer(
                order, target, holder, outcome, NOON, Set.of(BORDURIA), sentence, Optional.empty(), Optional.empty());
    }

    private static byte[] written(OrderAnswer answer) {
        return answer.toContent().toJson().canonical();
    }

    static byte[] recordOf(OrderAnswer answer) {
        return bytes("order " + answer.statement());
    }

    /** The head of the log before the entry that is proved. */
    static SignedNote first(NoteSigner log) {
        return log.sign(new Checkpoint(log.key().name(), new TreeHead(1, FIRST), List.of()));
    }

    /** That a record is the second entry of a log. */
    static LogProof proof(byte[] record, NoteSigner log) {
        TreeHead head = new TreeHead(2, TreeHash.node(FIRST, leaf(record)));
        return new LogProof(
                new byte[16],
                new byte[32],
                record,
                new InclusionProof(1, 2, List.of(FIRST)),
                log.sign(new Checkpoint(log.key().name(), head, List.of())));
    }

    static TreeHash leaf(byte[] record) {
        MessageDigest digest = Hash.sha256();
        digest.update("sharaka audit entry 1\0".getBytes(StandardCharsets.US_ASCII));
        digest.update(new byte[32]);
        byte[] leaf = Arrays.copyOf(new byte[16], 48);
        System.arraycopy(digest.digest(record), 0, leaf, 16, 32);
        return TreeHash.leaf(leaf);
    }
}
