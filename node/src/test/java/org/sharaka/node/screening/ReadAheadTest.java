package org.sharaka.node.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ReadAheadTest {
    private static <T> List<T> collected(Iterable<T> given) {
        List<T> all = new ArrayList<>();
        given.forEach(all::add);
        return all;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 999, 1_000, 1_001, 4_000, 25_000})
    void whatIsReadArrivesWholeAndInItsOrder(int count) {
        List<Integer> all = IntStream.range(0, count).boxed().toList();

        List<Integer> arrived = ReadAhead.through(all.stream(), ReadAheadTest::collected);

        assertThat(arrived).isEqualTo(all);
    }

    @Test
    void aFailureOfTheReaderIsTheCallersAndNobodyWaits() {
        Stream<Integer> broken = IntStream.range(0, 5_000).boxed().peek(each -> {
            if (each == 4_500) throw new IllegalArgumentException("the database went away");
        });

        assertThatThrownBy(() -> ReadAhead.through(broken, ReadAheadTest::collected))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFailureOfTheUserEndsTheReading() {
        Stream<Integer> endless = Stream.iterate(0, each -> each + 1);

        assertThatThrownBy(() -> ReadAhead.through(endless, given -> {
                    throw new IllegalStateException("no room");
                }))
                .hasMessage("no room");
    }
}
