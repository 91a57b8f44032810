package org.sharaka.node.exchange.wire;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.node.assembly.SecurityEvents;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.Time;
import org.sharaka.protocol.roster.Member;
import org.sharaka.protocol.transport.Answer;
import org.sharaka.protocol.transport.CollectRequest;
import org.sharaka.protocol.transport.Collection;
import org.sharaka.protocol.transport.Problem;
import org.sharaka.protocol.transport.SignedBytes;
import org.sharaka.protocol.transport.TransportLimits;

/**
 * Calls members. Each answer must come from the member that was meant, within a time and a size; of its addresses the first that
 * answers is taken. Safe for many threads.
 */
public final class PeerClient implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    /** Whoever takes longer to answer than a loaded node does is not waited for by others. */
    private static final Duration SLOW = Duration.ofSeconds(5);

    private final Rosters rosters;
    private final PeerTls tls;
    private final SecurityEvents events;
    private final Clock clock;
    private final Duration patience;
    private final ExecutorService executor;
    private final RosterSeen rosterSeen;
    private final Map<MemberId, Line> lines = new ConcurrentHashMap<>();
    private final Set<MemberId> slow = ConcurrentHashMap.newKeySet();

    private record Line(String mark, HttpClient client) {}

    /** Hears which version of the roster a member has. */
    @FunctionalInterface
    public interface RosterSeen {
        void seen(Member member, long version, PeerClient client);
    }

    /**
     * @param patience how long a request and its answer may take
     * @param rosterSeen told which version of the roster a member has, with every answer
     */
    public PeerClient(
            Rosters rosters,
            PeerTls tls,
            SecurityEvents events,
            Clock clock,
            Duration patience,
            RosterSeen rosterSeen) {
        this.rosters = rosters;
        this.tls = tls;
        this.events = events;
        this.clock = clock;
        this.patience = patience;
        this.executor = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "exchange-http");
            thread.setDaemon(true);
            return thread;
        });
        this.rosterSeen = rosterSeen;
    }

    /** @param messages sealed ones, one after another */
    public Answer deliver(Member to, byte[] messages) throws PeerUnreachableException {
        byte[] body = call(to, WireNames.MESSAGES, Optional.of(messages), WireNames.BYTES, TransportLimits.ANSWER_BYTES)
                .orElseThrow(() -> new PeerUnreachableException(to.id(), "answer-wrong", null));
        try {
            return Answer.parse(body);
        } catch (RefusedException e) {
            throw new PeerUnreachableException(to.id(), "answer-wrong", e);
        }
    }

    public void giveReceipts(Member to, SignedBytes receipts, boolean sealed) throws PeerUnreachableException {
        String path = sealed ? WireNames.SEALED_RECEIPTS : WireNames.RECEIPTS;
        var unused = call(to, path, Optional.of(receipts.der()), WireNames.CMS, TransportLimits.COLLECT_BYTES);
    }

    /** What waits for us there; empty if nothing does. */
    public Optional<Collection> collect(Member from, CollectRequest request) throws PeerUnreachableException {
        Optional<byte[]> body = call(
                from,
                WireNames.COLLECT,
                Optional.of(request.encoded()),
                WireNames.JSON,
                TransportLimits.COLLECTION_BYTES);
        try {
            return body.map(Collection::parse);
        } catch (RefusedException e) {
            throw new PeerUnreachableException(from.id(), "answer-wrong", e);
        }
    }

    /** The next roster file that the member has after a version. */
    public Optional<byte[]> rosterAfter(Member from, long version) throws PeerUnreachableException {
        String path = WireNames.ROSTER + "?" + WireNames.AFTER + version;
        return call(from, path, Optional.empty(), WireNames.JSON, Limits.ROSTER_BYTES);
    }

    public void giveRoster(Member to, byte[] roster) throws PeerUnreachableException {
        var unused = call(to, WireNames.ROSTER, Optional.of(roster), WireNames.JSON, TransportLimits.COLLECT_BYTES);
    }

    /** Asks on a path that another module knows, by POST if there is a body. */
    public Optional<byte[]> ask(Member to, String path, Optional<byte[]> body, int maxBytes)
            throws PeerUnreachableException {
        return call(to, path, body, WireNames.JSON, maxBytes);
    }

    /**
     * A sealed chunk of a file that the member sent us.
     *
     * @param into goes on behind what it holds, and keeps what came if the line breaks
     */
    public void chunk(Member from, String file, int index, ByteBuffer into) throws PeerUnreachableException {
        int held = into.position();
        ChunkBody body = new ChunkBody(into, TransportLimits.COLLECT_BYTES);
        try {
            var unused = call(
                    from,
                    new Ask(
                            chunkPath(file, index),
                            request -> {
                                if (held > 0) request.header("Range", "bytes=" + held + "-");
                            },
                            body,
                            patience.multipliedBy(4)));
        } finally {
            body.end();
        }
    }

    /** Brings a chunk of a file that we sent to the member. */
    public void bring(Member to, String file, int index, byte[] sealed) throws PeerUnreachableException {
        var unused = call(
                to,
                new Ask(
                        chunkPath(file, index),
                        request -> request.header("Content-Type", WireNames.BYTES)
                                .PUT(HttpRequest.BodyPublishers.ofByteArray(sealed)),
                        info -> new BoundedBody(TransportLimits.COLLECT_BYTES),
                        patience.multipliedBy(4)));
    }

    private static String chunkPath(String file, int index) {
        return WireNames.FILES + file + WireNames.CHUNKS + index;
    }

    /** How far the member says that it is with a file that we sent it; nothing of it is verified yet. */
    public SignedBytes fileReport(Member from, String file) throws PeerUnreachableException {
        return call(from, WireNames.FILES + file, Optional.empty(), WireNames.JSON, TransportLimits.FILE_REPORT_BYTES)
                .map(SignedBytes::new)
                .orElseThrow(() -> new PeerUnreachableException(from.id(), "answer-wrong", null));
    }

    /** Says how far we are with a file that the member sent us. */
    public void report(Member to, String file, SignedBytes report) throws PeerUnreachableException {
        var unused = call(
                to, WireNames.FILES + file, Optional.of(report.der()), WireNames.CMS, TransportLimits.COLLECT_BYTES);
    }

    /**
     * What is asked of a member.
     *
     * @param method sets the method, if it is not GET, and headers of its own
     * @param patience for all of it
     */
    private record Ask(
            String path,
            Consumer<HttpRequest.Builder> method,
            HttpResponse.BodyHandler<byte[]> body,
            Duration patience) {}

    private Optional<byte[]> call(Member to, String path, Optional<byte[]> body, String type, int maxBytes)
            throws PeerUnreachableException {
        return call(
                to,
                new Ask(
                        path,
                        request -> body.ifPresent(bytes -> request.header("Content-Type", type)
                                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))),
                        info -> new BoundedBody(maxBytes),
                        patience));
    }

    /** Whether the last call of a member took long, answered or not. What carries a part of a large file is not counted. */
    public boolean slow(MemberId member) {
        return slow.contains(member);
    }

    private Optional<byte[]> call(Member to, Ask ask) throws PeerUnreachableException {
        long begun = System.nanoTime();
        PeerUnreachableException last = new PeerUnreachableException(to.id(), "no-endpoint", null);
        try {
            for (URI endpoint : to.endpoints()) {
                try {
                    return call(to, endpoint, ask);
                } catch (PeerUnreachableException e) {
                    last = e;
                    boolean patient = System.nanoTime() - begun < ask.patience().toNanos();
                    if (!patient || !e.reason().equals("unreachable")) break;
                }
            }
            throw last;
        } finally {
            if (ask.patience().equals(patience)) {
                boolean tookLong = System.nanoTime() - begun > SLOW.toNanos();
                boolean unused = tookLong ? slow.add(to.id()) : slow.remove(to.id());
            }
        }
    }

    private Optional<byte[]> call(Member to, URI endpoint, Ask ask) throws PeerUnreachableException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(endpoint.toString().replaceAll("/$", "") + ask.path()))
                .timeout(ask.patience())
                .header(
                        WireNames.ROSTER_VERSION,
                        Long.toString(rosters.current().version()))
                .header(WireNames.TIME, Time.format(clock.instant()));
        ask.method().accept(request);
        CompletableFuture<HttpResponse<byte[]>> sent = client(to).sendAsync(request.build(), ask.body());
        try {
            return checked(to, sent.get(ask.patience().toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            throw new PeerUnreachableException(to.id(), "unreachable", e.getCause());
        } catch (TimeoutException e) {
            sent.cancel(true);
            throw new PeerUnreachableException(to.id(), "unreachable", e);
        } catch (InterruptedException e) {
            sent.cancel(true);
            Thread.currentThread().interrupt();
            throw new PeerUnreachableException(to.id(), "unreachable", e);
        }
    }

    private Optional<byte[]> checked(Member to, HttpResponse<byte[]> answer) throws PeerUnreachableException {
        requireFrom(to, answer.sslSession());
        answer.headers()
                .firstValue(WireNames.ROSTER_VERSION)
                .filter(version -> version.matches("[0-9]{1,10}"))
                .ifPresent(version -> rosterSeen.seen(to, Long.parseLong(version), this));
        answer.headers().firstValue(WireNames.TIME).ifPresent(time -> noteClock(to, time));
        return switch (answer.statusCode()) {
            case 200, 206 -> Optional.of(answer.body());
            case 204 -> Optional.empty();
            default -> throw new PeerUnreachableException(to.id(), code(answer), null);
        };
    }

    private void noteClock(Member peer, String told) {
        try {
            PeerServlet.noteClock(events, peer, Time.parse(told), clock.instant());
        } catch (RefusedException e) {
            // Not a time: the answer itself is judged for what it is.
        }
    }

    /** A connection lives longer than a roster: the member that answers must be the one that is meant today. */
    private void requireFrom(Member to, Optional<SSLSession> session) throws PeerUnreachableException {
        try {
            Optional<Member> from =
                    session.isPresent() && session.get().getPeerCertificates()[0] instanceof X509Certificate shown
                            ? tls.admit(shown)
                            : Optional.empty();
            if (from.isPresent() && from.get().id().equals(to.id())) return;
        } catch (SSLPeerUnverifiedException e) {
            throw new PeerUnreachableException(to.id(), "another-answered", e);
        }
        throw new PeerUnreachableException(to.id(), "another-answered", null);
    }

    private static String code(HttpResponse<byte[]> answer) {
        try {
            return Problem.parse(answer.body()).code();
        } catch (RefusedException e) {
            return "status-" + answer.statusCode();
        }
    }

    /** One for each member, made anew when the roster or our key changes: who was spoken to before counts no more. */
    private HttpClient client(Member to) {
        String mark = rosters.current().version() + "/"
                + rosters.own().tls().certificate().fingerprint();
        return lines.compute(
                        to.id(),
                        (id, line) -> line != null && line.mark().equals(mark)
                                ? line
                                : new Line(
                                        mark,
                                        HttpClient.newBuilder()
                                                .sslContext(tls.toward(id))
                                                .version(HttpClient.Version.HTTP_1_1)
                                                .connectTimeout(CONNECT)
                                                .followRedirects(HttpClient.Redirect.NEVER)
                                                .executor(executor)
                                                .build()))
                .client();
    }

    /** Breaks off what is under way. */
    @Override
    public void close() {
        executor.shutdownNow();
        lines.clear();
    }
}
