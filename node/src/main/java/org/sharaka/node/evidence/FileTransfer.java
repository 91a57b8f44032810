package org.sharaka.node.evidence;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.sharaka.node.access.Actor;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;

/**
 * Files over HTTP. One comes in as the body of a request, so that it is sealed on its way and never lies on the disk in the clear, as
 * the parts of a browser's form would.
 */
final class FileTransfer {
    /** Pictures that browsers show without running anything. */
    static final Set<String> PICTURES = Set.of("image/png", "image/jpeg", "image/gif", "image/webp");

    private static final String NAME = "X-File-Name";
    private static final String OWN_UNIT_ONLY = "X-Own-Unit-Only";

    private FileTransfer() {}

    /** @throws org.sharaka.node.platform.ProblemException as {@link EvidenceService#take} */
    static ItemJson take(EvidenceService evidence, Actor actor, HttpServletRequest request) throws IOException {
        NewItem what = new NewItem(
                name(request),
                Optional.ofNullable(request.getContentType()).orElse(""),
                "true".equals(request.getHeader(OWN_UNIT_ONLY)));
        return ItemJson.of(evidence.take(actor, what, request.getInputStream()));
    }

    /** Headers hold ASCII only, so a name comes percent-encoded. */
    private static String name(HttpServletRequest request) {
        String encoded = Optional.ofNullable(request.getHeader(NAME)).orElse("");
        try {
            return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw EvidenceProblem.BAD_NAME.because(NAME + " is not percent-encoded");
        }
    }

    /** To be saved; the browser neither opens it nor guesses what it is. */
    static void give(ItemContent content, HttpServletResponse response) throws IOException {
        ContentDisposition disposition = ContentDisposition.attachment()
                .filename(content.name(), StandardCharsets.UTF_8)
                .build();
        response.setContentType("application/octet-stream");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, disposition.toString());
        send(content, response);
    }

    /** To be looked at. */
    static void show(ItemContent content, HttpServletResponse response) throws IOException {
        response.setContentType(content.mediaType());
        response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'");
        send(content, response);
    }

    /** With its length, so that one that breaks off on the way does not pass for the whole. */
    private static void send(ItemContent content, HttpServletResponse response) throws IOException {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentLengthLong(content.sizeBytes());
        try (content) {
            content.transferTo(response.getOutputStream());
        } catch (RuntimeException e) {
            // The answer has begun: to break the connection off is the only way left to say so.
            if (response.isCommitted()) throw new IOException(e.getMessage());
            throw e;
        }
    }
}
