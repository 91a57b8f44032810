package org.sharaka.node.portal;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.platform.WebLanguage;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * What every answer of the portal has: the language of its address, no trace in any cache, no cookie, and no ear for forms
 * of other sites. Without a session a stranger's page could still make a browser hand something in, under a draft whose
 * reference and code the stranger knows; so the browser must say where a form stood: Origin, Fetch Metadata, or, in old ones
 * and text browsers, Referer.
 */
final class PortalFilter extends OncePerRequestFilter {
    private static final String ASSETS = "/assets/";
    private static final String OWN_ASSETS = "/assets/portal";
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    /** More than the longest answers of one page and the draft of all others, in the longest encoding. */
    private static final long BYTES_MAX = 2_000_000;

    private final String origin;

    /** @param origin what the public types; blank for what browsers say */
    PortalFilter(String origin) {
        this.origin = origin;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = request.getRequestURI();
        language(request, path).useFor(request);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        if (request.isSecure()) response.setHeader("Strict-Transport-Security", "max-age=31536000");
        if (path.startsWith(ASSETS)) {
            if (path.startsWith(OWN_ASSETS)) chain.doFilter(request, response);
            else response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store, max-age=0");
        response.setHeader("X-Robots-Tag", "noarchive");
        String query = request.getQueryString();
        if (query != null && ("&" + query).contains("&lang=")) {
            // The shell's switch of language would set a cookie; here the address names the language.
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        if ("POST".equals(request.getMethod()) && !ofBearableLength(request)) {
            response.sendError(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
            return;
        }
        boolean form = "POST".equals(request.getMethod()) && !path.startsWith(PortalApi.PREFIX);
        if (form && !ofOurOwn(request)) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        chain.doFilter(form && PostedForm.is(request) ? PostedForm.read(request) : request, response);
    }

    private static WebLanguage language(HttpServletRequest request, String path) {
        String first = path.length() >= 3 ? path.substring(1, 3) : "";
        boolean whole = path.length() == 3 || (path.length() > 3 && path.charAt(3) == '/');
        return WebLanguage.of(whole ? first : "")
                .orElseGet(() -> request.getHeader(HttpHeaders.ACCEPT_LANGUAGE) == null
                        ? WebLanguage.ARABIC
                        : WebLanguage.preferred(Collections.list(request.getLocales())));
    }

    /** Browsers always say how long a form is; who does not is no browser. */
    private static boolean ofBearableLength(HttpServletRequest request) {
        long length = request.getContentLengthLong();
        return length >= 0 && length <= BYTES_MAX;
    }

    private boolean ofOurOwn(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !OWN_SITES.contains(site)) return false;
        String from = request.getHeader(HttpHeaders.ORIGIN);
        if (from != null) return from.equals(own(request));
        String page = request.getHeader(HttpHeaders.REFERER);
        return page == null ? site != null : page.startsWith(own(request) + "/");
    }

    private @Nullable String own(HttpServletRequest request) {
        if (!origin.isBlank()) return origin;
        String host = request.getHeader(HttpHeaders.HOST);
        return host == null ? null : request.getScheme() + "://" + host;
    }
}
