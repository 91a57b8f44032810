package org.sharaka.node.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ListenersIT {
    private static TestNode node;

    @BeforeAll
    static void start() {
        node = TestNode.start();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void managementTellsHealthReadinessAndMetrics() throws Exception {
        assertThat(status(node.management(), "/health")).isEqualTo(200);
        assertThat(status(node.management(), "/health/readiness")).isEqualTo(200);
        assertThat(status(node.management(), "/prometheus")).isEqualTo(200);
    }

    private static int status(URI base, String path) throws IOException, InterruptedException {
        try (var client = new Client()) {
            return client.status(base.resolve(path));
        }
    }

    /** The JDK's client is closeable from 21 on only. */
    private static final class Client implements AutoCloseable {
        private final HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();

        int status(URI uri) throws IOException, InterruptedException {
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }

        @Override
        public void close() {}
    }
}
