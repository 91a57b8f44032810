package org.sharaka.node.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.node.browser.Desks.logIn;
import static org.sharaka.node.browser.Desks.officer;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sharaka.node.access.Role;
import org.sharaka.node.browser.Browsers.Window;
import org.sharaka.node.platform.TestNode;
import org.sharaka.node.platform.WebLanguage;

/** The compliance officer keeps the agreements in the console of a whole node. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AgreementIT {
    private static final String BUDAPEST = "/agreements/texts/coe.ets-185";

    private Browsers browsers;
    private TestNode node;

    @BeforeAll
    void start() {
        browsers = Browsers.start();
        node = TestNode.start("sharaka.demo=true", "sharaka.web.zone=Africa/Casablanca");
        officer(node, "keeper", "Bureau", Role.COMPLIANCE_OFFICER);
        officer(node, "duty", "Bureau", Role.BUREAU_DUTY_OFFICER);
    }

    @AfterAll
    void stop() {
        if (node != null) node.close();
        if (browsers != null) browsers.close();
    }

    @Test
    void theLawIsKeptInFrenchOnADesktop() {
        keep(1440, 900, "fr-FR", "agreement-fr");
    }

    @Test
    void theLawIsKeptInArabicOnAPhone() {
        keep(390, 844, "ar-MA", "agreement-ar");
    }

    private void keep(int width, int height, String locale, String name) {
        try (Window window = browsers.window(width, height, locale, ColorScheme.LIGHT)) {
            Page page = window.page();
            logIn(window, node, "keeper");
            page.navigate(node.console() + "/agreements");
            window.assertAccessible("list");
            window.screenshot(name + "-1-list");
            page.navigate(node.console() + BUDAPEST);
            window.assertAccessible("text");
            window.screenshot(name + "-2-text");
            page.locator("#party").fill("XK");
            page.locator("#from").fill("2026-01-01");
            window.follow(page.locator("form[action$='/parties'] button"));
            assertThat(page.locator("[role=status]").count()).isEqualTo(1);
            window.follow(page.locator("form[action*='/parties/XK/remove'] button"));
            page.navigate(node.console()
                    + "/agreements/check?sender=MA&recipient=ES&offence=fraud.online&purpose=INVESTIGATION");
            assertThat(page.locator(".badge.ok").count()).isPositive();
            window.assertAccessible("check");
            window.screenshot(name + "-3-check");
            page.navigate(node.console() + "/agreements/check?sender=MA&recipient=SN&purpose=INVESTIGATION");
            assertThat(page.locator(".note.error").count()).isEqualTo(1);
            window.assertAccessible("refused");
            window.screenshot(name + "-4-refused");
            page.navigate(node.console() + "/agreements/offences");
            page.locator("#offence").selectOption("fraud.online");
            page.locator("#country").selectOption("MA");
            page.locator("#months").fill("60");
            window.follow(page.locator("form[action='/agreements/offences'] button"));
            assertThat(page.locator("main").innerText()).contains("60");
            window.assertAccessible("offences");
            window.screenshot(name + "-5-offences");
            page.navigate(node.console() + "/agreements/new");
            window.assertAccessible("form");
            window.screenshot(name + "-6-form");
        }
    }

    @Test
    void anAgreementIsWrittenChangedExportedAndImportedAndNothingTypedIsLost() {
        try (Window window = browsers.window(1280, 900, "en", ColorScheme.LIGHT)) {
            Page page = window.page();
            logIn(window, node, "keeper");
            page.navigate(node.console() + "/agreements/new");
            page.locator("#code").fill("xa-xb.2026");
            page.locator("#nameAr").fill("اتفاق مخترع");
            page.locator("#nameFr").fill("Accord inventé");
            page.locator("#nameEn").fill("Invented agreement");
            page.locator("#nameEs").fill("Acuerdo inventado");
            page.locator("#inForceFrom").fill("2026-02-01");
            page.locator("#inForceUntil").fill("2026-01-01");
            page.locator("#any").check();
            window.follow(page.locator("button.primary"));
            assertThat(page.locator("[role=alert]").count()).isEqualTo(1);
            assertThat(page.locator("#nameFr").inputValue()).isEqualTo("Accord inventé");
            assertThat(page.locator("#code").inputValue()).isEqualTo("xa-xb.2026");
            page.locator("#inForceUntil").fill("");
            window.follow(page.locator("button.primary"));
            assertThat(page.locator("h1").innerText()).isEqualTo("Invented agreement");
            page.navigate(node.console() + "/agreements/texts/xa-xb.2026/change");
            page.locator("#urgentHours").fill("2");
            window.follow(page.locator("button.primary"));
            assertThat(page.locator("main").innerText()).contains("2 hours");

            page.navigate(node.console() + "/agreements");
            var download = page.waitForDownload(
                    () -> page.locator("a[href='/agreements/export']").click());
            assertThat(download.suggestedFilename()).startsWith("agreements-").endsWith(".json");
            page.locator("#file").setInputFiles(download.path());
            window.follow(page.locator("form[action='/agreements/import'] button"));
            assertThat(page.locator("[role=status]").innerText()).contains("already");
            page.locator("#file")
                    .setInputFiles(new com.microsoft.playwright.options.FilePayload(
                            "bad.json", "application/json", "{}".getBytes(StandardCharsets.UTF_8)));
            window.follow(page.locator("form[action='/agreements/import'] button"));
            assertThat(page.locator("[role=alert]").count()).isEqualTo(1);
            assertThat(window.complaints()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(WebLanguage.class)
    void everyPageIsAccessibleAndTranslated(WebLanguage language) {
        try (Window window = browsers.window(
                language == WebLanguage.ARABIC ? 360 : 1280,
                900,
                language.locale().toLanguageTag(),
                language == WebLanguage.SPANISH ? ColorScheme.DARK : ColorScheme.LIGHT)) {
            Page page = window.page();
            logIn(window, node, "keeper");
            for (String path : List.of(
                    "/agreements",
                    BUDAPEST,
                    BUDAPEST + "/change",
                    "/agreements/new",
                    "/agreements/offences",
                    "/agreements/check?sender=MA&recipient=DZ")) {
                page.navigate(node.console() + path);
                assertThat(page.locator("html").getAttribute("lang")).isEqualTo(language.code());
                window.assertAccessible(path + " " + language);
            }
        }
    }

    @Test
    void aDutyOfficerReadsTheLawAndChangesNothing() {
        try (Window window = browsers.window(1280, 900, "en", ColorScheme.LIGHT)) {
            Page page = window.page();
            logIn(window, node, "duty");
            page.navigate(node.console() + BUDAPEST);
            assertThat(page.locator("h1").innerText()).contains("Budapest");
            assertThat(page.locator("main form").count()).isZero();
        }
    }
}
