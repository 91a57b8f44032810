package org.sharaka.protocol.message;

import static org.sharaka.protocol.Network.KHEMED;
import static org.sharaka.protocol.Network.NOON;
import static org.sharaka.protocol.Network.SYLDAVIA;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.Time;
import org.sharaka.protocol.checkpoint.Checkpoint;
import org.sharaka.protocol.checkpoint.NoteSigner;
import org.sharaka.protocol.checkpoint.ShownHead;
import org.sharaka.protocol.checkpoint.SignedNote;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.tree.ConsistencyProof;
import org.sharaka.protocol.tree.GrowingTree;
import org.sharaka.protocol.tree.Subtrees;
import org.sharaka.protocol.tree.TreeHash;
import org.sharaka.protocol.tree.TreeHead;

/** The vectors of heads that a member shows to one that saw an earlier one of its log. */
final class Heads extends Cases {
    private static final int SEEN = 4;

    private final NoteSigner log = network.keys(SYLDAVIA).log();

    byte[] file() {
        List<TreeHash> leaves = leaves(0, 9);
        SignedNote now = note(log, leaves);
        accepted("grown, with the proof", shown(now, proof(leaves, SEEN)));
        accepted(
                "with proofs from other sizes too",
                shown(now, proof(leaves, 1), proof(leaves, SEEN), proof(leaves, 8)));
        accepted("the same again", shown(note(log, leaves.subList(0, SEEN))));
        accepted(
                "cosigned before", shown(cosigned(now, log, network.keys(KHEMED).cosigner()), proof(leaves, SEEN)));
        refused("shorter than it was", shown(note(log, leaves.subList(0, 2))), Refusal.LOG_ROLLED_BACK);
        refused("another of the same size", shown(note(log, leaves(9, SEEN))), Refusal.LOG_REWRITTEN);
        refused("without the proof", shown(now, proof(leaves, 8)), Refusal.LOG_REWRITTEN);
        List<TreeHash> other = leaves(9, 9);
        refused("grown from another past", shown(note(log, other), proof(other, SEEN)), Refusal.LOG_REWRITTEN);
        NoteSigner stranger = NoteSigner.of(
                NoteSigner.newSeed(network.random), log.key().name(), log.key().type());
        refused(
                "signed by another key of that name",
                shown(note(stranger, leaves), proof(leaves, SEEN)),
                Refusal.CHECKPOINT_NOT_SIGNED);
        refused("proofs out of order", shown(now, proof(leaves, 8), proof(leaves, SEEN)), Refusal.FIELD_WRONG);
        return pretty(JsonBuilder.object()
                .with("about", "What xs-ncb shows of its log to a member that saw the head `seen`.")
                .with("now", Time.format(NOON))
                .with("logKey", log.key().toString())
                .with("seen", note(log, leaves.subList(0, SEEN)).encoded()));
    }

    private static List<TreeHash> leaves(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> TreeHash.leaf(new byte[] {(byte) i}))
                .toList();
    }

    private static SignedNote note(NoteSigner signer, List<TreeHash> leaves) {
        GrowingTree tree = new GrowingTree();
        leaves.forEach(tree::add);
        TreeHead head = tree.head();
        return signer.sign(new Checkpoint(signer.key().name(), head, List.of()));
    }

    private static ConsistencyProof proof(List<TreeHash> leaves, long from) {
        Subtrees subtrees =
                (level, at) -> Subtrees.fold(leaves.subList((int) (at << level), (int) ((at + 1) << level)));
        return ConsistencyProof.make(subtrees, from, leaves.size());
    }

    private static byte[] shown(SignedNote note, ConsistencyProof... proofs) {
        return new ShownHead(note, List.of(proofs), Optional.empty()).encoded();
    }
}
