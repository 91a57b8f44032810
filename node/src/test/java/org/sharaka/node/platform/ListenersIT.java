package org.sharaka.node.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenersIT {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

    private static TestNode node;

    @BeforeAll
    static void start() {
        node = TestNode.start();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/liveness", "/health/readiness", "/prometheus"})
    void managementTellsHealthAndMetrics(String path) throws Exception {
        assertThat(answer(node.management(), path).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/readiness", "/prometheus", "/actuator", "/actuator/prometheus"})
    void theConsoleKnowsNothingOfManagement(String path) throws Exception {
        HttpResponse<String> answer = answer(node.console(), path);

        assertThat(answer.statusCode()).isNotEqualTo(200);
        assertThat(answer.body()).doesNotContain("\"UP\"", "jvm_memory");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/login", "/reports", "/campaigns", "/audit", "/api/v1/reports", "/assets/sharaka.css"})
    void managementKnowsNothingOfTheConsole(String path) throws Exception {
        assertThat(answer(node.management(), path).statusCode()).isIn(404, 405);
    }

    @Test
    void managementShowsNoEndpointThatWasNotChosen() throws Exception {
        for (String path : new String[] {"/env", "/beans", "/heapdump", "/loggers", "/configprops", "/shutdown"})
            assertThat(answer(node.management(), path).statusCode()).as(path).isEqualTo(404);
    }

    @Test
    void bothListenOnLoopbackOnly() throws Exception {
        assertThat(node.home().resolve("listeners.properties"))
                .content()
                .contains("console=" + node.console(), "management=" + node.management());
        assertThat(Files.readString(node.home().resolve("sharaka.properties"))).contains("#console.address=127.0.0.1");
    }

    private static HttpResponse<String> answer(URI base, String path) throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(base.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
