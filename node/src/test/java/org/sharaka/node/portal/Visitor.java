package org.sharaka.node.portal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.web.util.HtmlUtils;

/** Somebody with a browser that knows forms and nothing else: no script, no cookie. */
final class Visitor {
    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([a-z]+)\" value=\"([^\"]*)\"");
    private static final Pattern CONTROL =
            Pattern.compile("<(input|textarea|select)\\b[^>]*\\bname=\"([a-z0-9-]+)\"[^>]*>");
    private static final Pattern LEAVE = Pattern.compile("id=\"leave\"[^>]*href=\"([^\"]*)\"");
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Pattern CODES = Pattern.compile("id=\"(reference|code)\"[^>]*>([0-9A-Z-]+)<");

    private final HttpClient client =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private final URI portal;
    private final String language;
    private HttpResponse<String> page;

    Visitor(URI portal, String language) {
        this.portal = portal;
        this.language = language;
    }

    HttpResponse<String> get(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(portal.resolve(path));
        if (headers.length > 0) request.headers(headers);
        return send(request.build());
    }

    /** As browsers do: the form says where it stood. */
    HttpResponse<String> post(String path, Map<String, String> fields) {
        return post(path, fields, "Origin", portal.toString());
    }

    /** With these headers and no others. */
    HttpResponse<String> post(String path, Map<String, String> fields, String... headers) {
        return postBody(path, FORM, encoded(fields), headers);
    }

    /** What no form of ours sends. */
    HttpResponse<String> postBody(String path, String contentType, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(portal.resolve(path))
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) request.headers(headers);
        return send(request.build());
    }

    private static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** Posts a form and keeps the page that it stood on. */
    byte[] download(String path, Map<String, String> fields) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = client.send(
                HttpRequest.newBuilder(portal.resolve(path))
                        .header("Content-Type", FORM)
                        .header("Origin", portal.toString())
                        .POST(HttpRequest.BodyPublishers.ofString(encoded(fields)))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        if (!answer.headers().firstValue("Content-Disposition").orElse("").contains("document.pdf"))
            throw new AssertionError("not a document: " + answer.statusCode());
        return answer.body();
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            page = client.send(request, HttpResponse.BodyHandlers.ofString());
            return page;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Opens the form. */
    Visitor begin() {
        get("/" + language + "/report");
        return this;
    }

    /** Answers a page, by names and values in turn, and presses the main button. */
    Visitor answer(String... answers) {
        return press("next", answers);
    }

    Visitor press(String button, String... answers) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("draft", hidden("draft"));
        fields.put("do", button);
        for (int i = 0; i < answers.length; i += 2) fields.put(answers[i], answers[i + 1]);
        post("/" + language + "/report", fields);
        return this;
    }

    /** From the first page to the last: a false shop, told in a few words. */
    Visitor report(String story) {
        return begin().answer("danger", "no", "money-left", "no")
                .answer("category", "OTHER", "role", "victim")
                .answer("story", story)
                .answer()
                .answer("identity", "anonymous")
                .answer("truth", "yes");
    }

    HttpResponse<String> page() {
        return page;
    }

    String body() {
        return page.body();
    }

    String hidden(String name) {
        Matcher matcher = HIDDEN.matcher(page.body());
        while (matcher.find()) if (matcher.group(1).equals(name)) return HtmlUtils.htmlUnescape(matcher.group(2));
        throw new AssertionError("no hidden field " + name + " in " + page.statusCode() + "\n" + page.body());
    }

    /** Names of what can be filled in or chosen on this page, in their order. */
    Set<String> asked() {
        Set<String> names = new LinkedHashSet<>();
        Matcher matcher = CONTROL.matcher(page.body());
        while (matcher.find()) if (!matcher.group().contains("type=\"hidden\"")) names.add(matcher.group(2));
        return names;
    }

    /** Where "leave now" leads on this page. */
    String leaving() {
        Matcher matcher = LEAVE.matcher(page.body());
        if (!matcher.find()) throw new AssertionError("no way to leave in " + page.statusCode() + "\n" + page.body());
        return HtmlUtils.htmlUnescape(matcher.group(1));
    }

    String reference() {
        return codes().get("reference");
    }

    String code() {
        return codes().get("code");
    }

    private Map<String, String> codes() {
        Map<String, String> found = new LinkedHashMap<>();
        Matcher matcher = CODES.matcher(page.body());
        while (matcher.find()) found.put(matcher.group(1), matcher.group(2));
        if (found.size() != 2) throw new AssertionError("no codes in " + page.statusCode() + "\n" + page.body());
        return found;
    }

    Visitor follow(String reference, String code) {
        post("/" + language + "/follow", Map.of("reference", reference, "code", code));
        return this;
    }

    Visitor write(String kind, String text) {
        post("/" + language + "/write", Map.of("ticket", hidden("ticket"), "kind", kind, "text", text));
        return this;
    }

    /** Everything that a visitor could have been given to keep. */
    List<String> cookies() {
        return new ArrayList<>(page.headers().allValues("Set-Cookie"));
    }
}
