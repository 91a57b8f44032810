package org.sharaka.exercise;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A member of the public at the portal, with a browser that knows forms and nothing else. */
public final class PublicVisitor {
    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([a-z]+)\" value=\"([^\"]*)\"");
    private static final Pattern CODES = Pattern.compile("id=\"(reference|code)\"[^>]*>([0-9A-Z-]+)<");

    private final HttpClient client;
    private final URI portal;
    private final String language;

    /** @param language one of {@code ar fr en es} */
    public PublicVisitor(HttpClient client, URI portal, String language) {
        this.client = client;
        this.portal = portal;
        this.language = language;
    }

    /** What the visitor takes home. */
    public record Paper(String reference, String code) {}

    /** Goes through the whole form. Each page is one request, and {@code seen} hears how many nanoseconds it took. */
    public Paper report(Map<String, String> answers, java.util.function.LongConsumer seen) {
        String page = timed(request("report").build(), seen);
        for (int i = 0; i < 12; i++) {
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("draft", hidden(page, "draft"));
            fields.put("do", "next");
            // Fields of other pages are passed over by the portal.
            fields.putAll(answers);
            fields.put("truth", "yes");
            page = timed(form("report", fields), seen);
            Map<String, String> codes = codes(page);
            if (codes.size() == 2)
                return new Paper(codes.getOrDefault("reference", ""), codes.getOrDefault("code", ""));
        }
        throw new IllegalStateException("the form does not end");
    }

    /** The mailbox page as a reader sees it. */
    public String mailbox(Paper paper) {
        return timed(form("follow", Map.of("reference", paper.reference(), "code", paper.code())), nanos -> {});
    }

    /** Tries a code. @return the answer's status */
    public int tryCode(String reference, String code) {
        return send(form("follow", Map.of("reference", reference, "code", code)))
                .statusCode();
    }

    private HttpRequest.Builder request(String page) {
        return HttpRequest.newBuilder(portal.resolve("/" + language + "/" + page))
                .timeout(Duration.ofSeconds(30));
    }

    private HttpRequest form(String page, Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return request(page)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private String timed(HttpRequest request, java.util.function.LongConsumer seen) {
        long begun = System.nanoTime();
        HttpResponse<String> answer = send(request);
        seen.accept(System.nanoTime() - begun);
        if (answer.statusCode() != 200)
            throw new IllegalStateException("the portal answered " + answer.statusCode() + " to " + request.uri());
        return answer.body();
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static String hidden(String page, String name) {
        Matcher matcher = HIDDEN.matcher(page);
        while (matcher.find()) if (matcher.group(1).equals(name)) return matcher.group(2);
        throw new IllegalStateException("the page has no field " + name);
    }

    private static Map<String, String> codes(String page) {
        Map<String, String> found = new LinkedHashMap<>();
        Matcher matcher = CODES.matcher(page);
        while (matcher.find()) found.put(matcher.group(1), matcher.group(2));
        return found;
    }
}
