package org.sharaka.node.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.node.browser.Desks.logIn;
import static org.sharaka.node.browser.Desks.officer;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.sharaka.node.access.Role;
import org.sharaka.node.browser.Browsers.Window;
import org.sharaka.node.network.NetworkFixture;

/** The page of the other members, in a real browser. All members are invented. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NetworkPagesIT {

    private Browsers browsers;
    private NetworkFixture fixture;

    @BeforeAll
    void start() {
        browsers = Browsers.start();
        fixture = new NetworkFixture("sharaka.demo=true", "sharaka.web.zone=Africa/Casablanca");
        fixture.behindAGap("1", "2 hours");
        officer(fixture.node, "amina", "Bureau", Role.BUREAU_DUTY_OFFICER);
        officer(fixture.node, "gate", "Bureau", Role.FRONT_LINE_OFFICER);
    }

    @AfterAll
    void stop() {
        if (fixture != null) fixture.close();
        if (browsers != null) browsers.close();
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
            logIn(window, fixture.node, "amina");
            page.navigate(fixture.node.console() + "/network");
            assertThat(page.locator("table").first().locator("tbody tr").count())
                    .isEqualTo(2);
            assertThat(page.locator(".badge.danger").count()).isEqualTo(1);
            assertThat(page.locator(".note.warn").count()).isEqualTo(1);
            assertThat(page.locator("[data-behind]").innerText()).containsPattern("[1\u0661]");
            window.assertAccessible(name);
            window.screenshot(name);
            Download proof = page.waitForDownload(
                    () -> page.locator("a[href^='/network/findings/']").click());
            assertThat(Files.readString(proof.path())).contains("log-rolled-back");
            Download twice = page.waitForDownload(
                    () -> page.locator("a[href^='/network/equivocations/']").click());
            assertThat(Files.readString(twice.path())).contains("sharaka.equivocation");
        }
    }

    @Test
    void whoHasNoBusinessThereIsNotLetIn() {
        try (Window window = browsers.window(390, 844, "es-ES", ColorScheme.LIGHT)) {
            Page page = window.page();
            logIn(window, fixture.node, "gate");
            assertThat(page.locator("a[href='/network']").count()).isZero();
            assertThat(page.navigate(fixture.node.console() + "/network").status())
                    .isEqualTo(403);
            window.forgetComplaints();
        }
    }
}
