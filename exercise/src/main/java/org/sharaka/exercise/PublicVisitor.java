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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A member of the public at the portal, with a browser that knows forms and nothing else. */
public final class PublicVisitor {
    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([a-z]+)\" value=\"([^\"]*)\"");
    private static final Pattern CODES = Pattern.compile("id=\"(reference|code)\"[^>]*>([0-9A-Z-]+)<");

    private static final Duration ONE_ANSWER = Duration.ofSeconds(30);
    private static final long AGAIN_AFTER_MILLIS = 200;

    private final HttpClient client;
    private final URI portal;
    private final String language;
    private final Optional<String> address;
    private final Duration patience;

    /** @param language one of {@code ar fr en es} */
    public PublicVisitor(HttpClient client, URI portal, String language) {
        this(client, portal, language, Optional.empty(), Duration.ZERO);
    }

    private PublicVisitor(HttpClient client, URI portal, String language, Optional<String> address, Duration patience) {
        this.client = client;
        this.portal = portal;
        this.language = language;
        this.address = address;
        this.patience = patience;
    }

    /** The same from elsewhere: a portal that trusts this machine as its proxy believes it. */
    public PublicVisitor from(String otherAddress) {
        return new PublicVisitor(client, portal, language, Optional.of(otherAddress), patience);
    }

    /** The same with a browser that asks again for so long when a page does not come. */
    public PublicVisitor patient(Duration longest) {
        return new PublicVisitor(client, portal, language, address, longest);
    }

    /** What the visitor takes home. */
    public record Paper(String reference, String code) {}

    /** Goes through the whole form. Each page is one request, and {@code seen} hears how many nanoseconds it took. */
    public Paper report(Map<String, String> answers, LongConsumer seen) {
        String page = timed(request("report").build(), seen);
        for (int i = 0; i < 12; i++) {
            HttpRequest next = next(page, answers);
            page = timed(next, seen);
            Optional<Paper> paper = paper(page);
            if (paper.isPresent()) return paper.get();
        }
        throw new IllegalStateException("the form does not end");
    }

    /** As {@link #report}, and sends the last page again, as somebody does who is not sure. @return both papers */
    public List<Paper> reportTwice(Map<String, String> answers) {
        String page = timed(request("report").build(), nanos -> {});
        for (int i = 0; i < 12; i++) {
            HttpRequest next = next(page, answers);
            page = timed(next, nanos -> {});
            Optional<Paper> paper = paper(page);
            if (paper.isPresent())
                return List.of(paper.get(), paper(timed(next, nanos -> {})).orElseThrow());
        }
        throw new IllegalStateException("the form does not end");
    }

    private HttpRequest next(String page, Map<String, String> answers) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("draft", hidden(page, "draft"));
        fields.put("do", "next");
        // Fields of other pages are passed over by the portal.
        fields.putAll(answers);
        fields.put("truth", "yes");
        return form("report", fields);
    }

    private static Optional<Paper> paper(String page) {
        Map<String, String> codes = codes(page);
        return codes.size() == 2
                ? Optional.of(new Paper(codes.getOrDefault("reference", ""), codes.getOrDefault("code", "")))
                : Optional.empty();
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
        HttpRequest.Builder request = HttpRequest.newBuilder(portal.resolve("/" + language + "/" + page))
                .timeout(ONE_ANSWER);
        address.ifPresent(shown -> request.header("X-Forwarded-For", shown));
        return request;
    }

    private HttpRequest form(String page, Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return request(page)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", portal.toString())
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private String timed(HttpRequest request, LongConsumer seen) {
        long begun = System.nanoTime();
        while (true) {
            try {
                HttpResponse<String> answer = send(request);
                if (answer.statusCode() == 200) {
                    seen.accept(System.nanoTime() - begun);
                    return answer.body();
                }
                if (answer.statusCode() < 500 || isOver(begun))
                    throw new IllegalStateException(
                            "the portal answered " + answer.statusCode() + " to " + request.uri());
            } catch (UncheckedIOException e) {
                if (isOver(begun)) throw e;
            }
            pause();
        }
    }

    private boolean isOver(long begun) {
        return System.nanoTime() - begun >= patience.toNanos();
    }

    private static void pause() {
        try {
            Thread.sleep(AGAIN_AFTER_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
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
