package org.sharaka.node.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sharaka.node.FreePort;
import org.sharaka.node.Main;
import org.sharaka.node.platform.JavaProcess;
import org.sharaka.node.platform.TestNode;
import org.springframework.jdbc.core.JdbcTemplate;

/** The portal is killed while people hand in; their browsers send the last page again until it is answered. */
class PortalKilledIT {
    private static final int PEOPLE = 6;
    private static final int BEFORE_THE_KILL = 40;
    private static final int AFTER_IT = 40;

    private TestNode node;
    private URI portal;

    @BeforeEach
    void start() throws IOException {
        node = TestNode.start();
        portal = URI.create("http://127.0.0.1:" + FreePort.find());
    }

    @AfterEach
    void stop() {
        node.close();
    }

    /** What a visitor took home, and the words by which the report is known. */
    private record Paper(String reference, String code, String story) {}

    @Test
    void nothingIsLostAndNothingDoubledWhenThePortalIsKilled() throws Exception {
        Queue<Paper> papers = new ConcurrentLinkedQueue<>();
        AtomicBoolean enough = new AtomicBoolean();
        AtomicInteger repeated = new AtomicInteger();
        ExecutorService people = Executors.newFixedThreadPool(PEOPLE);
        JavaProcess first = portal();
        try {
            for (int i = 0; i < PEOPLE; i++) {
                int person = i;
                var unused = people.submit(() -> {
                    for (int n = 0; !enough.get(); n++)
                        papers.add(persistent(new Visitor(portal, "en"), person + "/" + n, repeated));
                });
            }
            await(() -> papers.size() >= BEFORE_THE_KILL);
            first.kill();
            try (JavaProcess second = portal()) {
                await(() -> papers.size() >= BEFORE_THE_KILL + AFTER_IT);
                enough.set(true);
                people.shutdown();
                assertThat(people.awaitTermination(120, TimeUnit.SECONDS)).isTrue();
                second.terminate();
                second.awaitEnd(60);
            }
        } finally {
            enough.set(true);
            people.shutdownNow();
            first.close();
        }
        JdbcTemplate sql = node.service(JdbcTemplate.class);
        await(() -> count(sql, "select count(*) from portal.arrival") == 0);
        assertThat(repeated.get()).as("somebody was interrupted").isPositive();
        assertThat(new HashSet<>(papers)).hasSameSizeAs(papers);
        assertThat(count(sql, "select count(*) from intake.report")).isEqualTo(papers.size());
        assertThat(count(sql, "select count(distinct narrative) from intake.report"))
                .isEqualTo(papers.size());
        assertThat(sql.queryForList("select reference from intake.report", String.class))
                .containsExactlyInAnyOrderElementsOf(papers.stream()
                        .map(paper -> paper.reference().replace("-", ""))
                        .toList());
        assertThat(count(sql, "select count(*) from portal.mailbox")).isEqualTo(papers.size());
    }

    /** Goes through the form, and repeats what was not answered as often as it takes. */
    private static Paper persistent(Visitor visitor, String story, AtomicInteger repeated) {
        untilAnswered(visitor::begin, repeated);
        for (List<String> answers : List.of(
                List.<String>of(),
                List.of("category", "OTHER"),
                List.of("story", story),
                List.<String>of(),
                List.<String>of())) {
            String draft = visitor.hidden("draft");
            Map<String, String> fields = fields(draft, answers);
            untilAnswered(() -> visitor.post("/en/report", fields), repeated);
        }
        Map<String, String> last = fields(visitor.hidden("draft"), List.of("truth", "yes"));
        untilAnswered(() -> visitor.post("/en/report", last), repeated);
        return new Paper(visitor.reference(), visitor.code(), story);
    }

    private static Map<String, String> fields(String draft, List<String> answers) {
        return answers.isEmpty()
                ? Map.of("draft", draft, "do", "next")
                : Map.of("draft", draft, "do", "next", answers.get(0), answers.get(1));
    }

    private static void untilAnswered(Runnable ask, AtomicInteger repeated) {
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (true) {
            try {
                ask.run();
                return;
            } catch (UncheckedIOException down) {
                if (System.nanoTime() > end) throw down;
                repeated.incrementAndGet();
                pause();
            }
        }
    }

    private JavaProcess portal() throws IOException {
        Path listener = Door.directory(node.home()).resolve("listener.properties");
        Files.deleteIfExists(listener);
        JavaProcess process = JavaProcess.start(
                node.home().resolve("portal.out"),
                Map.of(),
                Main.class,
                "portal",
                "--home",
                node.home().toString(),
                "--set",
                "portal.port=" + portal.getPort());
        await(() -> Files.exists(listener) || !process.isAlive());
        assertThat(process.isAlive()).as("the portal started").isTrue();
        return process;
    }

    private static long count(JdbcTemplate sql, String query) {
        Long count = sql.queryForObject(query, Long.class);
        return count == null ? -1 : count;
    }

    /** A condition that comes true. */
    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) {
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("it comes true in time").isLessThan(end);
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
