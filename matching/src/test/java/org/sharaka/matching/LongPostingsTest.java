package org.sharaka.matching;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LongPostingsTest {
    @Test
    void findsEachKeyAndNoOther() {
        for (int size : new int[] {0, 1, 2, 100, 50_000}) {
            LongPostings.Builder builder = new LongPostings.Builder();
            for (int i = 0; i < size; i++) builder.add(Hashes.mixed(i), i);
            LongPostings postings = builder.build();

            for (int i = 0; i < size; i++) {
                int list = postings.find(Hashes.mixed(i));
                assertThat(postings.value(postings.from(list))).isEqualTo(i);
                assertThat(postings.to(list) - postings.from(list)).isEqualTo(1);
            }
            for (int i = 1; i < 1_000; i++)
                assertThat(postings.find(Hashes.mixed(-i))).isEqualTo(-1);
        }
    }

    @Test
    void findsKeysThatDoNotLieEvenly() {
        LongPostings.Builder builder = new LongPostings.Builder();
        for (int i = 0; i < 10_000; i++) builder.add(i, i);
        builder.add(Long.MIN_VALUE, -1);
        builder.add(Long.MAX_VALUE, -2);
        LongPostings postings = builder.build();

        assertThat(postings.value(postings.from(postings.find(7_777)))).isEqualTo(7_777);
        assertThat(postings.value(postings.from(postings.find(Long.MIN_VALUE)))).isEqualTo(-1);
        assertThat(postings.value(postings.from(postings.find(Long.MAX_VALUE)))).isEqualTo(-2);
        assertThat(postings.find(10_000)).isEqualTo(-1);
    }
}
