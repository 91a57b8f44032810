package org.sharaka.node.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.sharaka.node.platform.ProblemException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Reads {@code Authorization: Bearer shk_…}, or {@code ApiKey shk_…} as clients of the OpenSanctions API write it. A request without it goes on
 * and is refused where a log-in is needed.
 */
final class ApiKeyFilter extends OncePerRequestFilter {
    /** A client may say what it asks for; it must be what the key was made for. */
    static final String PURPOSE_HEADER = "Sharaka-Purpose";

    private static final List<String> SCHEMES = List.of("Bearer ", "ApiKey ");

    private final ApiKeyService keys;
    private final HandlerExceptionResolver problems;

    ApiKeyFilter(ApiKeyService keys, HandlerExceptionResolver problems) {
        this.keys = keys;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<String> header = Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION))
                .filter(text ->
                        SCHEMES.stream().anyMatch(scheme -> text.regionMatches(true, 0, scheme, 0, scheme.length())));
        try {
            if (header.isPresent()) {
                Actor actor = keys.authenticate(
                        header.get().substring(header.get().indexOf(' ') + 1).strip());
                requireSamePurpose(request, actor);
                SecurityContextHolder.getContext().setAuthentication(new ApiKeyAuthentication(actor));
            }
        } catch (ProblemException e) {
            if (e.type() == AccessProblem.NOT_AUTHENTICATED) response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            answer(problems, request, response, e);
            return;
        }
        chain.doFilter(request, response);
    }

    /** A filter stands before the servlet that would write what the resolver found. */
    static void answer(
            HandlerExceptionResolver problems,
            HttpServletRequest request,
            HttpServletResponse response,
            ProblemException e)
            throws IOException, ServletException {
        ModelAndView answer = problems.resolveException(request, response, null, e);
        if (answer == null || answer.getView() == null) {
            response.sendError(e.type().status());
            return;
        }
        response.setStatus(e.type().status());
        try {
            answer.getView().render(answer.getModel(), request, response);
        } catch (IOException | RuntimeException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new ServletException(failure);
        }
    }

    private static void requireSamePurpose(HttpServletRequest request, Actor actor) {
        String stated = request.getHeader(PURPOSE_HEADER);
        if (stated != null && !stated.equals(actor.requirePurpose().name())) {
            throw AccessProblem.PURPOSE_MISMATCH.because("the key was made for " + actor.requirePurpose());
        }
    }
}
