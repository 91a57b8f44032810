package org.sharaka.node.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReferencePropertyTest {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final SecureRandom secure = new SecureRandom();

    @Test
    void everyReferenceIsReadBackHoweverItIsTyped() {
        for (int i = 0; i < 10_000; i++) {
            Reference reference = Reference.random(secure);
            String typed = reference.grouped().replace('0', random.nextBoolean() ? 'o' : '0');
            typed = typed.replace('1', random.nextBoolean() ? 'l' : 'I');
            typed = random.nextBoolean() ? typed.toLowerCase(Locale.ROOT) : typed.replace('-', ' ');

            assertThat(Reference.parse(typed)).as("seed %d, %s", seed, typed).contains(reference);
        }
    }

    @Test
    void oneWrongSymbolIsAlwaysNoticed() {
        for (int i = 0; i < 10_000; i++) {
            var symbols = new StringBuilder(Reference.random(secure).symbols());
            int place = random.nextInt(symbols.length());
            char other = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
            if (other == symbols.charAt(place)) continue;
            symbols.setCharAt(place, other);

            assertThat(Reference.parse(symbols.toString()))
                    .as("seed %d, %s", seed, symbols)
                    .isEmpty();
        }
    }

    @Test
    void twoExchangedSymbolsAreAlwaysNoticed() {
        for (int i = 0; i < 10_000; i++) {
            var symbols = new StringBuilder(Reference.random(secure).symbols());
            int one = random.nextInt(symbols.length());
            int two = random.nextInt(symbols.length());
            char kept = symbols.charAt(one);
            if (kept == symbols.charAt(two)) continue;
            symbols.setCharAt(one, symbols.charAt(two));
            symbols.setCharAt(two, kept);

            assertThat(Reference.parse(symbols.toString()))
                    .as("seed %d, %s", seed, symbols)
                    .isEmpty();
        }
    }

    @Test
    void whatIsTypedAtRandomIsHardlyEverOne() {
        int taken = 0;
        for (int i = 0; i < 100_000; i++) {
            var symbols = new StringBuilder();
            for (int j = 0; j < Reference.LENGTH; j++) symbols.append(ALPHABET.charAt(random.nextInt(32)));
            if (Reference.parse(symbols.toString()).isPresent()) taken++;
        }

        assertThat(taken).as("seed %d: one in 32 expected", seed).isBetween(2_700, 3_600);
    }

    @Test
    void noneComesTwice() {
        Set<Reference> seen = new HashSet<>();
        for (int i = 0; i < 100_000; i++)
            assertThat(seen.add(Reference.random(secure))).isTrue();
    }

    @Test
    void otherTextIsNoReference() {
        for (String text : new String[] {"", "-", "7KQ2", "U".repeat(20), "é".repeat(20), "0".repeat(10_000), "\0"}) {
            assertThat(Reference.parse(text)).as(text).isEmpty();
        }
    }
}
