package org.sharaka.node.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.ApiKeyService;
import org.sharaka.node.access.NewApiKey;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Purpose;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.Limits;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files over HTTP on a whole node. */
class EvidenceApiIT {
    private static EvidenceFixture node;
    private static String key;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        node = EvidenceFixture.serving();
        key = key(Permission.EVIDENCE_ADD, Permission.EVIDENCE_READ, Permission.EVIDENCE_EXPORT);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static String key(Permission... permissions) {
        return node.node
                .service(ApiKeyService.class)
                .make(
                        Actor.commandLine("test"),
                        new NewApiKey("scanner", Purpose.INVESTIGATION, Set.of(permissions), Duration.ofDays(1)))
                .token();
    }

    private static HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(URI.create(node.node.console() + "/api/v1/evidence" + path))
                .header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> take(byte[] content, String name) throws IOException, InterruptedException {
        return send(request("", key)
                .header("X-File-Name", name)
                .header("Content-Type", "image/png")
                .POST(HttpRequest.BodyPublishers.ofByteArray(content)));
    }

    private ItemId taken(byte[] content) throws IOException, InterruptedException {
        HttpResponse<String> answer = take(content, "picture.png");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return ItemId.parse(new JsonMapper().readTree(answer.body()).get("id").asString())
                .orElseThrow();
    }

    private static void problem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(new JsonMapper().readTree(answer.body()).get("type").asString())
                .endsWith("/" + code);
    }

    @Test
    void aFileGoesInAndComesOutAsItWas() throws Exception {
        byte[] content = EvidenceFixture.twoChunks();

        HttpResponse<String> answer = take(content, "%D8%B5%D9%88%D8%B1%D8%A9%20+1.png");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonNode item = new JsonMapper().readTree(answer.body());
        assertThat(item.get("name").asString()).isEqualTo("صورة +1.png");
        assertThat(item.get("sha256").asString()).isEqualTo(Hash.of(content).toString());
        HttpResponse<byte[]> back = client.send(
                request("/" + item.get("id").asString() + "/content", key).build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(back.body()).isEqualTo(content);
        assertThat(client.send(
                                request("/" + item.get("id").asString() + "/court", key)
                                        .build(),
                                HttpResponse.BodyHandlers.ofByteArray())
                        .body())
                .isEqualTo(content);
        assertThat(back.headers().firstValue("Content-Type")).contains("application/octet-stream");
        assertThat(back.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment;")
                .contains("filename*=UTF-8''%D8%B5");
        assertThat(back.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(back.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }

    @Test
    void anAnswerThatMeetsAnAlteredChunkBreaksOff() throws Exception {
        ItemId id = taken(EvidenceFixture.twoChunks());
        Path file = node.file(id);
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.seek(SealedFile.SLOT_BYTES + 100);
            raw.write(1);
            raw.write(2);
        }

        assertThatThrownBy(() -> client.send(
                        request("/" + id + "/content", key).build(), HttpResponse.BodyHandlers.ofByteArray()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void refusalsAreProblemDocuments() throws Exception {
        ItemId id = taken(new byte[10]);

        problem(send(request("/" + id, key(Permission.EVIDENCE_ADD)).GET()), 403, "access.forbidden");
        problem(
                send(request("/" + id + "/content", key(Permission.EVIDENCE_READ))
                        .GET()),
                403,
                "access.forbidden");
        problem(
                send(request("", key(Permission.EVIDENCE_READ))
                        .header("X-File-Name", "a")
                        .POST(HttpRequest.BodyPublishers.ofString("x"))),
                403,
                "access.forbidden");
        problem(take(new byte[10], "a%2Fb"), 422, "evidence.bad-name");
        problem(take(new byte[10], "%zz"), 422, "evidence.bad-name");
        problem(send(request("/nothing", key).GET()), 404, "evidence.not-found");
        problem(
                send(request("/00000000-0000-7000-8000-000000000000/content", key)
                        .GET()),
                404,
                "evidence.not-found");
        node.evidence.restrict(EvidenceFixture.OFFICER, id);
        problem(send(request("/" + id + "/content", key).GET()), 403, "evidence.restricted");
    }

    @Test
    void aConnectionThatBreaksOffLeavesNothing() throws Exception {
        List<Path> before = node.files();
        URI console = node.node.console();
        try (Socket socket = new Socket(console.getHost(), console.getPort())) {
            socket.getOutputStream()
                    .write(("POST /api/v1/evidence HTTP/1.1\r\nHost: " + console.getAuthority()
                                    + "\r\nAuthorization: Bearer " + key
                                    + "\r\nX-File-Name: cut.bin\r\nContent-Type: image/png\r\nContent-Length: 20000000\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(new byte[Limits.CHUNK_BYTES + 1000]);
            socket.getOutputStream().flush();
            awaitUnfinished(1);
        }

        // Entered after the file is away, in the thread of the request.
        await("select count(*) from audit.entry where problem = 'evidence.broke-off'", 1);
        awaitUnfinished(0);
        assertThat(node.files()).isEqualTo(before);
    }

    private static void awaitUnfinished(long count) throws InterruptedException {
        await("select count(*) from evidence.unfinished", count);
    }

    private static void await(String question, long count) throws InterruptedException {
        long end = System.nanoTime() + 60_000_000_000L;
        while (node.sql.queryForObject(question, Long.class) != count) {
            assertThat(System.nanoTime()).as(question).isLessThan(end);
            Thread.sleep(20);
        }
    }

    @Test
    void aFullDiskIsToldAndLeavesNothing() throws Exception {
        try (EvidenceFixture full = EvidenceFixture.serving("sharaka.evidence.reserve-megabytes=1000000000")) {
            String own = full.node
                    .service(ApiKeyService.class)
                    .make(
                            Actor.commandLine("test"),
                            new NewApiKey(
                                    "scanner",
                                    Purpose.INVESTIGATION,
                                    Set.of(Permission.EVIDENCE_ADD),
                                    Duration.ofDays(1)))
                    .token();

            HttpResponse<String> answer =
                    send(HttpRequest.newBuilder(URI.create(full.node.console() + "/api/v1/evidence"))
                            .header("Authorization", "Bearer " + own)
                            .header("X-File-Name", "a")
                            .POST(HttpRequest.BodyPublishers.ofString("x")));

            problem(answer, 507, "evidence.disk-full");
            assertThat(full.files()).isEmpty();
            assertThat(full.sql.queryForObject("select count(*) from evidence.item", Long.class))
                    .isZero();
        }
    }

    @Test
    void thePathsOfEvidenceAskForALogIn() throws Exception {
        ItemId id = taken(new byte[10]);
        for (String path : List.of("/evidence", "/evidence/" + id, "/evidence/" + id + "/content")) {
            HttpResponse<InputStream> answer = client.send(
                    HttpRequest.newBuilder(URI.create(node.node.console() + path))
                            .header("Accept", "text/html")
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            assertThat(answer.statusCode()).isEqualTo(302);
            assertThat(answer.headers().firstValue("Location"))
                    .hasValueSatisfying(to -> assertThat(to).endsWith("/login"));
        }
        HttpResponse<String> forged = client.send(
                HttpRequest.newBuilder(URI.create(node.node.console() + "/evidence"))
                        .POST(HttpRequest.BodyPublishers.ofString("x"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(forged.statusCode()).isEqualTo(403);
    }
}
