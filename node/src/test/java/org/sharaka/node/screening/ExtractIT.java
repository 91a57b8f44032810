package org.sharaka.node.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.sharaka.node.OfflineCommandLine;
import org.sharaka.node.access.Permission;
import org.sharaka.node.platform.OperatorException;
import org.sharaka.node.screening.post.PostProcess;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From a node to a post without network: what it answers, and what it refuses. */
class ExtractIT extends PostScenario {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String QUERIES = """
            {"queries":{
              "typed":{"schema":"Person","properties":{"name":["yasmin tazarwalti"],"birthDate":["1970-05-03"]}},
              "arabic":{"schema":"Person","properties":{"name":["ياسمين التازروالتي"]}},
              "number":{"schema":"Person","properties":{"passportNumber":["%s"]}},
              "nobody":{"schema":"Person","properties":{"name":["Helga Nobodyson"]}},
              "distinct":{"schema":"Person","properties":{"name":["Dmitri Volkodavovich"],"passportNumber":["QX5550001"]}},
              "several":{"schema":"Person","properties":{"name":["crowdmember number bxq"]}}}}
            """;

    // --- Answers ---------------------------------------------------------------------------------------------------

    @Test
    void aPostAnswersProgramsAsItsNodeDoes() throws Exception {
        make(extract, "3d");
        String number = fixture.lists.entry("wanted-yt").orElseThrow().particulars().keys().stream()
                .findFirst()
                .orElseThrow()
                .value();
        String queries = QUERIES.formatted(number);
        HttpResponse<String> atNode =
                send(HttpRequest.newBuilder(fixture.node.console().resolve("/api/v1/screening/match/default"))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + fixture.key(Permission.SCREENING_QUERY))
                        .POST(HttpRequest.BodyPublishers.ofString(queries)));

        try (PostProcess post = open(extract)) {
            HttpResponse<String> atPost = match(post, queries);

            assertThat(atPost.statusCode()).as(atPost.body()).isEqualTo(200);
            JsonNode answer = JSON.readTree(atPost.body());
            assertThat(answer).isEqualTo(JSON.readTree(atNode.body()));
            assertThat(answer.at("/responses/typed/results/0/id").asString()).isEqualTo("wanted-yt");
            assertThat(answer.at("/responses/distinct/results/0/distinct").asString())
                    .isEqualTo("this-person");
            assertThat(answer.at("/responses/nobody/results")).isEmpty();
            assertThat(send(HttpRequest.newBuilder(post.address().resolve("/api/v1/screening/readyz")))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void s6TheOfficerSeesTheStampThenWhoIsNotThisPersonAndWhomToCallAndConfirmsNothing() throws Exception {
        make(extract, "3d");
        try (PostProcess post = open(extract);
                PostVisitor visitor = new PostVisitor(post.address())) {
            assertThat(visitor.get("/").uri().getPath()).isEqualTo("/login");
            visitor.signIn("ridge1", code);

            String possible = visitor.post("/", "q", "yasmin tazarwalti").body();
            assertThat(possible)
                    .contains("Possible match: compare", "not today’s lists", "+000 555 17", "call your bureau");
            String same = visitor.post("/", "q", "QZ4711007").body();
            assertThat(same).contains("Same number").contains("reported lost");
            String distinct =
                    visitor.post("/", "q", "Dmitri Volkodavovich QX5550001").body();
            assertThat(distinct.indexOf("Not this person")).isPositive().isLessThan(distinct.indexOf("wanted-kv"));
            String compared = visitor.post("/compare", "q", "yasmin tazarwalti", "entity", "wanted-yt")
                    .body();
            assertThat(compared).contains("Here nothing is confirmed or dismissed", "+000 555 17");
            for (String act : List.of("/confirm", "/dismiss", "/screening/confirm", "/screening/dismiss"))
                assertThat(visitor.post(act, "q", "yasmin", "entity", "wanted-yt")
                                .statusCode())
                        .as(act)
                        .isIn(404, 405);
        }
    }

    @Test
    void onlyTheOfficersOfTheExtractAskAndOnlyForAPurpose() throws Exception {
        make(extract, "3d");
        try (PostProcess post = open(extract);
                PostVisitor visitor = new PostVisitor(post.address())) {
            assertThat(visitor.signIn("ridge1", "WR0NG-C0DE0").uri().getQuery()).isEqualTo("refused");
            assertThat(visitor.signIn("clerk", code).uri().getQuery()).isEqualTo("refused");
            assertThat(visitor.get("/").uri().getPath()).isEqualTo("/login");
            HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofString(ask("yasmin tazarwalti"));
            String path = "/api/v1/screening/match/default";
            assertThat(send(byProgram(post, path, "security-check", "WR0NG-C0DE0")
                                    .POST(body))
                            .statusCode())
                    .isEqualTo(401);
            HttpResponse<String> without = send(byProgram(post, path, "", code).POST(body));
            assertThat(without.statusCode()).isEqualTo(403);
            assertThat(without.body()).contains("purpose-missing").doesNotContain("wanted-yt");
        }
    }

    @Test
    void s11NeitherReportersNorDecisionsNorReadableNamesStandInAnExtract() throws Exception {
        make(extract, "3d");

        String bytes = Files.readString(extract, StandardCharsets.ISO_8859_1);
        assertThat(bytes).doesNotContain("Tazerwalti", "wanted", "ridge1", "QZ4711007");
        // That screening cannot reach what the public reported is ModulesTest's; what is written here is written by its
        // tables alone.
        assertThat(fixture.sql.queryForList(
                        "select subject from audit.entry where action like 'screening.extract-%' and subject like 'extract/%'",
                        String.class))
                .anyMatch(subject -> subject.contains("list/wanted version/1 entries/202 file/"))
                .anyMatch(subject -> subject.contains("documents/1 vehicles/0 distinctions/1"))
                .anyMatch(subject -> subject.contains("officer/" + officerId))
                .anyMatch(subject -> subject.contains("post/ridge sha256/"))
                .noneMatch(subject -> subject.contains("Tazerwalti"));
    }

    // --- Refusals --------------------------------------------------------------------------------------------------

    @Test
    void whoHasNotThePassphraseOpensNothing() throws Exception {
        make(extract, "3d");
        Files.writeString(directory.resolve("post-passphrase"), "another passphrase of the post");

        refused(extract, "platform.passphrase-wrong");
    }

    @Test
    void anExtractOfAnotherNodeIsRefused() throws Exception {
        Path other = home;
        make(extract, "3d");
        home = directory.resolve("believes-another");
        OfflineCommandLine line = new OfflineCommandLine(Locale.ENGLISH);
        assertThat(line.run(post("init", "--name=ridge", "--signer=" + "ab".repeat(32))))
                .isZero();

        refused(extract, "extract.other-signer");
        home = other;
        try (PostProcess opened = open(extract)) {
            assertThat(opened.endsAt()).isAfter(Instant.now());
        }
    }

    @Test
    void anExtractForAnotherPostIsRefused() throws Exception {
        make(extract, "3d");
        Path stranger = extract;
        newPost();

        refused(stranger, "extract.other-post");
    }

    @Test
    void anAlteredOrCutExtractIsRefusedWhereverItWasTouched() throws Exception {
        make(extract, "3d");
        byte[] whole = Files.readAllBytes(extract);
        Path touched = directory.resolve("touched" + made);
        for (int at : new int[] {0, 19, 40, 200, 700, whole.length / 2, whole.length - 1}) {
            byte[] altered = whole.clone();
            altered[at] ^= 4;
            Files.write(touched, altered);
            refused(touched, "extract.none", "extract.damaged", "extract.other-signer");
        }
        for (int length : new int[] {0, 10, 21, 300, whole.length / 2, whole.length - 1}) {
            Files.write(touched, java.util.Arrays.copyOf(whole, length));
            refused(touched, "extract.none", "extract.damaged");
        }
        Files.write(touched, java.util.Arrays.copyOf(whole, whole.length + 1));
        refused(touched, "extract.damaged");
    }

    @Test
    void anOlderExtractThanOneThatWasOpenedIsRefused() throws Exception {
        make(extract, "3d");
        Path newer = directory.resolve("newer" + made);
        make(newer, "3d");
        try (PostProcess opened = open(newer)) {
            assertThat(opened.endsAt()).isAfter(Instant.now());
        }

        refused(extract, "post.older");
        try (PostProcess again = open(newer)) {
            assertThat(again.endsAt()).isAfter(Instant.now());
        }
    }

    @Test
    void anExtractThatIsOverOrAClockThatWasSetBackOpensNothing() throws Exception {
        make(extract, "1d");
        Instant now = Instant.now();

        refused(extract, at(now.plus(Duration.ofDays(2))), "post.expired");
        refused(extract, at(now.minus(Duration.ofDays(1))), "post.clock-back", "post.clock-early");
        try (PostProcess opened = open(extract, at(now.plus(Duration.ofHours(20))))) {
            assertThat(match(opened, ask("yasmin tazarwalti")).statusCode()).isEqualTo(200);
        }
        refused(extract, at(now.plus(Duration.ofHours(2))), "post.clock-back");
        Files.delete(home.resolve("post-mark"));
        refused(extract, at(now.plus(Duration.ofHours(21))), "post.home-damaged");
    }

    @Test
    void aPostThatRunsStopsAnsweringAtTheEnd() throws Exception {
        make(extract, "1d");
        SetClock clock = at(Instant.now());
        try (PostProcess post = open(extract, clock);
                PostVisitor visitor = new PostVisitor(post.address())) {
            visitor.signIn("ridge1", code);
            assertThat(match(post, ask("yasmin tazarwalti")).statusCode()).isEqualTo(200);

            clock.now = post.endsAt();

            HttpResponse<String> program = match(post, ask("yasmin tazarwalti"));
            assertThat(program.statusCode()).isEqualTo(410);
            assertThat(program.body()).contains("post.ended").doesNotContain("wanted-yt");
            HttpResponse<String> page = visitor.post("/", "q", "yasmin tazarwalti");
            assertThat(page.statusCode()).isEqualTo(410);
            assertThat(page.body()).contains("This extract has ended").doesNotContain("Yasmine");
            try (PostVisitor late = new PostVisitor(post.address())) {
                assertThat(late.get("/login").body())
                        .contains("This extract has ended")
                        .doesNotContain("name=\"username\"");
            }
            assertThat(send(byProgram(post, "/api/v1/screening/catalog", "security-check", "WR0NG-C0DE0"))
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void whatMayNotBeMadeIsRefused() throws Exception {
        notMade("extract.too-long", "--officer=ridge1", "--for=8d");
        notMade("extract.period", "--officer=ridge1", "--for=a while");
        notMade("extract.officer-unfit", "--officer=nobody", "--for=1d");
        notMade("extract.officer-unfit", "--officer=clerk", "--for=1d");
        notMade("extract.no-list", "--officer=ridge1", "--for=1d", "--list=nowhere");
        notMade("extract.post-key", "--officer=ridge1", "--post=" + directory.resolve("wanted.json"));
        assertThat(Files.exists(extract)).isFalse();
        assertThat(Files.exists(extract.resolveSibling(extract.getFileName() + ".part")))
                .isFalse();
        make(extract, "1d");
        notMade("extract.exists", "--officer=ridge1", "--for=1d");
    }

    private void notMade(String key, String... arguments) {
        List<String> all = new java.util.ArrayList<>(List.of(arguments));
        if (all.stream().noneMatch(each -> each.startsWith("--post="))) all.add("--post=" + home.resolve("post.pub"));
        all.add("--call=+000 555 17");
        all.add("--out=" + extract);
        assertThatThrownBy(() -> said("make", all.toArray(String[]::new)))
                .isInstanceOfSatisfying(
                        OperatorException.class, e -> assertThat(e.key()).isEqualTo(key));
    }

    private static SetClock at(Instant now) {
        return new SetClock(now);
    }

    private static final class SetClock extends Clock {
        private volatile Instant now;

        SetClock(Instant now) {
            this.now = now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
