package org.sharaka.node.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.platform.ProblemException;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.view.RedirectView;
import org.springframework.web.util.UriComponentsBuilder;

/** A page that needs a purpose asks for it, then goes on; programs are told the problem. */
final class AskedForFirst implements HandlerExceptionResolver, Ordered {
    @Override
    public int getOrder() {
        return -1;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception e) {
        boolean purpose = e instanceof ProblemException problem && problem.type() == AccessProblem.PURPOSE_MISSING;
        boolean page = Optional.ofNullable(request.getHeader(HttpHeaders.ACCEPT))
                .map(accept -> accept.contains(MediaType.TEXT_HTML_VALUE))
                .orElse(false);
        if (!purpose || !page || request.getRequestURI().startsWith("/api/")) return null;
        String here =
                request.getRequestURI() + (request.getQueryString() == null ? "" : "?" + request.getQueryString());
        // What a form wanted to do cannot be repeated from here: its page can.
        String back = "GET".equals(request.getMethod()) ? here : "/";
        String to = UriComponentsBuilder.fromPath("/purpose")
                .queryParam("back", "{back}")
                .encode()
                .buildAndExpand(back)
                .toUriString();
        return new ModelAndView(new RedirectView(to));
    }
}
