package org.sharaka.node.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.ApiKeyService;
import org.sharaka.node.access.NewApiKey;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.platform.TestNode;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API over HTTP on a whole node. */
@ExtendWith(OutputCaptureExtension.class)
class ReportApiIT {
    private static final String NAME = "Zineb Essai";
    private static final JsonMapper JSON = new JsonMapper();

    private static TestNode node;
    private static String submitter;
    private static String reader;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void startNode() {
        node = TestNode.start();
        submitter = key(Permission.REPORT_SUBMIT);
        reader = key(Permission.REPORT_READ);
    }

    private static String key(Permission permission) {
        var wanted = new NewApiKey("test", Purpose.INVESTIGATION, Set.of(permission), Duration.ofDays(1));
        return node.service(ApiKeyService.class)
                .make(Actor.commandLine("test"), wanted)
                .token();
    }

    @AfterAll
    static void stopNode() {
        node.close();
    }

    @Test
    void aReportIsAnsweredWithItsReferenceAndAReplayTheSame() throws Exception {
        String body = "{\"category\":\"PHISHING\",\"narrative\":\"They wrote from https://login.scam.example/a\"}";

        HttpResponse<String> first = post("replay-1", body);
        HttpResponse<String> second = post("replay-1", body);

        assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
        JsonNode receipt = JSON.readTree(first.body());
        assertThat(Reference.parse(receipt.get("reference").asString())).isPresent();
        assertThat(receipt.get("identifiers").get(0).get("origin").asString()).isEqualTo("found");
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body());
    }

    @Test
    void aReportIsReadAndWithdrawnByItsReference() throws Exception {
        String reference = reference(post("read-1", "{\"category\":\"OTHER\",\"narrative\":\"<b>x</b>\"}"));

        HttpResponse<String> read = get(reader, "/api/v1/reports/" + reference);
        assertThat(read.statusCode()).as(read.body()).isEqualTo(200);
        assertThat(JSON.readTree(read.body()).get("narrative").asString()).isEqualTo("<b>x</b>");
        assertThat(read.headers().firstValue("Cache-Control"))
                .hasValueSatisfying(value -> assertThat(value).contains("no-store"));
        assertThat(get(submitter, "/api/v1/reports/" + reference).statusCode()).isEqualTo(403);

        HttpResponse<String> withdrawn = send(request("/api/v1/reports/" + reference + "/withdraw", submitter)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"reason\":\"sent by mistake\"}")));
        assertThat(withdrawn.statusCode()).as(withdrawn.body()).isEqualTo(204);
        assertThat(JSON.readTree(get(reader, "/api/v1/reports/" + reference).body())
                        .get("withdrawnAt")
                        .isNull())
                .isFalse();
    }

    @Test
    void problemsAreToldInTheReadersLanguage() throws Exception {
        HttpResponse<String> answer = send(request("/api/v1/reports", submitter)
                .header("Content-Type", "application/json")
                .header("Accept-Language", "fr")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.get("type").asString())
                .isEqualTo("tag:sharaka.org,2026:problem/intake.idempotency-key-missing");
        assertThat(problem.get("title").asString()).isEqualTo("L’en-tête Idempotency-Key manque");
        assertThat(problem.get("instance").asString()).startsWith("urn:uuid:");
    }

    @Test
    void eachWrongRequestGetsItsOwnProblem() throws Exception {
        problem(400, "intake.bad-json", post("w-1", "{"));
        problem(422, "intake.field-missing", post("w-2", "{}"));
        problem(422, "intake.says-nothing", post("w-3", "{\"category\":\"OTHER\"}"));
        problem(400, "intake.bad-idempotency-key", post("two words", "{\"category\":\"OTHER\"}"));
        problem(400, "intake.bad-idempotency-key", post("x".repeat(129), "{\"category\":\"OTHER\"}"));
        problem(413, "intake.body-too-large", post("w-4", "{\"narrative\":\"" + "x".repeat(1 << 20) + "\"}"));
        problem(404, "intake.not-found", get(reader, "/api/v1/reports/0000-0000-0000-0000-0000"));
        problem(404, "intake.not-found", get(reader, "/api/v1/reports/1"));
        problem(
                415,
                "web.unsupported-media-type",
                send(request("/api/v1/reports", submitter)
                        .header("Idempotency-Key", "w-5")
                        .header("Content-Type", "text/plain")
                        .POST(HttpRequest.BodyPublishers.ofString("x"))));
        problem(
                405,
                "web.method-not-allowed",
                send(request("/api/v1/reports", submitter).DELETE()));
    }

    @Test
    void withoutAKeyNothingIsToldAndNothingStored() throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(node.console().resolve("/api/v1/reports"))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "no-key")
                .POST(HttpRequest.BodyPublishers.ofString("{\"category\":\"OTHER\",\"narrative\":\"x\"}")));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(get("shk_wrong", "/api/v1/reports/x").statusCode()).isEqualTo(401);
    }

    @Test
    void simultaneousReplaysStoreOneReport() throws Exception {
        var executor = Executors.newFixedThreadPool(8);
        try {
            Callable<HttpResponse<String>> submission =
                    () -> post("same", "{\"category\":\"OTHER\",\"narrative\":\"together\"}");
            Set<String> references = new HashSet<>();
            int created = 0;
            for (var answer : executor.invokeAll(
                    IntStream.range(0, 24).mapToObj(i -> submission).toList())) {
                references.add(reference(answer.get()));
                if (answer.get().statusCode() == 201) created++;
            }
            assertThat(references).hasSize(1);
            assertThat(created).isEqualTo(1);
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void noPersonalDataStandsInLogsOrProblems(CapturedOutput output) throws Exception {
        String named = "{\"category\":\"OTHER\",\"narrative\":\"I am " + NAME + "\",\"reporter\":{\"name\":\"" + NAME
                + "\",\"email\":\"zineb@example.org\"}}";
        post("pd-1", named);
        HttpResponse<String> broken = post("pd-2", named.replace("}}", "},\"" + NAME + "\":1}"));
        HttpResponse<String> reused = post("pd-1", named + " ");

        problem(400, "intake.bad-json", broken);
        problem(422, "intake.idempotency-key-reused", reused);
        assertThat(broken.body() + reused.body()).doesNotContain("Zineb").doesNotContain("zineb");
        assertThat(output.getAll()).doesNotContain("Zineb").doesNotContain("zineb");
    }

    private static void problem(int status, String code, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(JSON.readTree(answer.body()).get("type").asString())
                .isEqualTo("tag:sharaka.org,2026:problem/" + code);
    }

    private static String reference(HttpResponse<String> answer) {
        return JSON.readTree(answer.body()).get("reference").asString();
    }

    private HttpResponse<String> post(String key, String body) throws IOException, InterruptedException {
        return send(request("/api/v1/reports", submitter)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> get(String token, String path) throws IOException, InterruptedException {
        return send(request(path, token).GET());
    }

    private static HttpRequest.Builder request(String path, String token) {
        URI address = node.console().resolve(path);
        return HttpRequest.newBuilder(address).header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
