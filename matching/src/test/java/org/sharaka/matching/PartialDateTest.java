package org.sharaka.matching;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sharaka.matching.PartialDate.Likeness;

class PartialDateTest {
    private static PartialDate date(String text) {
        return PartialDate.parse(text).orElseThrow();
    }

    private static Likeness compare(String one, String other) {
        Likeness likeness = date(one).compare(date(other));
        assertThat(date(other).compare(date(one))).isEqualTo(likeness);
        return likeness;
    }

    @Test
    void datesAreReadInTheFormsOfLists() {
        assertThat(date("1960-12-30"))
                .isEqualTo(date("30 Dec 1960"))
                .isEqualTo(date("30/12/1960"))
                .isEqualTo(date("19601230"));
        assertThat(date("Dec 1960")).isEqualTo(date("1960-12"));
        assertThat(date("circa 1960")).hasToString("circa 1960");
        assertThat(date("1958 to 1963")).hasToString("1958 to 1963");
    }

    @Test
    void whatDoesNotExistIsLeftOutAndNoYearIsNoDate() {
        assertThat(date("1974-01-32")).hasToString("1974-01");
        assertThat(date("1961-02-30")).hasToString("1961-02");
        assertThat(date("1948-13-16")).hasToString("1948");
        assertThat(date("1948-13-05")).hasToString("1948-05-13");
        assertThat(PartialDate.parse("")).isEmpty();
        assertThat(PartialDate.parse("unknown")).isEmpty();
        assertThat(PartialDate.parse("0000-00-00")).isEmpty();
        assertThat(PartialDate.parse("9".repeat(5_000))).isEmpty();
    }

    @Test
    void aYearAgreesWithEveryDayInIt() {
        assertThat(compare("1960", "1960-12-30")).isEqualTo(Likeness.SAME);
        assertThat(compare("1958 to 1963", "1960-12-30")).isEqualTo(Likeness.SAME);
        assertThat(compare("circa 1959", "1960-12-30")).isEqualTo(Likeness.SAME);
    }

    @Test
    void dayAndMonthMayHaveChangedPlaces() {
        assertThat(compare("1961-06-04", "1961-04-06")).isEqualTo(Likeness.TURNED);
    }

    @Test
    void oneSlipIsCloseAndManyYearsAContradiction() {
        assertThat(compare("1961-06-04", "1961-06-05")).isEqualTo(Likeness.CLOSE);
        assertThat(compare("1961-06-04", "1962-06-04")).isEqualTo(Likeness.CLOSE);
        assertThat(compare("1961-06-04", "1961-09-19")).isEqualTo(Likeness.APART);
        assertThat(compare("1961", "1966")).isEqualTo(Likeness.FAR);
        assertThat(compare("1961-06-04", "1991-06-04")).isEqualTo(Likeness.VERY_FAR);
        assertThat(compare("1961-06-04", "1985-01-17")).isEqualTo(Likeness.CONTRADICTED);
    }
}
