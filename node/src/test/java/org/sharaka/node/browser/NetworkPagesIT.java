package org.sharaka.node.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.NewOfficer;
import org.sharaka.node.access.OfficerService;
import org.sharaka.node.access.Role;
import org.sharaka.node.browser.Browsers.Window;
import org.sharaka.node.network.NetworkFixture;
import org.sharaka.node.platform.TestNode;

/** The page of the other members, in a real browser. All members are invented. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NetworkPagesIT {
    private static final String PASSWORD = "three invented words of a test";

    private Browsers browsers;
    private NetworkFixture fixture;

    @BeforeAll
    void start() {
        browsers = Browsers.start();
        fixture = new NetworkFixture("sharaka.demo=true", "sharaka.web.zone=Africa/Casablanca");
        officer("amina", Role.BUREAU_DUTY_OFFICER);
        officer("gate", Role.FRONT_LINE_OFFICER);
    }

    private void officer(String login, Role role) {
        var unused = fixture.node
                .service(OfficerService.class)
                .addDemoOfficer(
                        Actor.commandLine("test"),
                        new NewOfficer(login, login, Optional.of("Bureau"), Set.of(role)),
                        PASSWORD);
    }

    @AfterAll
    void stop() {
        if (fixture != null) fixture.close();
        if (browsers != null) browsers.close();
    }

    private void logIn(Window window, String login) {
        TestNode node = fixture.node;
        Page page = window.page();
        page.navigate(node.console() + "/login");
        page.locator("#username").fill(login);
        page.locator("#password").fill(PASSWORD);
        window.follow(page.locator("form[action='/login'] button[type=submit]"));
        page.navigate(node.console() + "/purpose");
        page.locator("input[name=purpose][value=INVESTIGATION]").check();
        window.follow(page.locator("form[action='/purpose'] button[type=submit]"));
    }

    @Test
    void theDutyOfficerSeesWhoseRecordDoesNotAddUpInArabicOnAPhone() throws Exception {
        seen(390, 844, "ar-MA", "network-ar", ColorScheme.LIGHT);
    }

    @Test
    void theDutyOfficerSeesWhoseRecordDoesNotAddUpInFrenchOnADesktop() throws Exception {
        seen(1440, 900, "fr-FR", "network-fr", ColorScheme.DARK);
    }

    private void seen(int width, int height, String locale, String name, ColorScheme colours) throws Exception {
        try (Window window = browsers.window(width, height, locale, colours)) {
            Page page = window.page();
            logIn(window, "amina");
            page.navigate(fixture.node.console() + "/network");
            assertThat(page.locator("table").first().locator("tbody tr").count())
                    .isEqualTo(2);
            assertThat(page.locator(".badge.danger").count()).isEqualTo(1);
            window.assertAccessible(name);
            window.screenshot(name);
            Download proof = page.waitForDownload(
                    () -> page.locator("a[href^='/network/findings/']").click());
            assertThat(Files.readString(proof.path())).contains("log-rolled-back");
        }
    }

    @Test
    void whoHasNoBusinessThereIsNotLetIn() {
        try (Window window = browsers.window(390, 844, "es-ES", ColorScheme.LIGHT)) {
            Page page = window.page();
            logIn(window, "gate");
            assertThat(page.locator("a[href='/network']").count()).isZero();
            assertThat(page.navigate(fixture.node.console() + "/network").status())
                    .isEqualTo(403);
            window.forgetComplaints();
        }
    }
}
