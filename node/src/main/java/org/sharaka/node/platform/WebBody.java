package org.sharaka.node.platform;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/** Reads a request's body up to a limit, so that nobody fills the memory with one. */
public final class WebBody {
    private WebBody() {}

    /** @throws ProblemException 413 for one that is larger */
    public static byte[] read(HttpServletRequest request, int bytesMax) throws IOException {
        if (request.getContentLengthLong() > bytesMax) throw tooLarge(bytesMax);
        byte[] body = request.getInputStream().readNBytes(bytesMax + 1);
        if (body.length > bytesMax) throw tooLarge(bytesMax);
        return body;
    }

    private static ProblemException tooLarge(int bytesMax) {
        return WebProblem.TOO_LARGE.because("the body is larger than " + bytesMax + " bytes");
    }
}
