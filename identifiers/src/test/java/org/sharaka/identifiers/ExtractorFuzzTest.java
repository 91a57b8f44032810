package org.sharaka.identifiers;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Regression run over saved inputs in the normal build; {@code JAZZER_FUZZ=1 mvn test -Dtest=ExtractorFuzzTest} searches for new ones. */
class ExtractorFuzzTest {
    private static final Extractor EXTRACTOR =
            Extractor.create(ExtractorSettings.with(CardHash.hmacSha256(new byte[32])));
    private static final String[] REGIONS = {"MA", "FR", "ES", "GB", "US", "ZZ"};

    @FuzzTest(maxDuration = "2m")
    void anyTextIsReadAndWhatIsFoundReadsAsItself(FuzzedDataProvider data) {
        Region region = new Region(data.pickValue(REGIONS));
        IdentifierKind kind = data.pickValue(IdentifierKind.values());
        String text = data.consumeRemainingAsString();
        int end = 0;
        for (Mention mention : EXTRACTOR.extract(text, region)) {
            if (mention.start() < end || mention.end() > text.length()) throw new AssertionError("span out of bounds");
            end = mention.end();
            same(mention.identifier(), region);
        }
        EXTRACTOR.redactCards(text);
        Identifiers.parse(kind, text, region).asIdentifier().ifPresent(found -> same(found, region));
    }

    private static void same(Identifier found, Region region) {
        Identifier again = Identifiers.parse(found.kind(), found.canonical(), region)
                .asIdentifier()
                .orElseThrow(() -> new AssertionError("canonical form refused: " + found));
        if (!again.equals(found)) throw new AssertionError("canonical form moved: " + found + " to " + again);
        for (Identifier implied : Identifiers.expand(found)) {
            if (implied.equals(found)) throw new AssertionError("implies itself: " + found);
        }
    }
}
