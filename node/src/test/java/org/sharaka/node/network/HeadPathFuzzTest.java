package org.sharaka.node.network;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.sharaka.node.FuzzInputs;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.checkpoint.ShownHead;

/** Whatever a member writes behind the question mark is understood or refused. */
class HeadPathFuzzTest {
    @FuzzTest(maxDuration = "2m")
    void questions(byte[] bytes) {
        String query = new String(bytes, StandardCharsets.ISO_8859_1);
        try {
            if (HeadPath.sizes(query).size() > ShownHead.MAX_PROOFS) throw new AssertionError("too many");
            if (HeadPath.sizes(query).stream().anyMatch(size -> size < 1)) throw new AssertionError("no size");
        } catch (RefusedException e) {
            if (e.refusal().code().isEmpty()) throw new AssertionError("a refusal without a code", e);
        }
    }

    @Test
    void changedQuestionsAreUnderstoodOrRefused() {
        FuzzInputs.changed(HeadPathFuzzTest.class, "questions", this::questions);
    }
}
