package org.sharaka.node.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sharaka.node.screening.ScreeningFixture.crowd;
import static org.sharaka.node.screening.ScreeningFixture.person;
import static org.sharaka.node.screening.ScreeningFixture.write;

import java.io.StringWriter;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.sharaka.node.OfflineCommandLine;
import org.sharaka.node.access.NewOfficer;
import org.sharaka.node.access.Officer;
import org.sharaka.node.access.OfficerService;
import org.sharaka.node.access.Role;
import org.sharaka.node.platform.OperatorException;
import org.sharaka.node.screening.extract.ExtractCommand;
import org.sharaka.node.screening.hit.DistinctionService;
import org.sharaka.node.screening.post.PostProcess;
import org.sharaka.node.screening.register.Circumstances;
import org.sharaka.node.screening.register.DocumentKind;
import org.sharaka.node.screening.register.NewDocument;
import org.sharaka.node.screening.register.RegisterService;
import tools.jackson.databind.json.JsonMapper;

/** A node, and posts without network that are set up as a person does it. All people are invented. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PostScenario {
    private static final Pattern CODE = Pattern.compile("([0-9A-Z]{5}-[0-9A-Z]{5})");
    static final JsonMapper JSON = JsonMapper.builder().build();

    ScreeningFixture fixture;
    String officerId;
    String code;

    @TempDir
    static Path directory;

    Path home;
    Path extract;
    int made;

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

    Officer officer(String login, Role role) {
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

    String[] post(String... arguments) {
        return Stream.concat(
                        Stream.of("post"),
                        Stream.concat(
                                Stream.of(arguments),
                                Stream.of(
                                        "--home=" + home,
                                        "--set=vault.passphrase-file=" + directory.resolve("post-passphrase"))))
                .toArray(String[]::new);
    }

    String said(String command, String... arguments) throws Exception {
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
    String make(Path file, String lasts, String... more) throws Exception {
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

    PostProcess open(Path file, Clock clock) {
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

    PostProcess open(Path file) {
        return open(file, Clock.systemUTC());
    }

    static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpRequest.Builder byProgram(PostProcess post, String path, String purpose, String secret) {
        String shown = Base64.getEncoder().encodeToString(("ridge1:" + secret).getBytes(StandardCharsets.UTF_8));
        HttpRequest.Builder request = HttpRequest.newBuilder(post.address().resolve(path))
                .timeout(Duration.ofMinutes(1))
                .header("Content-Type", "application/json")
                .header("Authorization", "Basic " + shown);
        return purpose.isEmpty() ? request : request.header("Sharaka-Purpose", purpose);
    }

    HttpResponse<String> match(PostProcess post, String queries) throws Exception {
        return send(byProgram(post, "/api/v1/screening/match/default", "security-check", code)
                .POST(HttpRequest.BodyPublishers.ofString(queries)));
    }

    static String ask(String name) {
        return "{\"queries\":{\"q\":{\"schema\":\"Person\",\"properties\":{\"name\":[\"" + name + "\"]}}}}";
    }

    void refused(Path file, String... keys) {
        refused(file, Clock.systemUTC(), keys);
    }

    void refused(Path file, Clock clock, String... keys) {
        assertThatThrownBy(() -> open(file, clock).close()).isInstanceOfSatisfying(OperatorException.class, e -> {
            assertThat(e.key()).isIn((Object[]) keys);
            for (String language : List.of("ar", "fr", "es"))
                assertThat(e.messageIn(Locale.forLanguageTag(language))).isNotEqualTo(e.messageIn(Locale.ENGLISH));
        });
    }
}
