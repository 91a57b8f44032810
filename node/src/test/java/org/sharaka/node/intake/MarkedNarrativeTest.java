package org.sharaka.node.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sharaka.identifiers.Identifier;
import org.sharaka.identifiers.IdentifierKind;
import org.sharaka.identifiers.Mention;

class MarkedNarrativeTest {
    private static final Identifier HOST = new Identifier(IdentifierKind.HOST, "a.example", "a[.]example");

    @Test
    void identifiersOfTheReportAreMarkedWhereTheyStand() {
        String text = "see a.example now";

        assertThat(MarkedNarrative.pieces(text, List.of(new Mention(HOST, 4, 13)), List.of(held(false))))
                .containsExactly(
                        new MarkedNarrative.Piece("see ", MarkedNarrative.Mark.TEXT),
                        new MarkedNarrative.Piece("a.example", MarkedNarrative.Mark.IDENTIFIER),
                        new MarkedNarrative.Piece(" now", MarkedNarrative.Mark.TEXT));
    }

    @Test
    void withdrawnOnesAreMarkedAsSuchAndOthersNotAtAll() {
        List<Mention> mentions = List.of(new Mention(HOST, 0, 9));

        assertThat(MarkedNarrative.pieces("a.example", mentions, List.of(held(true))))
                .containsExactly(new MarkedNarrative.Piece("a.example", MarkedNarrative.Mark.WITHDRAWN));
        assertThat(MarkedNarrative.pieces("a.example", mentions, List.of()))
                .containsExactly(new MarkedNarrative.Piece("a.example", MarkedNarrative.Mark.TEXT));
    }

    @Test
    void whatWouldActOnTheScreenStandsOnIt() {
        assertThat(MarkedNarrative.visible("pay\u202Egpj.exe\u2066x\0\u0007"))
                .isEqualTo("pay[U+202E]gpj.exe[U+2066]x␀␇");
        assertThat(MarkedNarrative.visible("نص\u200F\nسطر")).isEqualTo("نص\u200F\nسطر");
    }

    private static ReportedIdentifier held(boolean withdrawn) {
        return new ReportedIdentifier(0, HOST, ReportedIdentifier.Origin.FOUND, withdrawn);
    }
}
