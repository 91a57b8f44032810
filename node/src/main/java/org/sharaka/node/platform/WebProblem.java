package org.sharaka.node.platform;

import org.springframework.http.HttpStatusCode;

/** What can be wrong with a request before any module has looked at it, or when one of them failed. */
enum WebProblem implements ProblemType {
    BAD_REQUEST(400),
    FORBIDDEN(403),
    /** The form is older than the session, or was not ours. */
    FORM_EXPIRED(403),
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    NOT_ACCEPTABLE(406),
    CONFLICT(409),
    TOO_LARGE(413),
    UNSUPPORTED_MEDIA_TYPE(415),
    TOO_MANY_REQUESTS(429),
    /** A fault of ours: the log has the rest under the request id. */
    UNEXPECTED(500),
    UNAVAILABLE(503),
    NOT_AUTHENTICATED(401);

    private final int status;

    WebProblem(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }

    static WebProblem of(HttpStatusCode given) {
        for (WebProblem problem : values()) {
            if (problem.status == given.value() && problem != FORM_EXPIRED) return problem;
        }
        return given.is4xxClientError() ? BAD_REQUEST : UNEXPECTED;
    }
}
