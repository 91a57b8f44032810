package org.sharaka.node.platform;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.MDC;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * What every answer has, whichever module or error page gives it: a request id that a reader can quote, headers that
 * forbid foreign and inline code, and the switch of language by {@code ?lang=} on any page.
 */
final class WebFilter extends OncePerRequestFilter {
    /** Name of the request attribute and of the logs' field. */
    static final String REQUEST_ID = "request";

    private static final String LANGUAGE = "lang";
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
            + "base-uri 'none'; frame-ancestors 'none'";

    private final Ids ids;
    private final WebLocales locales;

    WebFilter(Ids ids, WebLocales locales) {
        this.ids = ids;
        this.locales = locales;
    }

    static String requestId(HttpServletRequest request) {
        return request.getAttribute(REQUEST_ID) instanceof String id ? id : "";
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String id = ids.random().toString();
        request.setAttribute(REQUEST_ID, id);
        response.setHeader("X-Request-Id", id);
        response.setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        // Not no-referrer: under it browsers send "Origin: null" with a form, and the Origin check would refuse it.
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
        MDC.put(REQUEST_ID, id);
        try {
            Optional<WebLanguage> language = switchTo(request);
            if (language.isPresent()) redirectWithoutSwitch(request, response, language.get());
            else chain.doFilter(request, response);
        } finally {
            MDC.remove(REQUEST_ID);
        }
    }

    private static Optional<WebLanguage> switchTo(HttpServletRequest request) {
        if (!HttpMethod.GET.matches(request.getMethod())) return Optional.empty();
        // A path of two slashes would redirect to another host.
        if (request.getRequestURI().startsWith("//")) return Optional.empty();
        return WebQuery.of(request).value(LANGUAGE).flatMap(WebLanguage::of);
    }

    private void redirectWithoutSwitch(HttpServletRequest request, HttpServletResponse response, WebLanguage language) {
        locales.setLocale(request, response, language.locale());
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader(
                HttpHeaders.LOCATION,
                request.getRequestURI() + WebQuery.of(request).without(LANGUAGE));
    }
}
