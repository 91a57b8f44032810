package org.sharaka.node.platform;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.ModelAndView;

/** Turns what controllers throw into an answer, once, for every module. */
@ControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
final class WebProblems {
    private static final Logger LOG = LoggerFactory.getLogger(WebProblems.class);

    private final WebAnswers answers;

    WebProblems(WebAnswers answers) {
        this.answers = answers;
    }

    @ExceptionHandler
    ModelAndView refused(HttpServletRequest request, ProblemException e) {
        return answers.answer(request, e.type(), Optional.ofNullable(e.getMessage()));
    }

    @ExceptionHandler
    ModelAndView failed(HttpServletRequest request, HttpServletResponse response, Exception e) throws Exception {
        // Security's own filters answer these, with a log-in page where that helps.
        if (e instanceof AccessDeniedException || e instanceof AuthenticationException) throw e;
        if (e instanceof ErrorResponse known) {
            WebProblem problem = WebProblem.of(known.getStatusCode());
            if (problem != WebProblem.UNEXPECTED) return answers.answer(request, problem, Optional.empty());
        }
        if (WebErrors.isUnreadable(e)) return answers.answer(request, WebProblem.BAD_REQUEST, Optional.empty());
        if (Outages.isOne(e)) {
            LOG.warn("database not available, request refused", e);
            response.setHeader(HttpHeaders.RETRY_AFTER, "1");
            return answers.answer(request, WebProblem.UNAVAILABLE, Optional.empty());
        }
        LOG.error("request failed", e);
        return answers.answer(request, WebProblem.UNEXPECTED, Optional.empty());
    }
}
