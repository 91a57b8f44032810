package org.sharaka.node.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresBinariesTest {
    @Test
    void twoThatUnpackAtOnceBothGetThem(@TempDir Path directory) throws Exception {
        CyclicBarrier together = new CyclicBarrier(2);
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            List<Future<PostgresBinaries>> both = Stream.of(1, 2)
                    .map(i -> pool.submit(() -> {
                        together.await();
                        return PostgresBinaries.unpack(directory);
                    }))
                    .toList();

            for (Future<PostgresBinaries> each : both)
                assertThat(Files.isExecutable(each.get().program("postgres"))).isTrue();
            try (Stream<Path> left = Files.list(directory)) {
                assertThat(left).hasSize(1);
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
