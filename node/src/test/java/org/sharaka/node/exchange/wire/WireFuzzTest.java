package org.sharaka.node.exchange.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.ServletConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sharaka.node.FuzzInputs;
import org.sharaka.node.assembly.Learned;
import org.sharaka.node.assembly.TestNetwork;
import org.sharaka.node.assembly.UnstoredEvents;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.cms.KeyUse;
import org.sharaka.protocol.message.SealedMessage;
import org.sharaka.protocol.roster.Member;
import org.sharaka.protocol.roster.SignedRoster;
import org.sharaka.protocol.transport.Answer;
import org.sharaka.protocol.transport.CollectRequest;
import org.sharaka.protocol.transport.Collection;
import org.sharaka.protocol.transport.FileReport;
import org.sharaka.protocol.transport.Problem;
import org.sharaka.protocol.transport.SignedBytes;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/**
 * Requests as a member may write them: a line with method and address, header lines, an empty line, the body. Whatever it writes is
 * answered by a status that docs/protocol.md section 15.2 lists.
 */
class WireFuzzTest {
    private static final Set<Integer> STATUS = Set.of(200, 204, 206, 404, 411, 413, 415, 422);
    private static final WireSettings SETTINGS = new WireSettings(
            "127.0.0.1", 0, 100, 10, 1_000_000_000, 1_000_000_000, 64, Duration.ofSeconds(30));
    private static final Member PEER =
            TestNetwork.of("xb").current().roster().members().get(0);
    private static final X509Certificate SHOWN = shown();
    private static final PeerServlet SERVLET = new PeerServlet(
            new Obliging(),
            certificate -> Optional.of(PEER),
            new PeerGate(SETTINGS, Clock.systemUTC()),
            UnstoredEvents.gather(Clock.systemUTC()),
            new SimpleMeterRegistry(),
            SETTINGS);

    private static X509Certificate shown() {
        try {
            return (X509Certificate) java.security.cert.CertificateFactory.getInstance("X.509")
                    .generateCertificate(new java.io.ByteArrayInputStream(
                            PEER.certificates().get(KeyUse.TLS).get(0).der()));
        } catch (java.security.cert.CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    @FuzzTest(maxDuration = "2m")
    void requests(byte[] bytes) throws IOException {
        int end = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\n\n");
        String head = new String(bytes, 0, Math.max(end, 0), StandardCharsets.ISO_8859_1);
        byte[] body = end < 0 ? new byte[0] : Arrays.copyOfRange(bytes, end + 2, bytes.length);
        MockHttpServletRequest request = request(head.split("\n", -1), body);
        MockHttpServletResponse response = new MockHttpServletResponse();

        SERVLET.service(request, response);

        if (!STATUS.contains(response.getStatus())) throw new AssertionError("status " + response.getStatus());
        if (response.getStatus() >= 400
                && Problem.parse(response.getContentAsByteArray()).code().isEmpty())
            throw new AssertionError("a refusal without a code");
    }

    private static MockHttpServletRequest request(String[] lines, byte[] body) {
        String[] first = lines[0].split(" ", 2);
        String[] address = (first.length < 2 ? "" : first[1]).split("\\?", 2);
        MockHttpServletRequest request = new Connected(first[0], address[0]);
        if (address.length > 1) request.setQueryString(address[1]);
        boolean length = true;
        for (String line : Arrays.asList(lines).subList(1, lines.length)) {
            String[] header = line.split(": ", 2);
            if (header[0].equals("No-Length")) length = false;
            else if (header.length == 2 && !header[0].isEmpty() && !header[0].equalsIgnoreCase("Content-Length"))
                request.addHeader(header[0], header[1]);
        }
        if (length) request.setContent(body);
        request.setAttribute("jakarta.servlet.request.X509Certificate", new X509Certificate[] {SHOWN});
        return request;
    }

    private static final class Connected extends MockHttpServletRequest {
        private Connected(String method, String path) {
            super(method, path);
        }

        @Override
        public ServletConnection getServletConnection() {
            return new ServletConnection() {
                @Override
                public String getConnectionId() {
                    return "1";
                }

                @Override
                public String getProtocol() {
                    return "http/1.1";
                }

                @Override
                public String getProtocolConnectionId() {
                    return "";
                }

                @Override
                public boolean isSecure() {
                    return true;
                }
            };
        }
    }

    /** Has what is asked for, whatever it is; what the other modules make of it is not looked at here. */
    private static final class Obliging implements PeerRequests {
        @Override
        public Answer messages(Member peer, List<SealedMessage> messages) {
            return new Answer(Optional.empty(), List.of());
        }

        @Override
        public void receipts(Member peer, SignedBytes receipts, boolean sealed) {}

        @Override
        public Collection collect(Member peer, CollectRequest request) {
            return new Collection(Optional.empty(), false, List.of());
        }

        @Override
        public Optional<SignedBytes> rosterAfter(long version) {
            return version == 1 ? Optional.of(new SignedBytes(new byte[2])) : Optional.empty();
        }

        @Override
        public Learned learn(Member peer, byte[] roster) {
            var unused = SignedRoster.parse(roster);
            return new Learned(false, Optional.empty());
        }

        @Override
        public OptionalInt bodyLimit(String path) {
            return path.equals("/v1/head") ? OptionalInt.of(100) : OptionalInt.empty();
        }

        @Override
        public byte[] answer(Member peer, String path, String query, byte[] body) {
            return body;
        }

        @Override
        public Optional<byte[]> chunk(Member peer, String file, int index) {
            return Optional.of(new byte[Math.min(index, Limits.SEALED_CHUNK_BYTES)]);
        }

        @Override
        public void given(Member peer, String file, int index) {}

        @Override
        public Optional<FileReport> fileReport(Member peer, String file) {
            return Optional.of(new FileReport(FileReport.State.ARRIVING, 0, 1));
        }

        @Override
        public boolean reported(Member peer, String file, FileReport report) {
            return report.state().last();
        }

        @Override
        public Kept bring(Member peer, String file, int index, byte[] sealed) {
            return index == 0 ? Kept.KEPT : Kept.UNKNOWN;
        }

        @Override
        public long rosterVersion() {
            return 1;
        }

        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public void heardFrom(Member peer, Instant itsClock) {}
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
