package org.sharaka.node.platform;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.resource.ResourceUrlProvider;
import org.springframework.web.servlet.resource.ResourceUrlProviderExposingInterceptor;
import tools.jackson.databind.json.JsonMapper;

/** Writes a refusal or failure: a page in the reader's language for people, RFC 9457 for programs. */
final class WebAnswers {
    /** RFC 4151; the code follows. Stable: clients compare it. */
    private static final String TYPE = "tag:sharaka.org,2026:problem/";

    private final WebMessages messages;
    private final JsonMapper json;
    private final ResourceUrlProvider assets;

    WebAnswers(WebMessages messages, JsonMapper json, ResourceUrlProvider assets) {
        this.messages = messages;
        this.json = json;
        this.assets = assets;
    }

    ModelAndView answer(HttpServletRequest request, ProblemType problem, Optional<String> detail) {
        Locale locale = WebLocales.language(request).locale();
        // Spring exposes it only where a handler was found; the error page's style sheet needs its hashed address too.
        request.setAttribute(ResourceUrlProviderExposingInterceptor.RESOURCE_URL_PROVIDER_ATTR, assets);
        String title = messages.find("problem." + problem.code(), locale).orElse(problem.code());
        ModelAndView answer = wantsPage(request)
                ? new ModelAndView("platform/error")
                        .addObject("title", title)
                        .addObject("help", help(problem, locale))
                        .addObject("status", problem.status())
                : new ModelAndView(new ProblemJson(json, body(request, problem, title, detail)));
        answer.setStatus(HttpStatusCode.valueOf(problem.status()));
        return answer;
    }

    private @Nullable String help(ProblemType problem, Locale locale) {
        return messages.find("problem." + problem.code() + ".help", locale).orElse(null);
    }

    private static Map<String, Object> body(
            HttpServletRequest request, ProblemType problem, String title, Optional<String> detail) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", TYPE + problem.code());
        body.put("title", title);
        body.put("status", problem.status());
        detail.ifPresent(text -> body.put("detail", text));
        body.put(
                "instance",
                URI.create("urn:uuid:" + WebFilter.requestId(request)).toString());
        return body;
    }

    /** Programs ask under /api or without naming HTML; a browser names it. */
    private static boolean wantsPage(HttpServletRequest request) {
        if (WebQuery.path(request).startsWith("/api/")) return false;
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        if (accept == null) return false;
        try {
            List<MediaType> asked = MediaType.parseMediaTypes(accept);
            return asked.stream().anyMatch(type -> !type.isWildcardType() && type.includes(MediaType.TEXT_HTML));
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }

    private record ProblemJson(JsonMapper json, Map<String, Object> body) implements View {
        @Override
        public String getContentType() {
            return MediaType.APPLICATION_PROBLEM_JSON_VALUE;
        }

        @Override
        public void render(@Nullable Map<String, ?> model, HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.getOutputStream().write(json.writeValueAsBytes(body));
        }
    }
}
