package org.sharaka.node.platform;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The query of an address, edited without decoding it: what is kept stays as the browser sent it. */
record WebQuery(List<String> parts) {
    static WebQuery of(HttpServletRequest request) {
        return of(request.getQueryString());
    }

    static WebQuery of(@Nullable String query) {
        if (query == null || query.isEmpty()) return new WebQuery(List.of());
        return new WebQuery(
                Arrays.stream(query.split("&", -1)).filter(p -> !p.isEmpty()).toList());
    }

    Optional<String> value(String name) {
        return parts.stream()
                .filter(part -> part.startsWith(name + "="))
                .map(part -> part.substring(name.length() + 1))
                .findFirst();
    }

    /** The query without a parameter, with its question mark; empty if nothing is left. */
    String without(String name) {
        return withQuestionMark(parts.stream().filter(part -> !isOf(part, name)).toList());
    }

    /** The query with a parameter set to a value that needs no escaping. */
    String with(String name, String value) {
        List<String> others = parts.stream().filter(part -> !isOf(part, name)).collect(Collectors.toList());
        others.add(name + "=" + value);
        return withQuestionMark(others);
    }

    private static boolean isOf(String part, String name) {
        return part.equals(name) || part.startsWith(name + "=");
    }

    private static String withQuestionMark(List<String> parts) {
        return parts.isEmpty() ? "" : "?" + String.join("&", parts);
    }

    /** The path that the reader asked for, also while an error page is being made. */
    static String path(HttpServletRequest request) {
        return request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String original
                ? original
                : request.getRequestURI();
    }

    /** The query that the reader asked with, also while an error page is being made. */
    static WebQuery asked(HttpServletRequest request) {
        if (request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) == null) return of(request);
        return of(request.getAttribute(RequestDispatcher.ERROR_QUERY_STRING) instanceof String query ? query : null);
    }
}
