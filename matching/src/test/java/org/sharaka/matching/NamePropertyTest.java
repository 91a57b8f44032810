package org.sharaka.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NamePropertyTest {
    private static final String[] ALPHABETS = {
        "abcdefghijklmnopqrstuvwxyz",
        "ABCDEÉÜßØĐŁþæ",
        "ابتثجحخدذرزسشصضطظعغفقكلمنهويپچگیکةىأإآؤئ",
        "אבגדהוזחטיכלמנסעפצקרשתםןץףך",
        "абвгдежзийклмнопрстуфхцчшщъыьэюяёїєі",
        "αβγδεζηθικλμνξοπρστυφχψωάέήίό",
        "王李张高市早苗김이박タナカหนูणम",
        "0123456789 -.,'’\u0301\u0651\u200f\u202e\u0000/()&%"
    };

    private static final List<Schema> SCHEMAS = List.of(Schema.values());

    private final NameComparator comparator = new NameComparator();

    @Test
    void normalisingTwiceChangesNothing() {
        Seeds.forEach(3_000, random -> {
            String once = PreparedName.normalised(text(random));
            assertThat(PreparedName.normalised(once)).isEqualTo(once);
        });
    }

    @Test
    void comparingIsSymmetricAndStaysWithinBounds() {
        Seeds.forEach(3_000, random -> {
            Schema schema = SCHEMAS.get(random.nextInt(SCHEMAS.size()));
            String first = text(random);
            PreparedName one = PreparedName.of(schema, first);
            PreparedName other =
                    PreparedName.of(schema, random.nextBoolean() ? text(random) : disturbed(first, random));
            double score = comparator.score(one, other);
            assertThat(score).isBetween(0.0, 1.0);
            assertThat(comparator.score(other, one)).isEqualTo(score);
            assertThat(comparator.compare(one, other).score()).isEqualTo(score);
            assertThat(comparator.compare(other, one).turned().score()).isEqualTo(score);
        });
    }

    @Test
    void aNameIsItself() {
        Seeds.forEach(2_000, random -> {
            String name = text(random);
            for (Schema schema : Schema.values()) {
                PreparedName prepared = PreparedName.of(schema, name);
                double score = comparator.score(prepared, PreparedName.of(schema, name));
                assertThat(score).as(name).isEqualTo(prepared.problem().isPresent() && score == 0 ? 0 : 1);
            }
        });
    }

    @Test
    void theOrderOfPlainWordsDoesNotMatter() {
        Seeds.forEach(2_000, random -> {
            List<String> words = new ArrayList<>();
            for (int i = 0; i < 2 + random.nextInt(3); i++)
                words.add("zq" + word(random, ALPHABETS[0], 4 + random.nextInt(5)));
            String name = String.join(" ", words);
            Collections.shuffle(words, random);
            PreparedName one = PreparedName.of(Schema.PERSON, name);
            PreparedName other = PreparedName.of(Schema.PERSON, String.join(" ", words));
            assertThat(comparator.score(one, other)).isCloseTo(1, within(1e-9));
        });
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 1 + random.nextInt(5); i++) {
            if (i > 0) text.append(' ');
            text.append(word(random, ALPHABETS[random.nextInt(ALPHABETS.length)], 1 + random.nextInt(9)));
        }
        return text.toString();
    }

    private static String word(Random random, String alphabet, int length) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < length; i++) word.append(alphabet.charAt(random.nextInt(alphabet.length())));
        return word.toString();
    }

    private static String disturbed(String text, Random random) {
        StringBuilder out = new StringBuilder(text);
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            int at = random.nextInt(out.length() + 1);
            if (random.nextBoolean() || out.length() < 2) out.insert(at, (char) ('a' + random.nextInt(26)));
            else out.deleteCharAt(Math.min(at, out.length() - 1));
        }
        return out.toString();
    }
}
