package org.sharaka.node.exchange.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sharaka.node.FuzzInputs;
import org.sharaka.protocol.transport.Problem;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/**
 * Requests as a member may write them: a line with method and address, header lines, an empty line, the body. Whatever it writes is
 * answered by a status that docs/protocol.md section 15.2 lists.
 */
class WireFuzzTest {
    private static final Set<Integer> STATUS = Set.of(200, 204, 206, 404, 411, 413, 415, 422);
    private static final WireSettings SETTINGS =
            new WireSettings("127.0.0.1", 0, 100, 10, 1_000_000_000, 1_000_000_000, 64, Duration.ofSeconds(30));
    private static final PeerServlet SERVLET = Played.servlet(new Played.Obliging(), SETTINGS, Clock.systemUTC());

    @FuzzTest(maxDuration = "2m")
    void requests(byte[] bytes) throws IOException {
        int end = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\n\n");
        String head = new String(bytes, 0, Math.max(end, 0), StandardCharsets.ISO_8859_1);
        byte[] body = end < 0 ? new byte[0] : Arrays.copyOfRange(bytes, end + 2, bytes.length);
        MockHttpServletRequest request = Played.request(head.split("\n", -1), body);
        MockHttpServletResponse response = new MockHttpServletResponse();

        SERVLET.service(request, response);

        if (!STATUS.contains(response.getStatus())) throw new AssertionError("status " + response.getStatus());
        if (response.getStatus() >= 400
                && Problem.parse(response.getContentAsByteArray()).code().isEmpty())
            throw new AssertionError("a refusal without a code");
    }

    @Test
    void changedRequestsAreAnsweredAsTheProtocolSays() {
        FuzzInputs.changed(WireFuzzTest.class, "requests", bytes -> {
            try {
                requests(bytes);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }
}
