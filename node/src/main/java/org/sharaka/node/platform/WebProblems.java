package org.sharaka.node.platform;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
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
    ModelAndView failed(HttpServletRequest request, Exception e) throws Exception {
        // Security's own filters answer these, with a log-in page where that helps.
        if (e instanceof AccessDeniedException || e instanceof AuthenticationException) throw e;
        if (e instanceof ErrorResponse response) {
            WebProblem problem = WebProblem.of(response.getStatusCode());
            if (problem != WebProblem.UNEXPECTED) return answers.answer(request, problem, Optional.empty());
        }
        if (WebErrors.isUnreadable(e)) return answers.answer(request, WebProblem.BAD_REQUEST, Optional.empty());
        LOG.error("request failed", e);
        return answers.answer(request, WebProblem.UNEXPECTED, Optional.empty());
    }
}
