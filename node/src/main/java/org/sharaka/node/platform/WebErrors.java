package org.sharaka.node.platform;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.WebAttributes;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.MissingRequestValueException;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.ModelAndView;

/** Answers what never reached a controller: refused by a filter, or broken in the server itself. */
@Controller
final class WebErrors implements ErrorController {
    private final WebAnswers answers;

    WebErrors(WebAnswers answers) {
        this.answers = answers;
    }

    /** Whether decoding the request failed, which is the sender's fault. */
    static boolean isUnreadable(Exception e) {
        return e instanceof MethodArgumentTypeMismatchException
                || e instanceof InvalidParameterException
                || e instanceof HttpMessageNotReadableException
                || e instanceof MissingRequestValueException;
    }

    @RequestMapping("/error")
    ModelAndView error(HttpServletRequest request) {
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 404;
        boolean formExpired = request.getAttribute(WebAttributes.ACCESS_DENIED_403) instanceof CsrfException;
        WebProblem problem = formExpired ? WebProblem.FORM_EXPIRED : WebProblem.of(HttpStatusCode.valueOf(status));
        return answers.answer(request, problem, Optional.empty());
    }
}
