package org.sharaka.protocol.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TreePropertyTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(SEED);

    @Test
    void aTreeThatGrowsHasTheRootThatTheDefinitionGives() {
        GrowingTree tree = new GrowingTree();
        List<TreeHash> leaves = new ArrayList<>();
        for (int size = 1; size <= 300; size++) {
            TreeHash leaf = aLeaf();
            leaves.add(leaf);
            tree.add(leaf);

            assertThat(tree.head()).as("size %d, -Dseed=%d", size, SEED).isEqualTo(head(leaves));
        }
    }

    @Test
    void everyEntryIsProvedToStandAtItsIndexAndNowhereElse() {
        for (int size = 1; size <= 70; size++) {
            List<TreeHash> leaves = leaves(size);
            TreeHead head = head(leaves);
            for (int index = 0; index < size; index++) {
                InclusionProof proof = InclusionProof.make(subtrees(leaves), index, size);

                assertThat(proof.proves(leaves.get(index), head))
                        .as("%d of %d, -Dseed=%d", index, size, SEED)
                        .isTrue();
                assertThat(proof.proves(aLeaf(), head)).isFalse();
                assertThat(new InclusionProof((index + 1) % size, size, proof.path()).proves(leaves.get(index), head))
                        .isEqualTo(size == 1);
            }
        }
    }

    @Test
    void everyLargerTreeIsProvedToBeginWithTheSmallerOne() {
        for (int to = 1; to <= 70; to++) {
            List<TreeHash> leaves = leaves(to);
            for (int from = 1; from <= to; from++) {
                ConsistencyProof proof = ConsistencyProof.make(subtrees(leaves), from, to);

                assertThat(proof.proves(head(leaves.subList(0, from)), head(leaves)))
                        .as("%d to %d, -Dseed=%d", from, to, SEED)
                        .isTrue();
            }
        }
    }

    @Test
    void noProofJoinsATreeWhoseOldEntriesWereSwapped() {
        for (int round = 0; round < 200; round++) {
            int from = 2 + random.nextInt(60);
            int to = from + random.nextInt(60);
            List<TreeHash> leaves = leaves(to);
            TreeHead before = head(leaves.subList(0, from));
            int one = random.nextInt(from);
            Collections.swap(leaves, one, (one + 1 + random.nextInt(from - 1)) % from);

            ConsistencyProof proof = ConsistencyProof.make(subtrees(leaves), from, to);

            assertThat(proof.proves(before, head(leaves))).as("-Dseed=%d", SEED).isFalse();
        }
    }

    @Test
    void theTreeGoesOnFromItsPeaksAsIfItHadNeverStopped() {
        for (int size = 0; size < 130; size++) {
            List<TreeHash> leaves = leaves(size + 20);
            GrowingTree resumed =
                    new GrowingTree((level, index, root) -> {}, size, Subtrees.peaks(subtrees(leaves), size));
            leaves.subList(size, leaves.size()).forEach(resumed::add);

            assertThat(resumed.head()).as("size %d, -Dseed=%d", size, SEED).isEqualTo(head(leaves));
        }
    }

    @Test
    void theTreeOfNoEntriesIsTheHashOfNothing() {
        assertThat(new GrowingTree().head().root()).hasToString("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }

    @Test
    void aHeadIsReadAsItIsWritten() {
        TreeHead head = head(leaves(12));

        assertThat(TreeHead.parse(head.toString())).isEqualTo(head);
    }

    /** RFC 9162 section 2.1.1, word for word. */
    private static TreeHead head(List<TreeHash> leaves) {
        return new TreeHead(leaves.size(), root(leaves));
    }

    private static TreeHash root(List<TreeHash> leaves) {
        if (leaves.size() == 1) return leaves.get(0);
        int k = Integer.highestOneBit(leaves.size() - 1);
        return TreeHash.node(root(leaves.subList(0, k)), root(leaves.subList(k, leaves.size())));
    }

    private static Subtrees subtrees(List<TreeHash> leaves) {
        return (level, index) -> root(leaves.subList((int) (index << level), (int) ((index + 1) << level)));
    }

    private List<TreeHash> leaves(int count) {
        List<TreeHash> leaves = new ArrayList<>();
        for (int i = 0; i < count; i++) leaves.add(aLeaf());
        return leaves;
    }

    private TreeHash aLeaf() {
        return TreeHash.leaf(Long.toString(random.nextLong()).getBytes(StandardCharsets.UTF_8));
    }
}
