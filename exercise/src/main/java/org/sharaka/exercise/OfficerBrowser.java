package org.sharaka.exercise;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An officer's browser without a screen: cookies, forms and redirects, no script. */
public final class OfficerBrowser {
    private static final Pattern FORM_TOKEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI console;

    OfficerBrowser(URI console) {
        this.console = console;
    }

    /**
     * An analyst's, behind the log-in of a demo node.
     *
     * @throws IllegalStateException if the node does not let the analyst in
     */
    public static OfficerBrowser loggedIn(URI console) {
        return loggedIn(console, DemoOfficer.ALL.get(0).login());
    }

    /** As {@link #loggedIn(URI)}, another of the demo's officers'. */
    public static OfficerBrowser loggedIn(URI console, String login) {
        OfficerBrowser browser = new OfficerBrowser(console);
        if (!browser.logIn(login, DemoOfficer.PASSWORD, "INVESTIGATION")) {
            throw new IllegalStateException(login + " was not let in");
        }
        return browser;
    }

    /** Fills the log-in form and chooses a purpose. @return whether a page behind the log-in now answers */
    boolean logIn(String login, String password, String purpose) {
        var unusedLogin = post("/login", "/login", Map.of("username", login, "password", password));
        var unusedPurpose = post("/purpose", "/purpose", Map.of("purpose", purpose, "back", "/"));
        HttpResponse<String> page = page("/campaigns");
        return page.statusCode() == 200 && page.uri().getPath().equals("/campaigns");
    }

    public HttpResponse<String> page(String path) {
        return send(HttpRequest.newBuilder(console.resolve(path))
                // A page, or what a page's script asks for.
                .header("Accept", "text/html, application/json")
                .GET());
    }

    /**
     * Sends a form.
     *
     * @param form the page that holds the form, which carries the token against forgery
     */
    HttpResponse<String> post(String form, String path, Map<String, String> fields) {
        Matcher token = FORM_TOKEN.matcher(page(form).body());
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + NodeClient.encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        if (token.find()) body += "&_csrf=" + NodeClient.encoded(token.group(1));
        return send(HttpRequest.newBuilder(console.resolve(path))
                .header("Accept", "text/html")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", console.toString())
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
