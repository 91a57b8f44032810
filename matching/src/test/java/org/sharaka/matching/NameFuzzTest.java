package org.sharaka.matching;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Regression run over saved inputs in the normal build; {@code JAZZER_FUZZ=1 mvn test -Dtest=NameFuzzTest} searches for new ones. */
class NameFuzzTest {
    private static final NameComparator COMPARATOR = new NameComparator();

    @FuzzTest(maxDuration = "2m")
    void anyTwoTextsAreReadAndCompared(FuzzedDataProvider data) {
        Schema schema = data.pickValue(Schema.values());
        String first = data.consumeString(400);
        String second = data.consumeRemainingAsString();
        String normal = PreparedName.normalised(first);
        if (!PreparedName.normalised(normal).equals(normal)) throw new AssertionError("not idempotent: " + first);
        PreparedName one = PreparedName.of(schema, first);
        PreparedName other = PreparedName.of(schema, second);
        double score = COMPARATOR.score(one, other);
        if (!(score >= 0 && score <= 1)) throw new AssertionError("score " + score);
        if (score != COMPARATOR.score(other, one)) throw new AssertionError("not symmetric");
        COMPARATOR.compare(one, other);
    }
}
