package org.sharaka.node.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.AuthenticatorApp;
import org.sharaka.node.access.NewOfficer;
import org.sharaka.node.access.OfficerService;
import org.sharaka.node.access.Role;
import org.sharaka.node.browser.Browsers.Window;
import org.sharaka.node.platform.TestNode;

/** From the one-time code of an administrator to a log-in by passkey, and the pages of access and audit. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OfficerIT {
    private static final String PASSWORD = "three invented words of a test";

    private Browsers browsers;
    private TestNode node;
    private OfficerService officers;

    @BeforeAll
    void start() {
        browsers = Browsers.start();
        node = TestNode.start("sharaka.web.zone=Africa/Casablanca");
        officers = node.service(OfficerService.class);
    }

    @AfterAll
    void stop() {
        if (node != null) node.close();
        if (browsers != null) browsers.close();
    }

    /** Passkeys belong to a host name; the loopback address is none. */
    private String console() {
        return "http://localhost:" + node.console().getPort();
    }

    @ParameterizedTest
    @CsvSource({"ar-MA, 390, 844", "fr-FR, 1440, 900", "en-GB, 1440, 900", "es-ES, 390, 844"})
    void aNewOfficerSetsUpAndReadsEveryPageOfAccessAndAudit(String locale, int width, int height) {
        String language = locale.substring(0, 2);
        try (Window window = browsers.window(width, height, locale, ColorScheme.LIGHT)) {
            Page page = window.page();
            String login = "officer-" + language;
            enrol(window, login, language);
            looked(window, "/purpose", language);
            purpose(window);
            looked(window, "/account", language);
            looked(window, "/account/api-keys", language);
            looked(window, "/audit", language);

            page.navigate(console() + "/officers");
            window.assertAccessible("officers " + language);
            page.locator("#login").fill("colleague-" + language);
            page.locator("#name").fill("Colleague");
            page.locator("#unit").fill("Unit 2");
            page.locator("input[name=roles][value=ANALYST]").check();
            window.follow(page.locator("form[action='/officers'] button[type=submit]"));
            assertThat(page.locator("#enrolment-code").innerText()).isNotBlank();
            shown(window, language + "-officer-one-time-code");

            page.navigate(console() + "/officers");
            window.follow(page.locator("a[href^='/officers/']").first());
            shown(window, language + "-officer-page");
        }
    }

    @Test
    void aPasskeyIsAddedLogsInAndIsRemoved() {
        try (Window window = browsers.window(1280, 900, "en-GB", ColorScheme.LIGHT)) {
            Page page = window.page();
            withAuthenticator(page);
            enrol(window, "keyholder", "en-passkey");
            purpose(window);

            page.navigate(console() + "/account");
            page.locator("#passkey-label").fill("Work phone");
            window.follow(page.locator("#passkey-add button"));
            assertThat(page.locator("main").innerText()).contains("Work phone");
            shown(window, "en-account-with-passkey");

            logOut(window);
            window.follow(page.locator("#passkey-login button"));
            page.navigate(console() + "/account");
            assertThat(page.locator("main").innerText()).contains("keyholder");

            window.follow(page.locator("form[action*='/passkeys/'] button"));
            assertThat(page.locator("main").innerText()).doesNotContain("Work phone");
            logOut(window);
            page.locator("#passkey-login button").click();
            page.locator("#passkey-login [role=alert]").waitFor();
            assertThat(page.url()).endsWith("/login?out");
        }
    }

    @Test
    void aPasskeyThatNobodyRegisteredOpensNothing() {
        try (Window window = browsers.window(1280, 900, "fr-FR", ColorScheme.LIGHT)) {
            Page page = window.page();
            withAuthenticator(page);
            page.navigate(console() + "/login");
            page.locator("#passkey-login button").click();
            page.locator("#passkey-login [role=alert]").waitFor();
            page.navigate(console() + "/account");
            assertThat(page.url()).contains("/login");
        }
    }

    /** A key in the machine itself that needs no finger. */
    private static void withAuthenticator(Page page) {
        CDPSession session = page.context().newCDPSession(page);
        session.send("WebAuthn.enable");
        JsonObject options = new JsonObject();
        options.addProperty("protocol", "ctap2");
        options.addProperty("transport", "internal");
        options.addProperty("hasResidentKey", true);
        options.addProperty("hasUserVerification", true);
        options.addProperty("isUserVerified", true);
        options.addProperty("automaticPresenceSimulation", true);
        JsonObject arguments = new JsonObject();
        arguments.add("options", options);
        session.send("WebAuthn.addVirtualAuthenticator", arguments);
    }

    private void enrol(Window window, String login, String name) {
        String code = officers.add(
                        Actor.commandLine("test"),
                        new NewOfficer(
                                login,
                                "Officer " + name,
                                Optional.of("Unit 1"),
                                Set.of(Role.NODE_ADMINISTRATOR, Role.AUDITOR, Role.ANALYST)))
                .code();
        Page page = window.page();
        page.navigate(console() + "/enrol");
        window.assertAccessible("enrol " + name);
        page.locator("#login").fill(login);
        page.locator("#code").fill("WRONG-CODE");
        window.follow(page.locator("form[action='/enrol'] button"));
        assertThat(page.locator("[role=alert]").innerText()).isNotBlank();
        window.forgetComplaints();
        assertThat(page.locator("#login").inputValue()).isEqualTo(login);
        page.locator("#code").fill(code);
        window.follow(page.locator("form[action='/enrol'] button"));
        shown(window, name + "-enrol-factors");
        AuthenticatorApp app = new AuthenticatorApp(page.locator("#secret").innerText());
        Instant now = Instant.now();
        page.locator("#password").fill(PASSWORD);
        page.locator("#typed").fill(app.codeAt(now));
        window.follow(page.locator("form[action='/enrol/finish'] button"));
        shown(window, name + "-login-after-enrolment");
        page.locator("#username").fill(login);
        page.locator("#password").fill(PASSWORD);
        // The present code was used a moment ago; the next one is already good.
        page.locator("#code").fill(app.codeAt(now.plusSeconds(30)));
        window.follow(page.locator("form[action='/login'] button[type=submit]"));
        assertThat(page.url()).doesNotContain("/login");
    }

    private void purpose(Window window) {
        window.page().navigate(console() + "/purpose");
        window.page().locator("input[name=purpose][value=INVESTIGATION]").check();
        window.follow(window.page().locator("form[action='/purpose'] button[type=submit]"));
    }

    private void logOut(Window window) {
        Page page = window.page();
        page.locator("details.menu").last().locator("summary").click();
        window.follow(page.locator("form[action='/logout'] button"));
        assertThat(page.url()).endsWith("/login?out");
    }

    private void looked(Window window, String path, String language) {
        window.page().navigate(console() + path);
        assertThat(window.page().locator("html").getAttribute("lang")).isEqualTo(language);
        shown(window, language + path.replace('/', '-'));
    }

    private static void shown(Window window, String name) {
        window.assertAccessible(name);
        if (List.of("ar", "fr", "en").contains(name.substring(0, 2))) window.screenshot(name);
    }
}
