package org.sharaka.node.exchange.wire;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.roster.Member;
import org.sharaka.protocol.transport.SignedBytes;
import org.sharaka.protocol.transport.TransportLimits;

/**
 * The paths below {@code /v1/files/}. A chunk takes its size of the member's share of memory while it comes or goes, and of one member few
 * do at once.
 */
final class FilePaths {
    private static final Pattern FILE = Pattern.compile(WireNames.FILES + "([0-9a-f]{32})");
    private static final Pattern CHUNK =
            Pattern.compile(WireNames.FILES + "([0-9a-f]{32})" + WireNames.CHUNKS + "(0|[1-9][0-9]{0,4})");
    private static final Pattern FROM = Pattern.compile("bytes=([0-9]{1,7})-");
    /** Chunks of one member on their way at once. */
    private static final int AT_ONCE = 3;

    private final PeerRequests requests;
    private final PeerGate gate;
    private final WireSettings settings;
    private final Map<MemberId, Semaphore> places = new ConcurrentHashMap<>();

    FilePaths(PeerRequests requests, PeerGate gate, WireSettings settings) {
        this.requests = requests;
        this.gate = gate;
        this.settings = settings;
    }

    void carryOut(Member peer, String path, HttpServletRequest request, HttpServletResponse response)
            throws IOException, InterruptedException {
        Matcher file = FILE.matcher(path);
        Matcher chunk = CHUNK.matcher(path);
        String method = request.getMethod();
        if (chunk.matches() && (method.equals("GET") || method.equals("PUT"))) {
            chunk(peer, chunk.group(1), Integer.parseInt(chunk.group(2)), request, response);
        } else if (file.matches() && method.equals("GET")) {
            report(peer, file.group(1), response);
        } else if (file.matches() && method.equals("POST")) {
            reported(peer, file.group(1), request, response);
        } else {
            unknown(response);
        }
    }

    private static void unknown(HttpServletResponse response) throws IOException {
        PeerServlet.problem(response, HttpServletResponse.SC_NOT_FOUND, "unknown-path");
    }

    private void chunk(Member peer, String file, int index, HttpServletRequest request, HttpServletResponse response)
            throws IOException, InterruptedException {
        Semaphore place = places.computeIfAbsent(peer.id(), unused -> new Semaphore(AT_ONCE));
        if (!place.tryAcquire()) {
            PeerServlet.later(response);
            return;
        }
        try {
            if (request.getMethod().equals("GET")) give(peer, file, index, request, response);
            else take(peer, file, index, request, response);
        } finally {
            place.release();
        }
    }

    private void give(Member peer, String file, int index, HttpServletRequest request, HttpServletResponse response)
            throws IOException, InterruptedException {
        if (!gate.reserve(peer.id(), Limits.SEALED_CHUNK_BYTES)) {
            PeerServlet.later(response);
            return;
        }
        try {
            Optional<byte[]> chunk = requests.chunk(peer, file, index);
            int from = from(request);
            if (chunk.isEmpty() || from >= chunk.get().length) {
                unknown(response);
                return;
            }
            byte[] bytes = chunk.get();
            response.setStatus(from == 0 ? HttpServletResponse.SC_OK : HttpServletResponse.SC_PARTIAL_CONTENT);
            if (from > 0)
                response.setHeader("Content-Range", "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length);
            response.setContentType(WireNames.BYTES);
            response.setContentLength(bytes.length - from);
            response.getOutputStream().write(bytes, from, bytes.length - from);
            response.flushBuffer();
            requests.given(peer, file, index);
        } finally {
            gate.release(peer.id(), Limits.SEALED_CHUNK_BYTES);
        }
    }

    /** Where a chunk that broke off goes on. */
    private static int from(HttpServletRequest request) {
        String range = request.getHeader("Range");
        if (range == null) return 0;
        Matcher from = FROM.matcher(range);
        if (!from.matches()) throw Refusal.FIELD_WRONG.because("Range: bytes=N-");
        return Integer.parseInt(from.group(1));
    }

    private void take(Member peer, String file, int index, HttpServletRequest request, HttpServletResponse response)
            throws IOException, InterruptedException {
        if (!lengthFits(request, response, Limits.SEALED_CHUNK_BYTES)) return;
        int size = (int) request.getContentLengthLong();
        if (!gate.reserve(peer.id(), size)) {
            PeerServlet.later(response);
            return;
        }
        try {
            byte[] sealed = PeerServlet.read(request.getInputStream(), size, settings.chunkPatience());
            switch (requests.bring(peer, file, index, sealed)) {
                case KEPT -> response.setStatus(HttpServletResponse.SC_NO_CONTENT);
                case UNKNOWN -> unknown(response);
                case NOT_NOW -> PeerServlet.later(response);
            }
        } finally {
            gate.release(peer.id(), size);
        }
    }

    private void report(Member peer, String file, HttpServletResponse response) throws IOException {
        Optional<SignedBytes> report = requests.fileReport(peer, file);
        if (report.isEmpty()) unknown(response);
        else PeerServlet.give(response, WireNames.CMS, report.get().der());
    }

    private void reported(Member peer, String file, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (!lengthFits(request, response, TransportLimits.FILE_REPORT_BYTES)) return;
        byte[] body =
                PeerServlet.read(request.getInputStream(), (int) request.getContentLengthLong(), settings.patience());
        if (requests.reported(peer, file, new SignedBytes(body))) response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        else unknown(response);
    }

    private static boolean lengthFits(HttpServletRequest request, HttpServletResponse response, int most)
            throws IOException {
        if (request.getHeader("Content-Encoding") != null) {
            PeerServlet.problem(response, HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE, "compressed");
            return false;
        }
        if (request.getContentLengthLong() < 0) {
            PeerServlet.problem(response, HttpServletResponse.SC_LENGTH_REQUIRED, "length-missing");
            return false;
        }
        if (request.getContentLengthLong() > most)
            throw Refusal.TOO_LARGE.because(request.getContentLengthLong() + " bytes");
        return true;
    }
}
