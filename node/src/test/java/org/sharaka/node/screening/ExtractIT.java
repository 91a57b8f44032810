package org.sharaka.node.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sharaka.node.screening.ScreeningFixture.crowd;
import static org.sharaka.node.screening.ScreeningFixture.person;
import static org.sharaka.node.screening.ScreeningFixture.write;

import java.io.IOException;
import java.io.StringWriter;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
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
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.sharaka.node.Main;
import org.sharaka.node.OfflineCommandLine;
import org.sharaka.node.access.NewOfficer;
import org.sharaka.node.access.Officer;
import org.sharaka.node.access.OfficerService;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Role;
import org.sharaka.node.platform.JavaProcess;
import org.sharaka.node.platform.OperatorException;
import org.sharaka.node.screening.extract.ExtractCommand;
import org.sharaka.node.screening.hit.DistinctionService;
import org.sharaka.node.screening.post.PostProcess;
import org.sharaka.node.screening.register.Circumstances;
import org.sharaka.node.screening.register.DocumentKind;
import org.sharaka.node.screening.register.NewDocument;
import org.sharaka.node.screening.register.RegisterService;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From a node to a post without network and home again. All people are invented. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExtractIT {
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" (?:type=\"hidden\" )?value=\"([^\"]+)\"");
    private static final Pattern CODE = Pattern.compile("([0-9A-Z]{5}-[0-9A-Z]{5})");
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

    private ScreeningFixture fixture;
    private String officerId;
    private String code;

    @TempDir
    static Path directory;

    private Path home;
    private Path extract;
    private int made;

    @BeforeAll
    void start() throws Exception {
        fixture = new ScreeningFixture();
        fixture.put(
                ListFormat.FTM_JSON,
                write(
                        directory.resolve("wanted.json"),
                        person("yt", "1970-05-03", "Yasmine Tazerwalti", "ياسمين التازروالتي")
                                + person("kv", "1958", "Dmitri Volkodavovich", "Дмитрий Волкодавович")
                                + crowd(200)),
                "wanted");
        officerId = officer("ridge1", Role.FRONT_LINE_OFFICER).id().toString();
        officer("clerk", Role.INTAKE_OFFICER);
        fixture.node
                .service(RegisterService.class)
                .add(
                        ScreeningFixture.BUREAU,
                        new NewDocument(
                                "QZ4711007",
                                DocumentKind.PASSPORT,
                                "MA",
                                Circumstances.LOST,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of("RB/2026-17")));
        var unused = fixture.node
                .service(DistinctionService.class)
                .make(
                        ScreeningFixture.BUREAU,
                        new DistinctionService.Request(
                                "wanted-kv",
                                "Dmitry Volkodavovich",
                                "1961-02-02",
                                List.of("QX5550001"),
                                true,
                                "agreed on paper at the ridge",
                                Duration.ofDays(30)));
        newPost();
        code = make(extract, "3d");
    }

    private Officer officer(String login, Role role) {
        return fixture.node
                .service(OfficerService.class)
                .add(ScreeningFixture.CLERK, new NewOfficer(login, login, Optional.of("ridge"), Set.of(role)))
                .officer();
    }

    @AfterAll
    void stop() {
        fixture.close();
    }

    /** Each test has a post of its own, set up as a person does it. */
    @BeforeEach
    void newPost() throws Exception {
        home = directory.resolve("post" + ++made);
        extract = directory.resolve("extract" + made);
        Files.writeString(directory.resolve("post-passphrase"), "a passphrase of the post");
        said("key");
        OfflineCommandLine line = new OfflineCommandLine(Locale.ENGLISH);
        assertThat(line.run(
                        post("init", "--name=ridge", "--signer=" + said("key").strip())))
                .as(line.err())
                .isZero();
    }

    private String[] post(String... arguments) {
        return Stream.concat(
                        Stream.of("post"),
                        Stream.concat(
                                Stream.of(arguments),
                                Stream.of(
                                        "--home=" + home,
                                        "--set=vault.passphrase-file=" + directory.resolve("post-passphrase"))))
                .toArray(String[]::new);
    }

    private String said(String command, String... arguments) throws Exception {
        StringWriter said = new StringWriter();
        var running =
                switch (command) {
                    case "make" -> new ExtractCommand.Make();
                    case "collect" -> new ExtractCommand.Collect();
                    case "list" -> new ExtractCommand.Show();
                    default -> new ExtractCommand.Key();
                };
        assertThat(fixture.node.run(running, said, arguments)).isZero();
        return said.toString();
    }

    /** @return what was said: the code of the officer where there is one */
    private String make(Path file, String lasts, String... more) throws Exception {
        List<String> arguments = Stream.concat(
                        Stream.of(
                                "--post=" + home.resolve("post.pub"),
                                "--officer=ridge1",
                                "--call=+000 555 17",
                                "--for=" + lasts,
                                "--out=" + file),
                        Stream.of(more))
                .toList();
        String said = said("make", arguments.toArray(String[]::new));
        Matcher found = CODE.matcher(said);
        return found.find() ? found.group(1) : said;
    }

    private PostProcess open(Path file, Clock clock) {
        return PostProcess.start(
                home,
                file,
                Map.of(
                        "post.port",
                        "0",
                        "vault.passphrase-file",
                        directory.resolve("post-passphrase").toString()),
                clock);
    }

    private PostProcess open(Path file) {
        return open(file, Clock.systemUTC());
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder byProgram(PostProcess post, String path, String purpose, String secret) {
        String shown = Base64.getEncoder().encodeToString(("ridge1:" + secret).getBytes(StandardCharsets.UTF_8));
        HttpRequest.Builder request = HttpRequest.newBuilder(post.address().resolve(path))
                .timeout(Duration.ofMinutes(1))
                .header("Content-Type", "application/json")
                .header("Authorization", "Basic " + shown);
        return purpose.isEmpty() ? request : request.header("Sharaka-Purpose", purpose);
    }

    private HttpResponse<String> match(PostProcess post, String queries) throws Exception {
        return send(byProgram(post, "/api/v1/screening/match/default", "security-check", code)
                .POST(HttpRequest.BodyPublishers.ofString(queries)));
    }

    private static String ask(String name) {
        return "{\"queries\":{\"q\":{\"schema\":\"Person\",\"properties\":{\"name\":[\"" + name + "\"]}}}}";
    }

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
                Visitor visitor = new Visitor(post.address())) {
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
                Visitor visitor = new Visitor(post.address())) {
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
                Visitor visitor = new Visitor(post.address())) {
            visitor.signIn("ridge1", code);
            assertThat(match(post, ask("yasmin tazarwalti")).statusCode()).isEqualTo(200);

            clock.now = post.endsAt();

            HttpResponse<String> program = match(post, ask("yasmin tazarwalti"));
            assertThat(program.statusCode()).isEqualTo(410);
            assertThat(program.body()).contains("post.ended").doesNotContain("wanted-yt");
            HttpResponse<String> page = visitor.post("/", "q", "yasmin tazarwalti");
            assertThat(page.statusCode()).isEqualTo(410);
            assertThat(page.body()).contains("This extract has ended").doesNotContain("Yasmine");
            try (Visitor late = new Visitor(post.address())) {
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

    private void refused(Path file, String... keys) {
        refused(file, Clock.systemUTC(), keys);
    }

    private void refused(Path file, Clock clock, String... keys) {
        assertThatThrownBy(() -> open(file, clock).close()).isInstanceOfSatisfying(OperatorException.class, e -> {
            assertThat(e.key()).isIn((Object[]) keys);
            for (String language : List.of("ar", "fr", "es"))
                assertThat(e.messageIn(Locale.forLanguageTag(language))).isNotEqualTo(e.messageIn(Locale.ENGLISH));
        });
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

    // --- The log ---------------------------------------------------------------------------------------------------

    @Test
    void s10WhatWasAskedComesHomeIntoTheRecordWithoutItsText() throws Exception {
        make(extract, "3d");
        try (PostProcess post = open(extract);
                Visitor visitor = new Visitor(post.address())) {
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

    /** A browser that keeps cookies and follows. */
    private static final class Visitor implements AutoCloseable {
        private final URI address;
        private final HttpClient client = HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        private String csrf = "";

        Visitor(URI address) {
            this.address = address;
        }

        HttpResponse<String> get(String path) throws Exception {
            return seen(client.send(
                    HttpRequest.newBuilder(address.resolve(path))
                            .header("Accept", "text/html")
                            .header("Accept-Language", "en")
                            .build(),
                    HttpResponse.BodyHandlers.ofString()));
        }

        HttpResponse<String> post(String path, String... fields) throws Exception {
            StringBuilder form = new StringBuilder("_csrf=" + URLEncoder.encode(csrf, StandardCharsets.UTF_8));
            for (int i = 0; i < fields.length; i += 2)
                form.append('&')
                        .append(fields[i])
                        .append('=')
                        .append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
            return seen(client.send(
                    HttpRequest.newBuilder(address.resolve(path))
                            .header("Accept", "text/html")
                            .header("Accept-Language", "en")
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString(form.toString()))
                            .build(),
                    HttpResponse.BodyHandlers.ofString()));
        }

        HttpResponse<String> signIn(String login, String code) throws Exception {
            get("/login");
            return post("/login", "username", login, "password", code, "purpose", "security-check");
        }

        private HttpResponse<String> seen(HttpResponse<String> response) {
            Matcher token = CSRF.matcher(response.body());
            if (token.find()) csrf = token.group(1);
            return response;
        }

        @Override
        public void close() {}
    }
}
