package org.sharaka.node.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The shell alone on a real server: no database, no log-in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebShellTest {
    private ConfigurableApplicationContext node;
    private URI base;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    void start() {
        node = new SpringApplicationBuilder(Shell.class)
                .web(WebApplicationType.SERVLET)
                .properties(
                        "server.port=0",
                        "server.address=127.0.0.1",
                        "spring.web.resources.add-mappings=false",
                        // No database stands behind the bare shell.
                        "management.endpoint.health.validate-group-membership=false",
                        "spring.main.banner-mode=off")
                .run();
        int port = ((WebServerApplicationContext) node).getWebServer().getPort();
        base = URI.create("http://127.0.0.1:" + port);
    }

    @AfterAll
    void stop() {
        if (node != null) node.close();
    }

    @ParameterizedTest
    @EnumSource(WebLanguage.class)
    void aMissingPageIsToldInTheReadersLanguage(WebLanguage language) throws Exception {
        HttpResponse<String> answer = get("/nowhere", "Accept", "text/html", "Accept-Language", language.code());

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body())
                .contains("<html lang=\"" + language.code() + "\" dir=\"" + language.direction() + "\"")
                .contains(WebMessages.fromClasspath()
                        .find("problem.web.not-found", language.locale())
                        .orElseThrow())
                .contains(answer.headers().firstValue("X-Request-Id").orElseThrow())
                .doesNotContain("??");
    }

    @Test
    void aProgramIsToldByProblemJson() throws Exception {
        HttpResponse<String> answer = get("/api/v1/refused", "Accept", "text/html", "Accept-Language", "fr");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        assertThat(answer.body())
                .contains("\"type\":\"tag:sharaka.org,2026:problem/web.conflict\"")
                .contains("\"title\":\"Quelqu’un d’autre")
                .contains("\"detail\":\"thing 7\"")
                .contains("urn:uuid:"
                        + answer.headers().firstValue("X-Request-Id").orElseThrow());
    }

    @Test
    void aFaultShowsItsRequestIdAndNothingOfItsCause() throws Exception {
        HttpResponse<String> answer = get("/broken", "Accept", "text/html");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("Something failed on our side").doesNotContain("the secret of the fault");
    }

    @Test
    void anUnreadableValueIsTheSendersFault() throws Exception {
        assertThat(get("/number/seven", "Accept", "text/html").statusCode()).isEqualTo(400);
        assertThat(get("/broken", "Accept", "no media type").statusCode()).isEqualTo(500);
    }

    @ParameterizedTest
    @CsvSource({
        "/nowhere?lang=ar,               /nowhere",
        "/nowhere?a=1&lang=fr&b=%3C2%3E, /nowhere?a=1&b=%3C2%3E",
    })
    void theLanguageSwitchKeepsThePage(String from, String to) throws Exception {
        HttpResponse<String> answer = get(from, "Accept", "text/html");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains(to);
        assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow()).contains("lang=", "SameSite=Lax");
    }

    @Test
    void theLanguageSwitchLeadsToNoOtherHost() throws Exception {
        HttpResponse<String> answer = get("//elsewhere.example/?lang=ar", "Accept", "text/html");

        assertThat(answer.headers().firstValue("Location")).isEmpty();
        assertThat(answer.body()).doesNotContain("href=\"//elsewhere");
    }

    @Test
    void theChosenLanguageWinsOverTheBrowsers() throws Exception {
        assertThat(get("/nowhere", "Accept", "text/html", "Accept-Language", "fr", "Cookie", "lang=es")
                        .body())
                .contains("<html lang=\"es\"");
        assertThat(get("/nowhere", "Accept", "text/html", "Accept-Language", "fr", "Cookie", "lang=\"><script>")
                        .body())
                .contains("<html lang=\"fr\"");
    }

    @Test
    void whatCannotWaitStandsOverThePagesOfWhoeverItConcernsAndOfNobodyElse() throws Exception {
        String concerned =
                get("/nowhere", "Accept", "text/html", "X-Viewer", "yes").body();
        String stranger = get("/nowhere", "Accept", "text/html").body();

        assertThat(concerned).contains("data-alarm=\"/news\"", "href=\"/open\"", "data-mark=\"1-1\"");
        assertThat(stranger).doesNotContain("data-alarm");
    }

    @Test
    void aPageIsMadeThoughNobodyCanSayWhatRings() throws Exception {
        HttpResponse<String> answer = get("/nowhere", "Accept", "text/html", "X-Viewer", "away");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("away").doesNotContain("data-alarm");
    }

    @Test
    void scriptsAndStylesComeFromTheNodeAloneAndNeverInline() throws Exception {
        HttpResponse<String> answer = get("/nowhere", "Accept", "text/html");

        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self';", "style-src 'self';", "frame-ancestors 'none'");
        assertThat(answer.body())
                .doesNotContain("style=")
                .doesNotContain("<style")
                .doesNotContain("onclick");
    }

    @Test
    void assetsAreKeptForGoodUnderTheHashOfTheirContent() throws Exception {
        String page = get("/nowhere", "Accept", "text/html").body();
        String css = page.replaceAll("(?s).*href=\"(/assets/app-[0-9a-f]{32}\\.css)\".*", "$1");

        HttpResponse<String> answer = get(css, "Accept", "text/css");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");
        assertThat(get("/assets/cytoscape.min.js", "Accept", "*/*").statusCode())
                .isEqualTo(200);
        assertThat(get("/assets/../application.properties", "Accept", "*/*").statusCode())
                .isNotEqualTo(200);
    }

    @Test
    void theNavigationShowsWhatTheReaderMayOpen() throws Exception {
        String page = get("/nowhere", "Accept", "text/html", "X-Viewer", "yes").body();

        assertThat(page)
                .contains("href=\"/open\"", "&lt;b&gt;officer", "action=\"/logout\"")
                .doesNotContain("/closed");
        assertThat(get("/nowhere", "Accept", "text/html").body()).doesNotContain("href=\"/open\"", "/logout");
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(base + path)).headers(headers).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            excludeName = {
                "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
                "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
                "org.springframework.boot.session.jdbc.autoconfigure.JdbcSessionAutoConfiguration",
                "org.springframework.boot.session.autoconfigure.SessionAutoConfiguration",
                "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
                "org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration",
                "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration",
                "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration"
            })
    @Import({WebConfiguration.class, WebProblems.class, WebErrors.class, Throwing.class})
    static class Shell {
        @Bean
        Ids ids() {
            return new Ids(Clock.systemUTC(), new SecureRandom());
        }

        @Bean
        WebViewers viewers() {
            return request -> Optional.ofNullable(request.getHeader("X-Viewer"))
                    .map(name -> new WebViewer(
                            name.equals("away") ? name : "<b>officer",
                            Set.of("OPEN"),
                            Optional.empty(),
                            Optional.empty()));
        }

        @Bean
        WebAlarm alarm() {
            return viewer -> {
                if (viewer.name().equals("away")) throw new DataAccessResourceFailureException("the database is away");
                return Optional.of(new WebAlarm.Watch("/open", "/news", "web.name", 1, "1-1"));
            };
        }

        @Bean
        WebNavigation open() {
            return new WebNavigation(WebNavigation.Place.MAIN, 1, "/open", "web.name", Optional.of("OPEN"));
        }

        @Bean
        WebNavigation closed() {
            return new WebNavigation(WebNavigation.Place.MAIN, 2, "/closed", "web.name", Optional.of("CLOSED"));
        }
    }

    @Controller
    static class Throwing {
        @GetMapping("/api/v1/refused")
        String refused() {
            throw WebProblem.CONFLICT.because("thing 7");
        }

        @GetMapping("/broken")
        String broken() {
            throw new IllegalStateException("the secret of the fault");
        }

        @GetMapping("/number/{number}")
        String number(@PathVariable long number) {
            return "number " + number;
        }
    }
}
