package org.sharaka.exercise;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks with a running node as any other system does: JSON over HTTP with an API key. Thread-safe. */
public final class NodeClient {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http;
    private final URI console;
    private final String token;

    /**
     * @param console address of the node's console, for instance {@code http://127.0.0.1:8443}
     * @param token of an API key
     */
    public NodeClient(URI console, String token) {
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        this.console = console;
        this.token = token;
    }

    /** The node answered otherwise than with success. */
    public static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int status;

        Refused(int status, String message) {
            super(message);
            this.status = status;
        }

        public int status() {
            return status;
        }
    }

    /**
     * Submits a report; the same report again gets the same answer and is stored once.
     *
     * @return the reference that the node gave it, without hyphens
     */
    public String submit(SyntheticReport report) {
        return submit(report.key(), body(report));
    }

    /** @param body the report as JSON, see {@link #body} */
    public String submit(String idempotencyKey, byte[] body) {
        HttpRequest request = request("/api/v1/reports")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", idempotencyKey)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return plain(send(request).path("reference").asString());
    }

    public JsonNode get(String path) {
        return send(request(path).GET().build());
    }

    public JsonNode post(String path, Object body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                .build());
    }

    /** All items of a list that comes in pages. */
    public List<JsonNode> all(String path) {
        List<JsonNode> items = new ArrayList<>();
        String cursor = "";
        do {
            String separator = path.contains("?") ? "&" : "?";
            JsonNode page = get(cursor.isEmpty() ? path : path + separator + "cursor=" + encoded(cursor));
            page.path("items").forEach(items::add);
            cursor = page.path("next").asString("");
        } while (!cursor.isEmpty());
        return items;
    }

    /** References are shown in groups and compared without. */
    static String plain(String reference) {
        return reference.replaceAll("[\\s-]", "");
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The report as the intake API takes it. */
    public static byte[] body(SyntheticReport report) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("category", report.category().name());
        body.put("narrative", report.narrative());
        body.put("language", report.language());
        body.put("occurredAt", report.time().toString());
        body.put("country", report.country());
        report.loss()
                .ifPresent(loss -> body.put(
                        "money",
                        List.of(Map.of(
                                "amount",
                                loss.amount().toPlainString(),
                                "currency",
                                loss.currency().getCurrencyCode(),
                                "kind",
                                "LOST"))));
        if (!report.given().isEmpty()) {
            body.put(
                    "identifiers",
                    report.given().stream()
                            .map(given -> Map.of("kind", given.kind(), "value", given.value()))
                            .toList());
        }
        report.reporter().ifPresent(name -> body.put("reporter", Map.of("name", name, "language", report.language())));
        return JSON.writeValueAsBytes(body);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(console.resolve(path))
                .timeout(PATIENCE)
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + token);
    }

    private JsonNode send(HttpRequest request) {
        try {
            HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() / 100 != 2) {
                throw new Refused(
                        answer.statusCode(),
                        request.method() + " " + request.uri().getPath() + ": " + answer.statusCode() + " "
                                + new String(answer.body(), StandardCharsets.UTF_8));
            }
            return answer.body().length == 0 ? JSON.createObjectNode() : JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    request.method() + " " + request.uri().getPath(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
