package org.sharaka.node.intake;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/** Reads a request's body up to a limit, so that nobody fills the memory with one. */
final class RequestBody {
    static final int BYTES_MAX = 1 << 20;

    private RequestBody() {}

    /** @throws org.sharaka.node.platform.ProblemException {@link IntakeProblem#BODY_TOO_LARGE} */
    static byte[] read(HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() > BYTES_MAX) throw tooLarge();
        byte[] body = request.getInputStream().readNBytes(BYTES_MAX + 1);
        if (body.length > BYTES_MAX) throw tooLarge();
        return body;
    }

    private static RuntimeException tooLarge() {
        return IntakeProblem.BODY_TOO_LARGE.because("the body is larger than " + BYTES_MAX + " bytes");
    }
}
