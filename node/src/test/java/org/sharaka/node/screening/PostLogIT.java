package org.sharaka.node.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sharaka.node.Main;
import org.sharaka.node.OfflineCommandLine;
import org.sharaka.node.platform.JavaProcess;
import org.sharaka.node.platform.OperatorException;
import org.sharaka.node.screening.post.PostProcess;

/** From a post without network home again: the log of what it was asked. */
class PostLogIT extends PostScenario {
    @Test
    void s10WhatWasAskedComesHomeIntoTheRecordWithoutItsText() throws Exception {
        make(extract, "3d");
        try (PostProcess post = open(extract);
                PostVisitor visitor = new PostVisitor(post.address())) {
            visitor.signIn("ridge1", code);
            visitor.post("/", "q", "Yasmin Tazarwalti");
            visitor.post("/", "q", "Helga Nobodyson");
        }
        noFileHolds("Nobodyson", "Tazarwalti", "no-match", officerId);

        Path log = handOver();
        assertThat(said("list")).contains("LOG NOT HOME");
        said("collect", log.toString());

        List<Map<String, Object>> home = entered(log);
        assertThat(home).extracting(each -> each.get("action")).contains("post.screening.match", "post.sign-in");
        assertThat(home)
                .filteredOn(each -> each.get("action").equals("post.screening.match"))
                .hasSize(2)
                .allSatisfy(each -> assertThat(each)
                        .containsEntry("actor_id", officerId)
                        .containsEntry("purpose", "SECURITY_CHECK")
                        .containsEntry("unit", "ridge"))
                .extracting(each -> String.valueOf(each.get("subject")))
                .satisfiesExactlyInAnyOrder(
                        first -> assertThat(first).matches("query/[0-9a-f]{32} possible-match at/.*"),
                        second -> assertThat(second).matches("query/[0-9a-f]{32} no-match at/.*"));
    }

    @Test
    void aLogIsEnteredOnceAndGoesOn() throws Exception {
        make(extract, "3d");
        try (PostProcess post = open(extract)) {
            match(post, ask("one"));
        }
        Path log = handOver();
        said("collect", log.toString());
        int before = entered(log).size();
        said("collect", log.toString());
        assertThat(entered(log)).hasSize(before);

        try (PostProcess post = open(extract)) {
            match(post, ask("two"));
        }
        byte[] older = Files.readAllBytes(log);
        Path newer = handOver();
        assertThat(said("collect", newer.toString())).contains("still in use");
        assertThat(entered(newer)).hasSize(before + 2);
        Files.write(newer, older);
        refusedLog(newer, "extract.log-older");

        // A newer extract was opened: nothing can come of this one any more.
        Path next = directory.resolve("next" + made);
        make(next, "3d");
        open(next).close();
        assertThat(said("collect", handOver(idOf(newer)).toString())).contains("home whole");
    }

    @Test
    void anAlteredOrCutLogIsRefused() throws Exception {
        make(extract, "3d");
        try (PostProcess post = open(extract)) {
            for (int i = 0; i < 4; i++) match(post, ask("question " + i));
        }
        Path log = handOver();
        String whole = Files.readString(log);
        List<String> lines = whole.lines().toList();

        rewrite(log, lines.get(0), lines.get(1), lines.get(3), lines.get(4), lines.get(5));
        refusedLog(log, "extract.log-altered");
        rewrite(log, lines.get(0), lines.get(2), lines.get(1), lines.get(3), lines.get(4), lines.get(5));
        refusedLog(log, "extract.log-altered");
        rewrite(log, lines.get(0), lines.get(1), lines.get(2), lines.get(3));
        refusedLog(log, "extract.log-cut");
        Files.writeString(log, whole.substring(0, whole.length() - 10));
        refusedLog(log, "extract.log-cut");
        for (int at : new int[] {20, 70, 200, whole.length() / 2, whole.length() - 3}) {
            char[] altered = whole.toCharArray();
            altered[at] = altered[at] == 'a' ? 'b' : 'a';
            Files.writeString(log, new String(altered));
            refusedLog(log, "extract.log-altered", "extract.log-none", "extract.log-unknown");
        }
        assertThat(entered(log)).isEmpty();
        Files.writeString(log, whole);
        said("collect", log.toString());
        assertThat(entered(log)).hasSize(5);
    }

    @Test
    void aPostDoesNotStartWhenAnsweredQuestionsAreMissingFromItsLog() throws Exception {
        make(extract, "3d");
        try (PostProcess post = open(extract)) {
            for (int i = 0; i < 3; i++) match(post, ask("question " + i));
        }
        Path log;
        try (Stream<Path> files = Files.list(home.resolve("log"))) {
            log = files.filter(each -> each.toString().endsWith(".log"))
                    .findFirst()
                    .orElseThrow();
        }
        String whole = Files.readString(log);
        Files.writeString(log, whole.substring(0, whole.length() - 20));
        refused(extract, "post.log-cut");
        Files.delete(log);
        refused(extract, "post.log-cut");
        Files.writeString(log, whole.replaceFirst("\n2 ", "\n9 "));
        refused(extract, "extract.log-altered");
        Files.writeString(log, whole);
        open(extract).close();
    }

    @Test
    void aKilledPostHasEveryQuestionThatItAnswered() throws Exception {
        make(extract, "3d");
        Path said = directory.resolve("post.out" + made);
        AtomicInteger answered = new AtomicInteger();
        AtomicInteger asked = new AtomicInteger();
        ExecutorService askers = Executors.newFixedThreadPool(3);
        try (JavaProcess process = JavaProcess.start(
                said, Map.of("LC_ALL", "C"), Main.class, post("--extract=" + extract, "--set=post.port=0"))) {
            URI address = awaitAddress(process, said);
            for (int i = 0; i < 3; i++)
                askers.execute(() -> {
                    while (!Thread.currentThread().isInterrupted()) {
                        asked.incrementAndGet();
                        try {
                            if (askOnce(address) == 200) answered.incrementAndGet();
                        } catch (Exception e) {
                            return; // Killed meanwhile.
                        }
                    }
                });
            long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
            while (answered.get() < 25) {
                assertThat(process.isAlive() && System.nanoTime() < end)
                        .as(Files.readString(said))
                        .isTrue();
                Thread.sleep(5);
            }
            process.kill();
        } finally {
            askers.shutdownNow();
            askers.awaitTermination(1, java.util.concurrent.TimeUnit.MINUTES);
        }

        Path log = handOver();
        said("collect", log.toString());
        long home = entered(log).stream()
                .filter(each -> each.get("action").equals("post.screening.match"))
                .count();
        assertThat(home).isBetween((long) answered.get(), (long) asked.get());
        open(extract).close();
    }

    private int askOnce(URI address) throws Exception {
        String shown = Base64.getEncoder().encodeToString(("ridge1:" + code).getBytes(StandardCharsets.UTF_8));
        return send(HttpRequest.newBuilder(address.resolve("/api/v1/screening/match/default"))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Basic " + shown)
                        .header("Sharaka-Purpose", "security-check")
                        .POST(HttpRequest.BodyPublishers.ofString(ask("yasmin tazarwalti"))))
                .statusCode();
    }

    private static URI awaitAddress(JavaProcess process, Path said) throws Exception {
        Pattern address = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (true) {
            Matcher found = address.matcher(Files.readString(said));
            if (found.find()) return URI.create(found.group());
            assertThat(process.isAlive() && System.nanoTime() < end)
                    .as(Files.readString(said))
                    .isTrue();
            Thread.sleep(50);
        }
    }

    /** @return the log of this test's extract as it is carried home */
    private Path handOver() throws IOException {
        return handOver("");
    }

    private Path handOver(String id) throws IOException {
        OfflineCommandLine line = new OfflineCommandLine(Locale.ENGLISH);
        Path out = directory.resolve("carried" + made);
        assertThat(line.run(post("log", "--out=" + out))).as(line.err()).isZero();
        try (Stream<Path> files = Files.list(out)) {
            return files.filter(each -> each.getFileName().toString().startsWith(id))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String idOf(Path log) {
        return log.getFileName().toString().replace(".log", "");
    }

    private static void rewrite(Path file, String... lines) throws IOException {
        Files.writeString(file, String.join("\n", lines) + "\n");
    }

    private void refusedLog(Path log, String... keys) {
        assertThatThrownBy(() -> said("collect", log.toString()))
                .isInstanceOfSatisfying(
                        OperatorException.class, e -> assertThat(e.key()).isIn((Object[]) keys));
    }

    private List<Map<String, Object>> entered(Path log) {
        return fixture.sql.queryForList(
                "select actor_id, unit, purpose, action, subject from audit.entry where action like 'post.%' and subject like ?"
                        + " order by id",
                "% extract/" + idOf(log) + "/%");
    }

    private void noFileHolds(String... texts) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList())
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(texts);
        }
    }
}
