package org.sharaka.node.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sharaka.identifiers.IdentifierKind;

class TypedTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1500;1500",
                "1.500,50;1500.50",
                "1,500.50;1500.50",
                "1 500;1500",
                "١٥٠٠;1500",
                "1.500;1500",
                "0,500;0.500",
                "12,5;12.5",
                "1.234.567;1234567",
                "٣٬٠٠٠٫٥;3000.5",
                "2'500.00;2500.00"
            })
    void amountsAreReadAsPeopleWriteThem(String typed, String amount) {
        assertThat(AmountText.read(typed).orElseThrow()).isEqualByComparingTo(amount);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-5", "much", "1e9", ",", "12345678901234567890", "1.23456"})
    void whatIsNoAmountIsNone(String typed) {
        assertThat(AmountText.read(typed)).isEmpty();
    }

    @Test
    void daysAndTimesAreReadInAnyDigitsAndOrder() {
        LocalDate day = LocalDate.of(2026, 3, 4);
        assertThat(DateText.day("2026-03-04")).contains(day);
        assertThat(DateText.day("4/3/2026")).contains(day);
        assertThat(DateText.day("٠٤/٠٣/٢٠٢٦")).contains(day);
        assertThat(DateText.day("31/02/2026")).isEmpty();
        assertThat(DateText.day("yesterday")).isEmpty();
        assertThat(DateText.time("14:30")).contains(LocalTime.of(14, 30));
        assertThat(DateText.time("9h")).contains(LocalTime.of(9, 0));
        assertThat(DateText.time("25:00")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "MA64 0115 1900 0001 2050 0053 4921, IBAN",
        "0x52908400098527886E0F7030069857D2E4169EE7, ETH",
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4, BTC",
        "007 810 0000123456789012 34, RIB_MA",
    })
    void accountsAreGuessedByTheirLook(String typed, IdentifierKind kind) {
        assertThat(AccountText.kindOf(typed)).contains(kind);
    }

    @Test
    void aTelephoneWalletIsNoAccountThatWeKnow() {
        assertThat(AccountText.kindOf("0612345678")).isEmpty();
    }
}
