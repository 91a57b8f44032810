package org.sharaka.node.access;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of a browser as these tests need: cookies, forms with their hidden fields, redirects that are not followed. */
final class Browser {
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]* value=\"([^\"]+)\"");

    private final URI node;
    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient client;

    Browser(URI node) {
        this.node = node;
        this.client = HttpClient.newBuilder()
                .cookieHandler(cookies)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    HttpResponse<String> open(String path) {
        return send(HttpRequest.newBuilder(node.resolve(path)).header("Accept", "text/html"));
    }

    /** Opens the page for its token, then sends the form to the path. */
    HttpResponse<String> submit(String page, String path, String... fields) {
        return post(path, token(open(page).body()), fields);
    }

    HttpResponse<String> post(String path, String csrf, String... fields) {
        List<String> form = new ArrayList<>();
        if (!csrf.isEmpty()) form.add("_csrf=" + encode(csrf));
        for (int i = 0; i < fields.length; i += 2) form.add(fields[i] + "=" + encode(fields[i + 1]));
        return send(HttpRequest.newBuilder(node.resolve(path))
                .header("Accept", "text/html")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(String.join("&", form))));
    }

    HttpResponse<String> logIn(String login, String password, String code) {
        return submit("/login", "/login", "username", login, "password", password, "code", code);
    }

    List<HttpCookie> cookies() {
        return cookies.getCookieStore().getCookies();
    }

    String cookie(String name) {
        return cookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse("");
    }

    void plant(String name, String value) {
        HttpCookie cookie = new HttpCookie(name, value);
        cookie.setPath("/");
        cookie.setVersion(0);
        cookies.getCookieStore().add(node, cookie);
    }

    static String token(String page) {
        Matcher token = CSRF.matcher(page);
        return token.find() ? token.group(1) : "";
    }

    static String location(HttpResponse<?> answer) {
        return answer.headers().firstValue("Location").orElse("").replaceAll("^https?://[^/]+", "");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
