package org.sharaka.node.exchange.wire;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.sharaka.node.assembly.Learned;
import org.sharaka.node.assembly.SecurityEvent;
import org.sharaka.node.assembly.SecurityEvents;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.Time;
import org.sharaka.protocol.message.SealedMessage;
import org.sharaka.protocol.roster.Member;
import org.sharaka.protocol.transport.CollectRequest;
import org.sharaka.protocol.transport.Collection;
import org.sharaka.protocol.transport.Problem;
import org.sharaka.protocol.transport.SignedBytes;
import org.sharaka.protocol.transport.TransportLimits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The paths that members call, and nothing else. Who calls is asked of the live roster with every request; sizes and rates are
 * checked before a byte of the body is read.
 */
final class PeerServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(PeerServlet.class);
    private static final String CERTIFICATE = "jakarta.servlet.request.X509Certificate";
    private static final Duration SKEW_TOLD = Duration.ofMinutes(2);
    private static final int TOO_MANY_REQUESTS = 429;
    /** About ten receipts: they cost together what a message costs. */
    private static final int BYTES_OF_RECEIPTS = 2 << 10;

    private final transient PeerRequests requests;
    private final transient Function<X509Certificate, Optional<Member>> admit;
    private final transient PeerGate gate;
    private final transient SecurityEvents events;
    private final transient MeterRegistry metrics;
    private final transient WireSettings settings;
    private final transient FilePaths files;
    private final transient Map<String, Long> connections = new ConcurrentHashMap<>();
    private final transient AtomicInteger active = new AtomicInteger();

    /** @param admit who shows this certificate today */
    PeerServlet(
            PeerRequests requests,
            Function<X509Certificate, Optional<Member>> admit,
            PeerGate gate,
            SecurityEvents events,
            MeterRegistry metrics,
            WireSettings settings) {
        this.requests = requests;
        this.admit = admit;
        this.gate = gate;
        this.events = events;
        this.metrics = metrics;
        this.settings = settings;
        this.files = new FilePaths(requests, gate, settings);
    }

    /** Requests that are being answered. */
    int active() {
        return active.get();
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        active.incrementAndGet();
        try {
            Optional<Member> peer = caller(request);
            if (peer.isEmpty()) problem(response, HttpServletResponse.SC_FORBIDDEN, "not-a-member");
            else answer(peer.get(), request, response);
        } finally {
            active.decrementAndGet();
        }
    }

    private Optional<Member> caller(HttpServletRequest request) {
        if (!(request.getAttribute(CERTIFICATE) instanceof X509Certificate[] chain) || chain.length == 0)
            return Optional.empty();
        return admit.apply(chain[0]);
    }

    private void answer(Member peer, HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader(WireNames.ROSTER_VERSION, Long.toString(requests.rosterVersion()));
        response.setHeader(WireNames.TIME, Time.format(requests.now()));
        response.setHeader("Cache-Control", "no-store");
        closeOldConnection(request, response);
        if (!gate.enter(peer.id())) {
            rateExceeded(peer, response);
            return;
        }
        try {
            noteClock(peer, request);
            carryOut(peer, request, response);
        } catch (RefusedException e) {
            refused(peer, response, e);
        } catch (SlowBodyException e) {
            events.report(SecurityEvent.Kind.REQUEST_REFUSED, Optional.of(peer.id()), "too-slow", "");
            problem(response, HttpServletResponse.SC_REQUEST_TIMEOUT, "too-slow");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            later(response);
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("peer", peer.id()).setCause(e).log("a request of a member was not carried out");
            later(response);
        } finally {
            gate.leave(peer.id());
        }
    }

    private void rateExceeded(Member peer, HttpServletResponse response) throws IOException {
        events.report(SecurityEvent.Kind.RATE_EXCEEDED, Optional.of(peer.id()), "", "");
        response.setHeader("Retry-After", "1");
        problem(response, TOO_MANY_REQUESTS, "rate-exceeded");
    }

    static void later(HttpServletResponse response) throws IOException {
        response.setHeader("Retry-After", "5");
        problem(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "not-now");
    }

    private void refused(Member peer, HttpServletResponse response, RefusedException e) throws IOException {
        events.report(
                SecurityEvent.Kind.REQUEST_REFUSED,
                Optional.of(peer.id()),
                e.refusal().code(),
                "");
        problem(
                response,
                e.refusal() == Refusal.TOO_LARGE ? 413 : 422,
                e.refusal().code());
    }

    private void closeOldConnection(HttpServletRequest request, HttpServletResponse response) {
        String id = request.getServletConnection().getConnectionId();
        long now = System.nanoTime();
        long since = connections.computeIfAbsent(id, unused -> now);
        if (now - since > settings.connectionAge().toNanos()) response.setHeader("Connection", "close");
        long oldest = now - settings.longestConnection().toNanos();
        if (connections.size() > settings.connections()) connections.values().removeIf(seen -> seen - oldest < 0);
    }

    private void noteClock(Member peer, HttpServletRequest request) {
        String told = request.getHeader(WireNames.TIME);
        if (told == null) return;
        Instant theirs = Time.parse(told);
        noteClock(events, peer, theirs, requests.now());
        requests.heardFrom(peer, theirs);
    }

    static void noteClock(SecurityEvents events, Member peer, Instant theirs, Instant ours) {
        Duration apart = Duration.between(theirs, ours).abs();
        if (apart.compareTo(SKEW_TOLD) > 0)
            events.report(
                    SecurityEvent.Kind.CLOCK_APART, Optional.of(peer.id()), "", apart.toSeconds() + " seconds apart");
    }

    private void carryOut(Member peer, HttpServletRequest request, HttpServletResponse response)
            throws IOException, InterruptedException {
        String path = request.getRequestURI();
        boolean post = "POST".equals(request.getMethod());
        boolean get = "GET".equals(request.getMethod());
        if (path.startsWith(WireNames.FILES)) files.carryOut(peer, path, request, response);
        else if (path.equals(WireNames.ROSTER) && get) giveRoster(request, response);
        else if (get && requests.bodyLimit(path).isPresent()) other(peer, path, new byte[0], request, response);
        else if (!post || limit(path) == 0) problem(response, HttpServletResponse.SC_NOT_FOUND, "unknown-path");
        else if (request.getHeader("Content-Encoding") != null)
            problem(response, HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE, "compressed");
        else if (request.getContentLengthLong() < 0)
            problem(response, HttpServletResponse.SC_LENGTH_REQUIRED, "length-missing");
        else if (request.getContentLengthLong() > limit(path))
            throw Refusal.TOO_LARGE.because(request.getContentLengthLong() + " bytes");
        else withBody(peer, path, request, response);
    }

    private int limit(String path) {
        return switch (path) {
            case WireNames.MESSAGES -> TransportLimits.BODY_BYTES;
            case WireNames.RECEIPTS -> Limits.SIGNED_BYTES;
            case WireNames.SEALED_RECEIPTS -> Limits.SEALED_BYTES;
            case WireNames.COLLECT -> TransportLimits.COLLECT_BYTES;
            case WireNames.ROSTER -> Limits.ROSTER_BYTES;
            default -> requests.bodyLimit(path).orElse(0);
        };
    }

    private void withBody(Member peer, String path, HttpServletRequest request, HttpServletResponse response)
            throws IOException, InterruptedException {
        int size = (int) request.getContentLengthLong();
        // A collection weighs more than the question for it.
        int weight = path.equals(WireNames.COLLECT) ? 2 * TransportLimits.BATCH_BYTES : size;
        if (!gate.reserve(peer.id(), weight)) {
            later(response);
            return;
        }
        try {
            byte[] body = read(request.getInputStream(), size, settings.patience());
            switch (path) {
                case WireNames.MESSAGES -> messages(peer, body, response);
                case WireNames.RECEIPTS -> receipts(peer, body, false, response);
                case WireNames.SEALED_RECEIPTS -> receipts(peer, body, true, response);
                case WireNames.COLLECT -> collect(peer, body, response);
                case WireNames.ROSTER -> learn(peer, body, response);
                default -> other(peer, path, body, request, response);
            }
        } finally {
            gate.release(peer.id(), weight);
        }
    }

    /** Whole and in time, however few bytes come at once. */
    static byte[] read(InputStream in, int size, Duration patience) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        byte[] body = new byte[size];
        int filled = 0;
        while (filled < size) {
            int read;
            try {
                read = in.read(body, filled, size - filled);
            } catch (IOException e) {
                if (timedOut(e)) throw new SlowBodyException();
                throw e;
            }
            if (read < 0) throw Refusal.FIELD_MISSING.because("the body is cut off");
            filled += read;
            if (filled < size && System.nanoTime() - end > 0) throw new SlowBodyException();
        }
        return body;
    }

    /** Tomcat tells of a reader that waited too long as if the other side had left. */
    private static boolean timedOut(IOException e) {
        return e instanceof SocketTimeoutException || e.getCause() instanceof SocketTimeoutException;
    }

    private void messages(Member peer, byte[] body, HttpServletResponse response) throws IOException {
        List<SealedMessage> sealed = Collection.readMessages(ByteBuffer.wrap(body));
        if (!gate.take(peer.id(), sealed.size())) {
            rateExceeded(peer, response);
            return;
        }
        metrics.counter("sharaka.exchange.brought").increment(sealed.size());
        give(response, WireNames.JSON, requests.messages(peer, sealed).encoded());
    }

    private void receipts(Member peer, byte[] body, boolean sealed, HttpServletResponse response) throws IOException {
        if (!gate.take(peer.id(), 1 + body.length / BYTES_OF_RECEIPTS)) {
            rateExceeded(peer, response);
            return;
        }
        requests.receipts(peer, new SignedBytes(body), sealed);
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    private void collect(Member peer, byte[] body, HttpServletResponse response) throws IOException {
        if (!gate.take(peer.id(), 1)) {
            rateExceeded(peer, response);
            return;
        }
        Collection collection = requests.collect(peer, CollectRequest.parse(body));
        gate.owe(peer.id(), collection.messages().size()); // Each was sealed for it.
        if (collection.isEmpty()) response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        else give(response, WireNames.BYTES, collection.encoded());
    }

    private void giveRoster(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String query = Optional.ofNullable(request.getQueryString()).orElse("");
        if (!query.matches("after=[0-9]{1,10}")) throw Refusal.FIELD_WRONG.because("after=VERSION");
        Optional<SignedBytes> next = requests.rosterAfter(Long.parseLong(query.substring(WireNames.AFTER.length())));
        if (next.isEmpty()) response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        else give(response, WireNames.JSON, next.get().der());
    }

    private void learn(Member peer, byte[] body, HttpServletResponse response) throws IOException {
        Learned learned = requests.learn(peer, body);
        if (learned.refusal().isPresent())
            problem(response, 422, learned.refusal().get().code());
        else response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    private void other(Member peer, String path, byte[] body, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String query = Optional.ofNullable(request.getQueryString()).orElse("");
        byte[] answer = requests.answer(peer, path, query, body);
        if (answer.length == 0) response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        else give(response, WireNames.JSON, answer);
    }

    static void give(HttpServletResponse response, String type, byte[] body) throws IOException {
        response.setContentType(type);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    static void problem(HttpServletResponse response, int status, String code) throws IOException {
        response.setStatus(status);
        // What is left of the body is not read: the connection ends with the answer.
        response.setHeader("Connection", "close");
        give(response, WireNames.JSON, new Problem(code).encoded());
    }

    private static final class SlowBodyException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
