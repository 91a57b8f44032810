package org.sharaka.protocol.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.protocol.Network.NOON;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.Refused;
import org.sharaka.protocol.checkpoint.Cosigner.Seen;
import org.sharaka.protocol.tree.ConsistencyProof;
import org.sharaka.protocol.tree.GrowingTree;
import org.sharaka.protocol.tree.Subtrees;
import org.sharaka.protocol.tree.TreeHash;
import org.sharaka.protocol.tree.TreeHead;

class CosignerTest {
    private static final String ORIGIN = "xs-ncb.example/audit";
    private final SecureRandom random = new SecureRandom();
    private final NoteSigner log = NoteSigner.of(NoteSigner.newSeed(random), ORIGIN, NoteKey.Type.ED25519);
    private final NoteSigner us =
            NoteSigner.of(NoteSigner.newSeed(random), "xb-ncb.example/cosigner", NoteKey.Type.COSIGNATURE);
    private final List<NoteKey> logKeys = List.of(log.key());

    @Test
    void aLogThatGrowsIsCosigned() {
        List<TreeHash> leaves = leaves("a", 5);
        Seen first = look(Cosigner.of(ORIGIN), head(leaves), Optional.empty());
        leaves.addAll(leaves("b", 8));

        Seen second = look(first.cosigner(), head(leaves), Optional.of(proof(leaves, 5)));

        assertThat(NoteSigner.cosignatures(second.cosigned(), List.of(us.key())))
                .singleElement()
                .isEqualTo(new NoteSigner.Cosignature(us.key(), NOON));
        assertThat(Checkpoint.verify(second.cosigned(), logKeys).head()).isEqualTo(head(leaves));
    }

    @Test
    void aLogThatWasRewrittenIsNamed() {
        List<TreeHash> leaves = leaves("a", 5);
        Seen first = look(Cosigner.of(ORIGIN), head(leaves), Optional.empty());
        List<TreeHash> rewritten = leaves("a", 5);
        rewritten.set(2, TreeHash.leaf(new byte[] {9}));
        rewritten.addAll(leaves("b", 3));

        Refused.with(
                Refusal.LOG_REWRITTEN, () -> look(first.cosigner(), head(rewritten), Optional.of(proof(rewritten, 5))));
        Refused.with(Refusal.LOG_REWRITTEN, () -> look(first.cosigner(), head(rewritten), Optional.empty()));
        Refused.with(
                Refusal.LOG_REWRITTEN, () -> look(first.cosigner(), head(rewritten.subList(0, 5)), Optional.empty()));
        Refused.with(
                Refusal.LOG_ROLLED_BACK, () -> look(first.cosigner(), head(leaves.subList(0, 4)), Optional.empty()));
    }

    @Test
    void aForkProvesItself() {
        SignedNote one = note(head(leaves("a", 4)));
        SignedNote other = note(head(leaves("b", 4)));

        assertThat(Cosigner.provesFork(one, other, logKeys)).isTrue();
        assertThat(Cosigner.provesFork(one, one, logKeys)).isFalse();
        assertThat(Cosigner.provesFork(one, note(head(leaves("a", 5))), logKeys))
                .isFalse();
    }

    @Test
    void aRestoredLogGoesOnFromTheHeadThatItsMemberDeclared() {
        List<TreeHash> leaves = leaves("a", 9);
        Seen before = look(Cosigner.of(ORIGIN), head(leaves), Optional.empty());
        List<TreeHash> restored = new ArrayList<>(leaves.subList(0, 6));
        TreeHead declared = head(restored);
        restored.addAll(leaves("after", 2));

        Refused.with(Refusal.LOG_ROLLED_BACK, () -> look(before.cosigner(), head(restored), Optional.empty()));
        Seen after = before.cosigner()
                .seeAfterRestore(declared, note(head(restored)), logKeys, Optional.of(proof(restored, 6)), us, NOON);
        restored.add(TreeHash.leaf(new byte[] {7}));

        assertThat(look(after.cosigner(), head(restored), Optional.of(proof(restored, 8)))
                        .cosigned())
                .isNotNull();
    }

    @Test
    void aCheckpointOfAnotherLogOrKeyIsRefused() {
        NoteSigner other = NoteSigner.of(NoteSigner.newSeed(random), ORIGIN, NoteKey.Type.ED25519);
        NoteSigner elsewhere = NoteSigner.of(NoteSigner.newSeed(random), "other.example/log", NoteKey.Type.ED25519);
        TreeHead head = head(leaves("a", 1));
        SignedNote strange = other.sign(new Checkpoint(ORIGIN, head, List.of()));
        SignedNote misplaced = elsewhere.sign(new Checkpoint("other.example/log", head, List.of()));

        Refused.with(Refusal.CHECKPOINT_NOT_SIGNED, () -> Checkpoint.verify(strange, logKeys));
        Refused.with(Refusal.CHECKPOINT_OF_ANOTHER_LOG, () -> Cosigner.of(ORIGIN)
                .see(misplaced, List.of(elsewhere.key()), Optional.empty(), us, NOON));
    }

    @Test
    void aShownHeadReadsAsItIsWrittenWithItsProofs() {
        List<TreeHash> leaves = leaves("a", 21);
        ShownHead shown = new ShownHead(
                note(head(leaves)),
                List.of(proof(leaves, 4), proof(leaves, 5), proof(leaves, 20)),
                Optional.of(new byte[] {7}));

        ShownHead read = ShownHead.parse(shown.encoded());

        assertThat(read.checkpoint().encoded()).isEqualTo(shown.checkpoint().encoded());
        assertThat(read.proofs()).isEqualTo(shown.proofs());
        assertThat(read.from(5).orElseThrow().proves(head(leaves.subList(0, 5)), head(leaves)))
                .isTrue();
        assertThat(read.from(6)).isEmpty();
        assertThat(read.epoch()).contains(new byte[] {7});
        ShownHead bare = new ShownHead(note(head(leaves)), List.of(), Optional.empty());
        assertThat(ShownHead.parse(bare.encoded()).encoded()).isEqualTo(bare.encoded());
    }

    @Test
    void whatOthersSawReadsAsItIsWritten() {
        SignedNote note = note(head(leaves("a", 3)));
        SeenHeads seen = new SeenHeads(Map.of(
                new MemberId("xs-ncb"),
                new SeenHeads.Head(1, note),
                new MemberId("xb-ncb"),
                new SeenHeads.Head(3, note)));
        String text = new String(seen.encoded(), StandardCharsets.UTF_8);

        assertThat(SeenHeads.parse(seen.encoded()).encoded()).isEqualTo(seen.encoded());
        Refused.with(
                Refusal.FIELD_WRONG,
                () -> SeenHeads.parse(text.replace("xs-ncb", "xa-ncb").getBytes(StandardCharsets.UTF_8)));
        Refused.with(
                Refusal.FIELD_WRONG,
                () -> SeenHeads.parse(text.replace("xs-ncb", "xb-ncb").getBytes(StandardCharsets.UTF_8)));
        Refused.with(
                Refusal.FIELD_WRONG,
                () -> SeenHeads.parse(text.replace("\"epoch\":3", "\"epoch\":0").getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void ofANoteOnlyTheSignaturesOfKnownKeysAreKept() {
        NoteSigner stranger =
                NoteSigner.of(NoteSigner.newSeed(random), "xx.example/cosigner", NoteKey.Type.COSIGNATURE);
        SignedNote note = us.cosign(stranger.cosign(note(head(leaves("a", 3))), NOON), NOON);

        SignedNote kept = note.by(List.of(us.key(), log.key()));

        assertThat(kept.signatures()).hasSize(2);
        assertThat(Checkpoint.verify(kept, logKeys).head()).isEqualTo(head(leaves("a", 3)));
        assertThat(NoteSigner.cosignatures(kept, List.of(us.key(), stranger.key())))
                .containsExactly(new NoteSigner.Cosignature(us.key(), NOON));
    }

    @Test
    void aNoteReadsAsItIsWritten() {
        SignedNote note = look(Cosigner.of(ORIGIN), head(leaves("a", 3)), Optional.empty())
                .cosigned();

        assertThat(SignedNote.parse(note.encoded()).encoded()).isEqualTo(note.encoded());
        assertThat(NoteKey.parse(us.key().toString())).isEqualTo(us.key());
    }

    /** The example of C2SP signed-note and tlog-cosignature reads; its keys are not published with it. */
    @Test
    void thePublishedExampleReads() {
        String published = """
                example.com/behind-the-sofa
                20852163
                CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

                \u2014 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
                \u2014 witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
                """;

        SignedNote note = SignedNote.parse(published.getBytes(StandardCharsets.UTF_8));

        assertThat(Checkpoint.parse(note.text()).head().size()).isEqualTo(20_852_163);
        assertThat(note.signatures()).hasSize(2);
    }

    @Test
    void notesThatAreNotNotesAreRefused() {
        String good = new String(note(head(leaves("a", 3))).encoded(), StandardCharsets.UTF_8);
        for (String bad : List.of(
                "",
                "\n",
                good.substring(0, good.length() - 1),
                good + "\n",
                good + "x\n",
                good.replace("\u2014 ", "- "),
                good.replace("\n\n", "\n"),
                good.replace(ORIGIN + " ", ORIGIN + "+ "),
                good.replace("=", ""),
                good.replace("audit\n3", "au\rdit\n3")))
            Refused.with(Refusal.NOTE_MALFORMED, () -> SignedNote.parse(bad.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void checkpointsThatAreNotCheckpointsAreRefused() {
        String root = head(leaves("a", 3)).root().toString();
        for (String bad : List.of(
                "o\n3\n",
                "o\n03\n" + root + "\n",
                "o\n-1\n" + root + "\n",
                "o\n3\nAAAA\n",
                "o\n99999999999999999999\n" + root + "\n",
                "o\n9223372036854775808\n" + root + "\n",
                "o o\n3\n" + root + "\n",
                "o\n3\n" + root + "\n\nx\n"))
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> Checkpoint.parse(bad)))
                    .as(bad)
                    .isInstanceOf(org.sharaka.protocol.RefusedException.class);
    }

    private Seen look(Cosigner cosigner, TreeHead head, Optional<ConsistencyProof> proof) {
        return cosigner.see(note(head), logKeys, proof, us, NOON);
    }

    private SignedNote note(TreeHead head) {
        return SignedNote.parse(
                log.sign(new Checkpoint(ORIGIN, head, List.of())).encoded());
    }

    private static List<TreeHash> leaves(String kind, int count) {
        List<TreeHash> leaves = new ArrayList<>();
        for (int i = 0; i < count; i++) leaves.add(TreeHash.leaf((kind + i).getBytes(StandardCharsets.UTF_8)));
        return leaves;
    }

    static TreeHead head(List<TreeHash> leaves) {
        GrowingTree tree = new GrowingTree();
        leaves.forEach(tree::add);
        return tree.head();
    }

    static Subtrees subtrees(List<TreeHash> leaves) {
        return (level, index) -> Subtrees.fold(leaves.subList((int) (index << level), (int) ((index + 1) << level)));
    }

    private static ConsistencyProof proof(List<TreeHash> leaves, long from) {
        return ConsistencyProof.make(subtrees(leaves), from, leaves.size());
    }
}
