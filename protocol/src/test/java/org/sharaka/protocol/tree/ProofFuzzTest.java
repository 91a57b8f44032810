package org.sharaka.protocol.tree;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sharaka.protocol.Fuzzed;

/** Proofs with any numbers and any hashes prove something or nothing, and are never an error. */
class ProofFuzzTest extends Fuzzed {
    private static final int NUMBERS = 3 * Long.BYTES;

    @FuzzTest(maxDuration = "2m")
    void proofs(byte[] bytes) {
        if (bytes.length < NUMBERS) return;
        ByteBuffer numbers = ByteBuffer.wrap(bytes);
        long one = numbers.getLong();
        long other = numbers.getLong();
        long size = numbers.getLong() & Long.MAX_VALUE;
        List<TreeHash> path = new ArrayList<>();
        for (int at = NUMBERS; at + TreeHash.SIZE_BYTES <= bytes.length; at += TreeHash.SIZE_BYTES)
            path.add(TreeHash.of(Arrays.copyOfRange(bytes, at, at + TreeHash.SIZE_BYTES)));
        TreeHash root = path.isEmpty() ? TreeHash.EMPTY : path.get(0);
        TreeHead head = new TreeHead(size, root);
        boolean stands = new InclusionProof(one, other, path).proves(root, head);
        if (stands && (one < 0 || one >= size || other != size)) throw new AssertionError("a leaf beyond the tree");
        boolean grew = new ConsistencyProof(one, other, path).proves(new TreeHead(one & Long.MAX_VALUE, root), head);
        if (grew && (one < 1 || one > size || other != size)) throw new AssertionError("a tree out of a larger one");
    }
}
