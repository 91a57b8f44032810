package org.sharaka.node.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.sharaka.node.platform.ProblemException;

class WrittenTextTest {
    @Test
    void whatTheDatabaseCannotHoldBecomesAReplacementCharacter() {
        assertThat(WrittenText.repaired("a\0b")).isEqualTo("a\uFFFDb");
        assertThat(WrittenText.repaired("a\uD800b\uDC00")).isEqualTo("a\uFFFDb\uFFFD");
        assertThat(WrittenText.repaired("\uD800")).isEqualTo("\uFFFD");
    }

    @Test
    void allElseIsKeptAsEvidence() {
        String text = "<script>alert(1)</script>\u202Egnp.exe \uD83D\uDE00 تبليغ\r\n\t\u0007";

        assertThat(WrittenText.repaired(text)).isSameAs(text);
    }

    @Test
    void aFieldOfOneLineHoldsNoControl() {
        assertThat(WrittenText.line("locality", " Ra\r\nbat\0 ", 20)).contains("Ra bat\uFFFD".strip());
        assertThat(WrittenText.line("locality", " \n ", 20)).isEmpty();
    }

    @Test
    void aFieldThatIsTooLongIsRefusedByItsNameAlone() {
        assertThatThrownBy(() -> WrittenText.line("reporter.name", "Zineb Amrani".repeat(50), 200))
                .isInstanceOf(ProblemException.class)
                .hasMessage("reporter.name is longer than 200 characters");
    }

    @Test
    void languagesAreTags() {
        assertThat(WrittenText.language("language", "AR-ma")).contains("ar-MA");
        assertThatThrownBy(() -> WrittenText.language("language", "<b>")).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> WrittenText.language("language", "x".repeat(1000)))
                .isInstanceOf(ProblemException.class);
    }
}
