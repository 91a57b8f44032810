package org.sharaka.node.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TotpTest {
    /** RFC 6238 appendix B, SHA-1; its eight digits end in our six. */
    private static final Totp PUBLISHED = new Totp("12345678901234567890".getBytes(StandardCharsets.US_ASCII));

    @Test
    void publishedTimesGiveThePublishedCodes() {
        assertThat(PUBLISHED.codeAt(Instant.ofEpochSecond(59))).isEqualTo("287082");
        assertThat(PUBLISHED.codeAt(Instant.ofEpochSecond(1111111109))).isEqualTo("081804");
        assertThat(PUBLISHED.codeAt(Instant.ofEpochSecond(1111111111))).isEqualTo("050471");
        assertThat(PUBLISHED.codeAt(Instant.ofEpochSecond(1234567890))).isEqualTo("005924");
        assertThat(PUBLISHED.codeAt(Instant.ofEpochSecond(2000000000))).isEqualTo("279037");
        assertThat(PUBLISHED.codeAt(Instant.ofEpochSecond(20000000000L))).isEqualTo("353130");
    }

    @Test
    void aCodeIsAcceptedOneStepEitherWayAndNoFurther() {
        Instant now = Instant.ofEpochSecond(1_800_000_015);
        String code = PUBLISHED.codeAt(now);

        assertThat(PUBLISHED.accept(code, now.plusSeconds(30), 0)).isPresent();
        assertThat(PUBLISHED.accept(code, now.minusSeconds(30), 0)).isPresent();
        assertThat(PUBLISHED.accept(code, now.plusSeconds(60), 0)).isEmpty();
        assertThat(PUBLISHED.accept(code, now.minusSeconds(60), 0)).isEmpty();
    }

    @Test
    void aCodeOnceUsedAndAnyOlderOneIsRefused() {
        Instant now = Instant.ofEpochSecond(1_800_000_015);
        long used = PUBLISHED.accept(PUBLISHED.codeAt(now), now, 0).orElseThrow();

        assertThat(PUBLISHED.accept(PUBLISHED.codeAt(now), now, used)).isEmpty();
        assertThat(PUBLISHED.accept(PUBLISHED.codeAt(now.minusSeconds(30)), now, used))
                .isEmpty();
        assertThat(PUBLISHED.accept(PUBLISHED.codeAt(now.plusSeconds(30)), now, used))
                .isPresent();
    }

    @Test
    void whatIsNoCodeIsRefused() {
        for (String typed : new String[] {"", "28708", "2870822", "abcdef", "٢٨٧٠٨٢", "-87082"}) {
            assertThat(PUBLISHED.accept(typed, Instant.ofEpochSecond(59), 0))
                    .as(typed)
                    .isEmpty();
        }
    }

    @Test
    void aShortSecretIsRefused() {
        assertThatThrownBy(() -> new Totp(new byte[15])).isInstanceOf(IllegalArgumentException.class);
    }

    /** RFC 4648 section 10. */
    @Test
    void secretsAreWrittenAsAppsReadThem() {
        assertThat(Base32.encode("foobar".getBytes(StandardCharsets.US_ASCII))).isEqualTo("MZXW6YTBOI");
        assertThat(Base32.encode("fooba".getBytes(StandardCharsets.US_ASCII))).isEqualTo("MZXW6YTB");
        assertThat(Base32.decode("mzxw 6ytb-oi"))
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo("foobar");
        assertThatThrownBy(() -> Base32.decode("0189")).isInstanceOf(IllegalArgumentException.class);
    }
}
