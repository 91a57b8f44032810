package org.sharaka.node.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WebFormatsTest {
    private static final Instant LATE = Instant.parse("2026-11-23T23:30:00Z");

    @ParameterizedTest
    @EnumSource(WebLanguage.class)
    void digitsAreLatinInEveryLanguage(WebLanguage language) {
        WebFormats show = in(language);

        assertThat(show.number(1234567) + show.percent(0.25) + show.dateTime(LATE) + amount(show))
                .matches(text -> text.chars().noneMatch(c -> c >= 0x0660 && c <= 0x06F9), "no other digits")
                .matches(text -> text.chars().anyMatch(c -> c >= '0' && c <= '9'), "has digits");
    }

    @Test
    void aDayIsTheOfficersDayNotGreenwichs() {
        assertThat(in(WebLanguage.ENGLISH).date(LATE)).startsWith("24");
    }

    @Test
    void moneyCarriesItsCodeAndNoEmptyDecimals() {
        assertThat(amount(in(WebLanguage.ENGLISH)))
                .contains("MAD")
                .contains("12,500")
                .doesNotContain(".00");
    }

    @Test
    void countriesAreNamedInTheReadersLanguage() {
        assertThat(in(WebLanguage.ARABIC).country("MA")).isEqualTo("المغرب");
        assertThat(in(WebLanguage.FRENCH).country("MA")).isEqualTo("Maroc");
        assertThat(in(WebLanguage.FRENCH).country("<b>")).isEqualTo("<b>");
    }

    private static String amount(WebFormats show) {
        return show.money(new BigDecimal("12500.00"), Currency.getInstance("MAD"));
    }

    private static WebFormats in(WebLanguage language) {
        return new WebFormats(language, ZoneId.of("Africa/Casablanca"));
    }

    @Test
    void spansAreWrittenInTheirLargestWholeUnit() {
        WebFormats english = in(WebLanguage.ENGLISH);
        WebFormats arabic = in(WebLanguage.ARABIC);

        assertThat(english.span(Duration.ofSeconds(5))).isEqualTo("1 minute");
        assertThat(english.span(Duration.ofMinutes(-119))).isEqualTo("119 minutes");
        assertThat(english.span(Duration.ofHours(47))).isEqualTo("47 hours");
        assertThat(english.span(Duration.ofDays(3))).isEqualTo("3 days");
        assertThat(arabic.span(Duration.ofMinutes(4))).isEqualTo("4 دقائق");
        assertThat(arabic.span(Duration.ofMinutes(2))).isEqualTo("دقيقتان");
    }
}
