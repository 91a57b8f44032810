package org.sharaka.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PairSortTest {
    private record Pair(long key, int value) {}

    @Test
    void sortsHashes() {
        Seeds.forEach(30, random -> check(random, 20_000, Long.MAX_VALUE));
    }

    @Test
    void sortsFewKeysWithManyValues() {
        Seeds.forEach(30, random -> check(random, 5_000, 3));
        Seeds.forEach(200, random -> check(random, 200, 40));
    }

    private static void check(Random random, int most, long kinds) {
        int size = random.nextInt(most);
        long[] keys = new long[size + 1];
        int[] values = new int[size + 1];
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            keys[i] = kinds == Long.MAX_VALUE ? random.nextLong() : random.nextLong() % kinds;
            values[i] = random.nextInt(1_000);
            pairs.add(new Pair(keys[i], values[i]));
        }
        pairs.sort(Comparator.comparingLong(Pair::key).thenComparingInt(Pair::value));

        PairSort.sort(keys, values, size);

        for (int i = 0; i < size; i++) assertThat(new Pair(keys[i], values[i])).isEqualTo(pairs.get(i));
        assertThat(keys[size]).isZero();
    }
}
