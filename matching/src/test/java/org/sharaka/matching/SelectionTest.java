package org.sharaka.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SelectionTest {
    @Test
    void findsWhatSortingWouldPutThere() {
        Seeds.forEach(2_000, random -> {
            float[] numbers = new float[1 + random.nextInt(200)];
            for (int j = 0; j < numbers.length; j++) numbers[j] = random.nextInt(1 + random.nextInt(50));
            float[] sorted = numbers.clone();
            Arrays.sort(sorted);
            int at = random.nextInt(numbers.length);

            assertThat(Selection.smallest(numbers, at)).isEqualTo(sorted[at]);
        });
    }
}
