package org.sharaka.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.protocol.Network.BORDURIA;
import static org.sharaka.protocol.Network.KHEMED;
import static org.sharaka.protocol.Network.NOON;
import static org.sharaka.protocol.Network.SYLDAVIA;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.Network;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.Refused;
import org.sharaka.protocol.checkpoint.Checkpoint;
import org.sharaka.protocol.checkpoint.Cosigner;
import org.sharaka.protocol.checkpoint.NoteKey;
import org.sharaka.protocol.checkpoint.NoteSigner;
import org.sharaka.protocol.checkpoint.SignedNote;
import org.sharaka.protocol.cms.KeyUse;
import org.sharaka.protocol.json.JsonValue;
import org.sharaka.protocol.json.JsonValue.JsonObject;
import org.sharaka.protocol.roster.Roster;
import org.sharaka.protocol.roster.RosterHistory;
import org.sharaka.protocol.tree.ConsistencyProof;
import org.sharaka.protocol.tree.GrowingTree;
import org.sharaka.protocol.tree.InclusionProof;
import org.sharaka.protocol.tree.Subtrees;
import org.sharaka.protocol.tree.TreeHash;

class OrderTest {
    private static final byte[] ID = new byte[16];
    private static final byte[] SALT = new byte[32];
    private static final UUID END = new UUID(1, 2);
    private static final byte[] END_ID = {0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2};

    private final Network network = new Network();
    private final RosterHistory rosters = network.founded(SYLDAVIA, BORDURIA, KHEMED);
    private final Roster roster = rosters.current();
    private final SignedMessage original = Letters.sign(network, Letters.letter(network, SYLDAVIA, KHEMED, roster));

    @Test
    void everyOrderReadsAsItIsWritten() {
        Content instead = Letters.text("the other account");
        for (Order order : List.of(
                new Order(Order.Kind.RECALL, original.reference(), "mistaken identity", Optional.empty()),
                new Order(Order.Kind.CORRECTION, original.reference(), "wrong number", Optional.of(instead)),
                new Order(Order.Kind.PURGE, original.reference(), "retention is over", Optional.empty())))
            assertThat(Order.in(order.toContent())).contains(order);
        assertThat(Order.in(instead)).isEmpty();
    }

    @Test
    void onlyTheOriginatorOrders() {
        SignedMessage bySyldavia = order(SYLDAVIA, KHEMED);
        SignedMessage byBorduria = order(BORDURIA, KHEMED);

        Order.requireOriginator(bySyldavia, SYLDAVIA);
        Refused.with(Refusal.NOT_THE_ORIGINATOR, () -> Order.requireOriginator(byBorduria, SYLDAVIA));
    }

    @Test
    void anOrderThatWasPassedOnIsTheOriginatorsOwn() {
        SignedMessage ordered = order(SYLDAVIA, KHEMED);
        SignedMessage passedOn =
                Letters.sign(network, passOn(ordered, ordered.message().content()));
        SignedMessage changed = Letters.sign(
                network,
                passOn(
                        ordered,
                        new Order(Order.Kind.PURGE, original.reference(), "something else", Optional.empty())
                                .toContent()));

        SignedMessage opened = new Reader(network.profile, rosters)
                .open(
                        Letters.seal(network, passedOn),
                        BORDURIA,
                        List.of(network.keys(BORDURIA).of(KeyUse.SEALING)),
                        NOON);

        Order.requireOriginator(opened, SYLDAVIA);
        Refused.with(Refusal.NOT_THE_ORIGINATOR, () -> Order.requireOriginator(changed, SYLDAVIA));
    }

    @Test
    void theHoldersAnswerIsProvedByItsLog() {
        OrderAnswer answer = anAnswer();
        OrderAnswer proved = answer.with(proof("purge statement/" + answer.statement(), network.keys(KHEMED)));

        OrderAnswer read = OrderAnswer.parse(proved.toContent());

        assertThat(read.statement()).isEqualTo(answer.statement());
        assertThat(read.requireProved(List.of(network.keys(KHEMED).log().key()), List.of()))
                .isEmpty();
    }

    @Test
    void anAnswerWithoutOrWithAnotherProofProvesNothing() {
        OrderAnswer answer = anAnswer();
        List<org.sharaka.protocol.checkpoint.NoteKey> keys =
                List.of(network.keys(KHEMED).log().key());

        Refused.with(Refusal.PROOF_WRONG, () -> answer.requireProved(keys, List.of()));
        Refused.with(Refusal.PROOF_WRONG, () -> answer.with(proof("purge something", network.keys(KHEMED)))
                .requireProved(keys, List.of()));
        Refused.with(Refusal.CHECKPOINT_NOT_SIGNED, () -> answer.with(
                        proof("statement/" + answer.statement(), network.keys(BORDURIA)))
                .requireProved(keys, List.of()));
        Refused.with(Refusal.PROOF_WRONG, () -> answer.with(misplaced("statement/" + answer.statement()))
                .requireProved(keys, List.of()));
    }

    @Test
    void whatWasGoneBeforeIsProvedByTheEntryOfItsEnd() {
        OrderAnswer said = anAnswer(OrderAnswer.Outcome.NOT_HELD);
        byte[] ended = text("purge message/" + original.reference().id());
        byte[] stated = text("statement/" + said.statement() + " gone/" + END);
        List<TreeHash> log = leaves(stated);
        log.set(5, leaf(END_ID, SALT, ended));
        LogProof statement = proof(log, ID, stated, network.keys(KHEMED), 3);
        LogProof end = proof(log, END_ID, ended, network.keys(KHEMED), 5);
        List<NoteKey> keys = List.of(network.keys(KHEMED).log().key());

        OrderAnswer read =
                OrderAnswer.parse(said.with(statement, Optional.of(end)).toContent());

        assertThat(read.statement()).isEqualTo(said.statement());
        assertThat(read.requireProved(keys, List.of())).isEmpty();
        assertThat(read.gone().orElseThrow().names(original.reference().id().value()))
                .isTrue();

        byte[] silent = text("statement/" + said.statement());
        List<TreeHash> silentLog = leaves(silent);
        silentLog.set(5, leaf(END_ID, SALT, ended));
        OrderAnswer unnamed = said.with(
                proof(silentLog, ID, silent, network.keys(KHEMED), 3),
                Optional.of(proof(silentLog, END_ID, ended, network.keys(KHEMED), 5)));
        Refused.with(Refusal.PROOF_WRONG, () -> unnamed.requireProved(keys, List.of()));
        OrderAnswer misplaced = said.with(statement, Optional.of(proof(log, END_ID, ended, network.keys(KHEMED), 4)));
        Refused.with(Refusal.PROOF_WRONG, () -> misplaced.requireProved(keys, List.of()));
        List<TreeHash> otherLog = new java.util.ArrayList<>(log);
        otherLog.set(7, TreeHash.leaf(new byte[] {99}));
        OrderAnswer underAnother =
                said.with(statement, Optional.of(proof(otherLog, END_ID, ended, network.keys(KHEMED), 5)));
        Refused.with(Refusal.PROOF_WRONG, () -> underAnother.requireProved(keys, List.of()));
        Refused.with(Refusal.FIELD_WRONG, () -> anAnswer().with(statement, Optional.of(end)));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private OrderAnswer anAnswer() {
        return anAnswer(OrderAnswer.Outcome.OBEYED);
    }

    private OrderAnswer anAnswer(OrderAnswer.Outcome outcome) {
        return new OrderAnswer(
                order(SYLDAVIA, KHEMED).reference(),
                original.reference(),
                KHEMED,
                outcome,
                NOON,
                Set.of(BORDURIA),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void aProofCarriesWhatOthersSawOfTheLogAndThatItIsTheSame() {
        OrderAnswer said = anAnswer();
        byte[] record = ("order " + said.statement()).getBytes(StandardCharsets.UTF_8);
        Network.Keys holder = network.keys(KHEMED);
        NoteSigner witness = network.keys(BORDURIA).cosigner();
        List<NoteKey> logs = List.of(holder.log().key());
        List<NoteKey> witnesses = List.of(witness.key());
        List<TreeHash> leaves = leaves(record);
        LogProof bare = proof(record, holder, 3);
        OrderAnswer seen = said.with(bare.seenBy(cosigned(leaves.subList(0, 5), holder, witness), grown(leaves)));

        OrderAnswer read = OrderAnswer.parse(seen.toContent());

        assertThat(read.requireProved(logs, witnesses))
                .containsExactly(new NoteSigner.Cosignature(witness.key(), NOON));
        // A head that nobody known cosigned was seen by nobody.
        Refused.with(Refusal.PROOF_WRONG, () -> read.requireProved(logs, List.of()));
        assertThat(read.statement()).isEqualTo(said.statement());
        List<TreeHash> forked = new java.util.ArrayList<>(leaves.subList(0, 5));
        forked.set(2, TreeHash.leaf(new byte[] {99}));
        OrderAnswer ofAnother = said.with(bare.seenBy(cosigned(forked, holder, witness), grown(leaves)));
        Refused.with(Refusal.PROOF_WRONG, () -> ofAnother.requireProved(logs, witnesses));
        OrderAnswer notTheirs =
                said.with(bare.seenBy(cosigned(leaves.subList(0, 5), network.keys(SYLDAVIA), witness), grown(leaves)));
        Refused.with(Refusal.CHECKPOINT_NOT_SIGNED, () -> notTheirs.requireProved(logs, witnesses));
        StringBuilder note = new StringBuilder(
                new String(cosigned(leaves.subList(0, 5), holder, witness).encoded(), StandardCharsets.UTF_8));
        int at = note.length() - 20;
        note.setCharAt(at, note.charAt(at) == 'A' ? 'B' : 'A');
        SignedNote spoiled = SignedNote.parse(note.toString().getBytes(StandardCharsets.UTF_8));
        Refused.with(Refusal.SIGNATURE_WRONG, () -> said.with(bare.seenBy(spoiled, grown(leaves)))
                .requireProved(logs, witnesses));
    }

    private static SignedNote cosigned(List<TreeHash> leaves, Network.Keys holder, NoteSigner witness) {
        GrowingTree tree = new GrowingTree();
        leaves.forEach(tree::add);
        NoteSigner log = holder.log();
        SignedNote note = log.sign(new Checkpoint(log.key().name(), tree.head(), List.of()));
        return Cosigner.of(log.key().name())
                .see(note, List.of(log.key()), Optional.empty(), witness, NOON)
                .cosigned();
    }

    private static ConsistencyProof grown(List<TreeHash> leaves) {
        return ConsistencyProof.make(
                (level, at) -> Subtrees.fold(leaves.subList((int) (at << level), (int) ((at + 1) << level))), 5, 9);
    }

    private LogProof proof(String record, Network.Keys signer) {
        return proof(record.getBytes(StandardCharsets.UTF_8), signer, 3);
    }

    private LogProof misplaced(String record) {
        return proof(record.getBytes(StandardCharsets.UTF_8), network.keys(KHEMED), 4);
    }

    /** A log of nine entries of which the fourth is the record; the proof is for the index. */
    private static LogProof proof(byte[] record, Network.Keys signer, int index) {
        return proof(leaves(record), ID, record, signer, index);
    }

    private static LogProof proof(List<TreeHash> leaves, byte[] id, byte[] record, Network.Keys signer, int index) {
        GrowingTree tree = new GrowingTree();
        leaves.forEach(tree::add);
        Subtrees subtrees =
                (level, at) -> Subtrees.fold(leaves.subList((int) (at << level), (int) ((at + 1) << level)));
        NoteSigner log = signer.log();
        SignedNote note = log.sign(new Checkpoint(log.key().name(), tree.head(), List.of()));
        return new LogProof(id, SALT, record, InclusionProof.make(subtrees, index, 9), note);
    }

    private static List<TreeHash> leaves(byte[] record) {
        List<TreeHash> leaves = new java.util.ArrayList<>();
        for (int i = 0; i < 9; i++) leaves.add(i == 3 ? leaf(ID, SALT, record) : TreeHash.leaf(new byte[] {(byte) i}));
        return leaves;
    }

    private static TreeHash leaf(byte[] id, byte[] salt, byte[] record) {
        MessageDigest digest = Hash.sha256();
        digest.update("sharaka audit entry 1\0".getBytes(StandardCharsets.US_ASCII));
        digest.update(salt);
        byte[] commitment = digest.digest(record);
        byte[] leaf = java.util.Arrays.copyOf(id, 48);
        System.arraycopy(commitment, 0, leaf, 16, 32);
        return TreeHash.leaf(leaf);
    }

    private SignedMessage order(org.sharaka.protocol.MemberId from, org.sharaka.protocol.MemberId to) {
        Content purge =
                new Order(Order.Kind.PURGE, original.reference(), "retention is over", Optional.empty()).toContent();
        return Letters.sign(
                network, Message.of(Letters.header(network, from, to, roster), Letters.handling(from), purge));
    }

    private Message passOn(SignedMessage ordered, Content content) {
        return new Message(
                Letters.header(network, KHEMED, BORDURIA, roster),
                ordered.message().handling(),
                Optional.empty(),
                content,
                List.of(),
                Optional.of(ordered.signed()));
    }

    @Test
    void theTableOfActsAndCodesIsKept() {
        assertThat(Act.PRINT.under(Set.of(HandlingCode.H0))).isEqualTo(Act.Rule.ALLOWED);
        assertThat(Act.COURT_BUNDLE.under(Set.of(HandlingCode.H0, HandlingCode.H1)))
                .isEqualTo(Act.Rule.ASK_ORIGINATOR);
        assertThat(Act.ONWARD_SHARE.under(Set.of(HandlingCode.H0, HandlingCode.H1)))
                .isEqualTo(Act.Rule.ALLOWED);
        assertThat(Act.ONWARD_SHARE.under(Set.of(HandlingCode.H2))).isEqualTo(Act.Rule.ASK_ORIGINATOR);
        assertThat(Act.VIEW.under(Set.of(HandlingCode.H2, HandlingCode.H3))).isEqualTo(Act.Rule.CONFIRM_REMARKS);
        for (Act act : List.of(Act.PRINT, Act.EXPORT, Act.COURT_BUNDLE, Act.ONWARD_SHARE))
            assertThat(act.under(HandlingCode.H3)).isEqualTo(Act.Rule.ASK_ORIGINATOR);
    }

    @Test
    void h3WithoutRemarksDoesNotExist() {
        Refused.with(
                Refusal.FIELD_WRONG,
                () -> new Handling(
                        SYLDAVIA,
                        "investigation",
                        "budapest-2001",
                        Optional.empty(),
                        Set.of(HandlingCode.H3),
                        Optional.empty(),
                        Set.of(),
                        NOON));
    }

    @Test
    void aContentOfAnUnknownFormatIsRefused() {
        Content later = new Content("order.answer", 2, JsonObject.of(Map.of("x", JsonValue.of(1))));

        Refused.with(Refusal.FORMAT_UNKNOWN, () -> OrderAnswer.parse(later));
    }
}
