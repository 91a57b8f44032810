package org.sharaka.exercise;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Repeatable chance: the same seed and label give the same draws on every JDK. Not for secrets. */
final class Chance {
    private final long seed;
    private final SplittableRandom random;

    private Chance(long seed) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
    }

    static Chance ofSeed(long seed) {
        return new Chance(seed);
    }

    /** Chance of its own for one part, so that more draws in one part do not shift the others. */
    Chance fork(String label) {
        long mixed = seed * 0x9E3779B97F4A7C15L;
        for (byte b : label.getBytes(StandardCharsets.UTF_8)) mixed = (mixed ^ b) * 0x100000001B3L;
        return new Chance(mixed ^ (mixed >>> 29));
    }

    /** From 0 to bound - 1. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** Both ends included. */
    int between(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }

    /** From 0 to 1. */
    double share() {
        return random.nextDouble();
    }

    boolean odds(double probability) {
        return random.nextDouble() < probability;
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    @SafeVarargs
    final <T> T one(T... of) {
        return of[random.nextInt(of.length)];
    }

    byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    String digits(int length) {
        return letters("0123456789", length);
    }

    String letters(String alphabet, int length) {
        StringBuilder out = new StringBuilder(length);
        for (int i = 0; i < length; i++) out.append(alphabet.charAt(random.nextInt(alphabet.length())));
        return out.toString();
    }

    <T> List<T> shuffled(List<T> of) {
        List<T> out = new ArrayList<>(of);
        for (int i = out.size() - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            T moved = out.get(i);
            out.set(i, out.get(j));
            out.set(j, moved);
        }
        return out;
    }
}
