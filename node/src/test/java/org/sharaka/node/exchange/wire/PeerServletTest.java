package org.sharaka.node.exchange.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sharaka.protocol.message.SealedMessage;
import org.sharaka.protocol.roster.Member;
import org.sharaka.protocol.transport.CollectRequest;
import org.sharaka.protocol.transport.Collection;
import org.springframework.mock.web.MockHttpServletResponse;

/** What a member asks for counts against its share, whichever path it takes. */
class PeerServletTest {
    private static final WireSettings FIVE_A_SECOND =
            new WireSettings("127.0.0.1", 0, 100, 10, 1_000, 5, 64, Duration.ofSeconds(30));
    private static final Clock STANDING = Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC);

    private static int status(PeerServlet servlet, String path, byte[] body) throws IOException {
        MockHttpServletResponse response = new MockHttpServletResponse();
        servlet.service(Played.request(new String[] {"POST " + path}, body), response);
        return response.getStatus();
    }

    @Test
    void whatIsCollectedCountsLikeWhatIsBrought() throws IOException {
        List<SealedMessage> two = Collection.readMessages(
                ByteBuffer.wrap(
                        Files.readAllBytes(
                                Path.of(
                                        "../protocol/src/test/resources/org/sharaka/protocol/transport/TransportFuzzTestInputs/requests/two"))));
        PeerServlet servlet = Played.servlet(
                new Played.Obliging() {
                    @Override
                    public Collection collect(Member peer, CollectRequest request) {
                        return new Collection(Optional.empty(), false, two);
                    }
                },
                FIVE_A_SECOND,
                STANDING);
        byte[] body = new CollectRequest(Optional.empty()).encoded();

        assertThat(status(servlet, "/v1/collect", body)).isEqualTo(200);
        assertThat(status(servlet, "/v1/collect", body)).isEqualTo(200);
        assertThat(status(servlet, "/v1/collect", body)).isEqualTo(429);
        assertThat(status(servlet, "/v1/receipts", new byte[1]))
                .as("one share for all paths")
                .isEqualTo(429);
    }

    @Test
    void receiptsCountByTheirSize() throws IOException {
        PeerServlet servlet = Played.servlet(new Played.Obliging(), FIVE_A_SECOND, STANDING);

        assertThat(status(servlet, "/v1/receipts", "small".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(204);
        assertThat(status(servlet, "/v1/receipts/sealed", new byte[8 << 10])).isEqualTo(204);
        assertThat(status(servlet, "/v1/receipts", new byte[1])).isEqualTo(429);
    }
}
