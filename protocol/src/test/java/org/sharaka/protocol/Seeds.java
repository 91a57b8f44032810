package org.sharaka.protocol;

import java.util.Random;

/** Seeds of property tests: a failure names its seed, {@code -Dseed=} repeats it. */
public final class Seeds {
    private Seeds() {}

    public interface Property {
        void check(Random random);
    }

    public static void forEach(int count, Property property) {
        String given = System.getProperty("seed");
        long first = given == null ? 1 : Long.parseLong(given);
        for (long seed = first; seed < first + (given == null ? count : 1); seed++) {
            try {
                property.check(new Random(seed));
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("repeat with -Dseed=" + seed + ": " + e.getMessage(), e);
            }
        }
    }
}
