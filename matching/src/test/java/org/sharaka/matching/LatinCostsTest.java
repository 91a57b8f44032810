package org.sharaka.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LatinCostsTest {
    private static final int NO_LIMIT = 100_000;

    private final LatinCosts costs = VariantTable.bundled().latin();
    private final LatinCosts.Scratch scratch = new LatinCosts.Scratch();

    @Test
    void spellingsThatWereLearnedCostLessThanTheirLetters() {
        assertThat(cost("rashid", "rashid")).isZero();
        assertThat(cost("rashid", "rachid")).isLessThan(100);
        assertThat(cost("rashid", "rakhid")).isGreaterThanOrEqualTo(cost("rashid", "rachid"));
        assertThat(cost("amin", "amni")).isEqualTo(80);
        assertThat(cost("amin", "")).isEqualTo(400);
    }

    @Test
    void digitsAreAlikeToNothing() {
        assertThat(cost("a1", "a2")).isEqualTo(100);
        assertThat(cost("a1", "ai")).isEqualTo(100);
    }

    @Test
    void aLimitChangesNoCostBelowIt() {
        Seeds.forEach(20_000, random -> {
            byte[] a = word(random);
            byte[] b = random.nextInt(3) == 0 ? word(random) : slips(a, random);
            int whole = costs.of(a, b, NO_LIMIT, scratch);
            assertThat(costs.of(b, a, NO_LIMIT, scratch)).isEqualTo(whole);
            int limit = random.nextInt(1_000);
            int limited = costs.of(a, b, limit, scratch);
            if (whole <= limit) assertThat(limited).isEqualTo(whole);
            else assertThat(limited).isGreaterThan(limit);
        });
    }

    private int cost(String a, String b) {
        return costs.of(Token.name(a, Script.LATIN).latin, Token.name(b, Script.LATIN).latin, NO_LIMIT, scratch);
    }

    private static byte[] word(Random random) {
        byte[] word = new byte[1 + random.nextInt(Token.LETTERS_MAX)];
        for (int i = 0; i < word.length; i++) word[i] = (byte) random.nextInt(random.nextInt(8) == 0 ? 36 : 20);
        return word;
    }

    private static byte[] slips(byte[] word, Random random) {
        byte[] other = word.clone();
        for (int i = random.nextInt(3); i >= 0; i--) other[random.nextInt(other.length)] = (byte) random.nextInt(26);
        int from = random.nextInt(2);
        return java.util.Arrays.copyOfRange(other, Math.min(from, other.length - 1), other.length);
    }
}
