package org.sharaka.node.exchange.wire;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.ServletConnection;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.sharaka.node.assembly.Learned;
import org.sharaka.node.assembly.TestNetwork;
import org.sharaka.node.assembly.UnstoredEvents;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.cms.KeyUse;
import org.sharaka.protocol.cms.SignedData;
import org.sharaka.protocol.message.SealedMessage;
import org.sharaka.protocol.roster.Member;
import org.sharaka.protocol.roster.SignedRoster;
import org.sharaka.protocol.transport.Answer;
import org.sharaka.protocol.transport.CollectRequest;
import org.sharaka.protocol.transport.Collection;
import org.sharaka.protocol.transport.SignedBytes;
import org.springframework.mock.web.MockHttpServletRequest;

/** Requests and an obliging node behind them, for tests of the servlet without a network. */
final class Played {
    private static final Member PEER =
            TestNetwork.of("xb").current().roster().members().get(0);
    private static final X509Certificate SHOWN = shown();

    private Played() {}

    static PeerServlet servlet(PeerRequests requests, WireSettings settings, Clock clock) {
        return new PeerServlet(
                requests,
                certificate -> Optional.of(PEER),
                new PeerGate(settings, clock),
                UnstoredEvents.gather(clock),
                new SimpleMeterRegistry(),
                settings);
    }

    private static X509Certificate shown() {
        try {
            return (X509Certificate) java.security.cert.CertificateFactory.getInstance("X.509")
                    .generateCertificate(new java.io.ByteArrayInputStream(
                            PEER.certificates().get(KeyUse.TLS).get(0).der()));
        } catch (java.security.cert.CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param lines method and address, then headers */
    static MockHttpServletRequest request(String[] lines, byte[] body) {
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
    static class Obliging implements PeerRequests {
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
        public Optional<SignedBytes> fileReport(Member peer, String file) {
            return Optional.of(new SignedBytes(new byte[2]));
        }

        @Override
        public boolean reported(Member peer, String file, SignedBytes report) {
            return SignedData.parse(report.der()).content().length > 0;
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
}
