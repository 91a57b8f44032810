package org.sharaka.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class BadInputTest {
    private static PreparedName person(String name) {
        return PreparedName.of(Schema.PERSON, name);
    }

    @Test
    void nothingIsEmptyAndSignsHaveNoLetters() {
        assertThat(person("").problem()).contains(NameProblem.EMPTY);
        assertThat(person(" \t\n").problem()).contains(NameProblem.EMPTY);
        assertThat(person("… --- !!! ()").problem()).contains(NameProblem.NO_LETTERS);
        assertThat(new NameComparator().score(person(""), person(""))).isZero();
    }

    @Test
    void oneLetterIsTooLittle() {
        assertThat(person("a").problem()).contains(NameProblem.ONE_LETTER);
        assertThat(person("م").problem()).contains(NameProblem.ONE_LETTER);
        assertThat(person("王").problem()).isEmpty();
    }

    @Test
    void tenThousandLettersAreCutAndSaidToBe() {
        Assertions.assertTimeout(Duration.ofSeconds(1), () -> {
            PreparedName name = person("abcde ".repeat(2_000));
            assertThat(name.problem()).contains(NameProblem.TOO_LONG);
            assertThat(new NameComparator().score(name, name)).isEqualTo(1);
        });
    }

    @Test
    void invisibleCharactersAndTurnedDirectionsChangeNothing() {
        assertThat(PreparedName.normalised("Yas\u200bmine\u0000 \u202eTazer\u00adwalti\u202c"))
                .isEqualTo("yasmine tazerwalti");
    }

    @Test
    void towersOfMarksFallDown() {
        Assertions.assertTimeout(Duration.ofSeconds(1), () -> {
            assertThat(PreparedName.normalised("Y" + "\u0301".repeat(200) + "asmine"))
                    .isEqualTo("yasmine");
            assertThat(person("ก" + "\u0e31".repeat(9_000)).problem()).contains(NameProblem.TOO_LONG);
        });
    }

    @Test
    void mixedScriptsAreSplitWhereTheScriptChanges() {
        assertThat(PreparedName.normalised("Yasmineياسمين")).isEqualTo("yasmine ياسمين");
    }

    @Test
    void loneSurrogatesDoNoHarm() {
        assertThat(PreparedName.normalised("Yas\ud800mine")).contains("yas");
        assertThat(new NameComparator().score(person("\udc00\ud800"), person("\ud800")))
                .isBetween(0.0, 1.0);
    }
}
