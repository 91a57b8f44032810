package org.sharaka.node.screening.hit;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaperCodeTest {
    @Test
    void whatIsPrintedIsReadHoweverItIsTyped() {
        PaperCode code = PaperCode.fresh(new SecureRandom());
        String printed = code.grouped();

        assertThat(printed).matches("NP(-[0-9A-HJKMNP-TV-Z]{4}){4}");
        for (String typed : List.of(
                printed,
                printed.toLowerCase(java.util.Locale.ROOT),
                printed.replace("-", ""),
                " " + printed.replace('-', ' ') + "\u200f"))
            assertThat(PaperCode.parse(typed)).as(typed).contains(code);
    }

    @Test
    void lettersThatLookLikeDigitsAreTakenForThem() {
        assertThat(PaperCode.parse("NP-OOOO-1234-IIII-LLLL")).contains(new PaperCode("0000123411111111"));
    }

    @Test
    void whatIsNoCodeIsNone() {
        for (String typed :
                List.of("", "NP", "Napoleon Bonapartenson", "NP-1234", "NP-UUUU-1234-1234-1234", "x".repeat(10_000)))
            assertThat(PaperCode.parse(typed)).as(typed).isEmpty();
    }
}
