package org.sharaka.node.exchange;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.sharaka.node.FuzzInputs;
import org.sharaka.protocol.RefusedException;

/** Whatever a member writes behind the question mark is understood or refused. */
class EpochPathFuzzTest {
    @FuzzTest(maxDuration = "2m")
    void questions(byte[] bytes) {
        String query = new String(bytes, StandardCharsets.ISO_8859_1);
        try {
            String asked = EpochPath.asked(query).value();
            if (!query.equals(EpochPath.MEMBER + asked)) throw new AssertionError("read as something else");
        } catch (RefusedException e) {
            if (e.refusal().code().isEmpty()) throw new AssertionError("a refusal without a code", e);
        }
    }

    @Test
    void changedQuestionsAreUnderstoodOrRefused() {
        FuzzInputs.changed(EpochPathFuzzTest.class, "questions", this::questions);
    }
}
