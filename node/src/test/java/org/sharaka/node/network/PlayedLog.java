package org.sharaka.node.network;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sharaka.protocol.checkpoint.Checkpoint;
import org.sharaka.protocol.checkpoint.NoteSigner;
import org.sharaka.protocol.checkpoint.ShownHead;
import org.sharaka.protocol.checkpoint.SignedNote;
import org.sharaka.protocol.tree.ConsistencyProof;
import org.sharaka.protocol.tree.Subtrees;
import org.sharaka.protocol.tree.TreeHash;
import org.sharaka.protocol.tree.TreeHead;

/** A log that a test plays, honest or not: each letter of a text is an entry. */
record PlayedLog(String entries, NoteSigner signer) implements Subtrees {
    @Override
    public TreeHash perfect(int level, long index) {
        List<TreeHash> leaves = new ArrayList<>();
        for (long i = index << level; i < (index + 1) << level; i++)
            leaves.add(TreeHash.leaf(entries.substring((int) i, (int) i + 1).getBytes(StandardCharsets.UTF_8)));
        return Subtrees.fold(leaves);
    }

    TreeHead head() {
        return new TreeHead(entries.length(), root(0, entries.length()));
    }

    SignedNote note() {
        return signer.sign(new Checkpoint(signer.key().name(), head(), List.of()));
    }

    /** What its member shows when it is asked, with a proof from each of these sizes. */
    ShownHead shown(long... from) {
        return shown(Optional.empty(), from);
    }

    ShownHead shown(Optional<byte[]> epoch, long... from) {
        return new ShownHead(
                note(),
                Arrays.stream(from)
                        .mapToObj(size -> ConsistencyProof.make(this, size, entries.length()))
                        .toList(),
                epoch);
    }
}
