package org.sharaka.node.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.node.browser.Desks.logIn;
import static org.sharaka.node.browser.Desks.officer;
import static org.sharaka.node.crosscheck.CrossCheckFixture.campaign;
import static org.sharaka.node.crosscheck.CrossCheckFixture.report;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.sharaka.node.access.Role;
import org.sharaka.node.browser.Browsers.Window;
import org.sharaka.node.campaign.CampaignId;
import org.sharaka.node.crosscheck.CrossCheckFixture;
import org.sharaka.node.platform.TestNode;

/** An analyst of Morocco asks Spain about a campaign, and both see one campaign, in a real browser. All cases are invented. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrossCheckPagesIT {
    private static final String SITE = "colis-navigateur.example";

    private Browsers browsers;
    private CrossCheckFixture nodes;
    private CampaignId campaign;

    @BeforeAll
    void start() {
        browsers = Browsers.start();
        nodes = new CrossCheckFixture("sharaka.demo=true", "sharaka.web.zone=Africa/Casablanca");
        officer(nodes.morocco(), "amina", "Cybercriminalité", Role.BUREAU_DUTY_OFFICER);
        officer(nodes.morocco(), "nadia", "Cybercriminalité", Role.ANALYST);
        officer(nodes.morocco(), "karim", "Cybercriminalité", Role.INTAKE_OFFICER);
        officer(nodes.spain(), "lucia", "Oficina", Role.BUREAU_DUTY_OFFICER);
        officer(nodes.spain(), "pablo", "Inspección", Role.COMPLIANCE_OFFICER);
        for (int i = 0; i < 4; i++) paid(nodes.morocco(), "+212 650 000 222");
        for (int i = 0; i < 3; i++) paid(nodes.spain(), "+212 650 000 222");
        campaign = campaign(nodes.morocco(), SITE, 4);
        CampaignId unused = campaign(nodes.spain(), SITE, 3);
    }

    private static void paid(TestNode node, String phone) {
        var unused = report(
                node,
                "They called from " + phone + " and I paid at https://" + SITE + "/suivi/paiement.php?ref=1",
                Optional.of("410"),
                Optional.empty());
    }

    @AfterAll
    void stop() {
        if (nodes != null) nodes.close();
        if (browsers != null) browsers.close();
    }

    private void toCampaign(Page page) {
        page.navigate(nodes.morocco().console() + "/campaigns/" + campaign);
    }

    /** To Spain, which the treaty binds, and to a third country, which none does. */
    private void compose(Window window) {
        Page page = window.page();
        toCampaign(page);
        window.follow(page.locator("a[href$='/abroad']"));
        page.locator("#to-es-ncb").check();
        page.locator("#to-xk-ncb").check();
        window.follow(page.locator("form[method=get] button[type=submit]"));
        assertThat(page.locator(".note.error").count()).isEqualTo(1);
        page.locator("input[name='basis-es-ncb']").first().check();
        page.locator("#figures").check();
        page.locator("#urgency").selectOption("URGENT");
    }

    private static void send(Window window) {
        Page page = window.page();
        // What is urgent says why: nothing chosen is lost.
        window.follow(page.locator("button.primary[type=submit]"));
        assertThat(page.locator("[role=alert]").count()).isEqualTo(1);
        assertThat(page.locator("#figures").isChecked()).isTrue();
        window.forgetComplaints();
        page.locator("#urgencyReason").fill("ما زال يقع.");
        window.follow(page.locator("button.primary[type=submit]"));
    }

    @Test
    void moroccoAsksInArabicOnAPhoneAndSpainAnswersAndNeitherReloads() {
        try (Window ours = browsers.window(390, 844, "ar-MA", ColorScheme.LIGHT);
                Window theirs = browsers.window(1280, 900, "es-ES", ColorScheme.DARK);
                Window second = browsers.window(1280, 900, "fr-FR", ColorScheme.LIGHT)) {
            Page there = theirs.page();
            logIn(theirs, nodes.spain(), "lucia");
            there.navigate(nodes.spain().console() + "/crosschecks");
            theirs.shown("crosscheck-es-0-empty");
            there.evaluate("() => { window.sameWindow = true; }");

            Page page = ours.page();
            logIn(ours, nodes.morocco(), "amina");
            compose(ours);
            ours.shown("crosscheck-ar-1-ask");
            send(ours);
            ours.shown("crosscheck-ar-2-asked");
            page.evaluate("() => { window.sameWindow = true; }");

            // Spain's page shows it by itself.
            there.waitForSelector("tr.unread");
            assertThat(there.evaluate("() => window.sameWindow")).isEqualTo(true);
            theirs.shown("crosscheck-es-1-list");
            there.navigate(nodes.spain().console() + "/bureau/handover");
            theirs.shown("crosscheck-es-1-sheet");
            theirs.follow(there.locator("a[href^='/crosschecks/']").first());
            there.navigate(nodes.spain().console() + "/crosschecks");
            theirs.follow(there.locator("td a.strong").first());
            assertThat(there.locator("#sent ~ ul .badge.ok").count()).isPositive();
            theirs.shown("crosscheck-es-2-asked");
            there.locator("#level-TRACES").check();
            there.locator("#losses").check();
            there.locator("#reply-part details summary").click();
            there.locator("#text").fill("<script>alert(1)</script> La cuenta sigue abierta.");
            there.locator("#source").selectOption("B");
            there.locator("#information").selectOption("CORROBORATED");
            there.locator("#H2").check();
            theirs.follow(there.locator("form[action$='/answer'] button[type=submit]"));
            assertThat(there.locator("form[action$='/release']").count()).isZero();
            theirs.shown("crosscheck-es-3-waits");

            Page other = second.page();
            logIn(second, nodes.spain(), "pablo");
            other.navigate(there.url());
            assertThat(other.locator("#look ~ dl").last().innerText()).contains("B : ", "3 : ", "H2");
            second.shown("crosscheck-fr-1-look");
            second.follow(other.locator("form[action$='/release'] button"));
            second.shown("crosscheck-fr-2-released");

            // Whoever is there is shown it.
            page.keyboard().press("Shift");
            page.locator("#fresh-part .badge.ok").first().waitFor();
            assertThat(page.evaluate("() => window.sameWindow")).isEqualTo(true);
            assertThat(page.locator("#fresh-part .narrative").innerText()).contains("<script>");
            ours.shown("crosscheck-ar-3-answered");

            // Spain takes its answer back, and sees who obeyed.
            there.navigate(other.url());
            there.locator("details:has(form[action$='/order']) > summary").click();
            there.locator("form[action$='/order'] input[value=RECALL]").check();
            there.locator("form[action$='/order'] textarea").fill("Era otra cuenta.");
            theirs.shown("crosscheck-es-4-order");
            theirs.follow(there.locator("form[action$='/order'] button"));
            assertThat(there.locator("[role=status]").count()).isEqualTo(1);
            page.keyboard().press("Shift");
            page.locator("#fresh-part .note.warn").first().waitFor();
            assertThat(page.locator("#fresh-part").innerText())
                    .contains("Era otra cuenta.")
                    .doesNotContain("<script>");
            ours.shown("crosscheck-ar-4-taken-back");
            there.navigate(nodes.spain().console() + "/originator?view=all");
            theirs.follow(there.locator("a[href^='/crosschecks/']").first());
            assertThat(there.locator("a[href^='/originator/orders/']").count()).isEqualTo(1);

            // And Morocco its question.
            page.locator("details:has(form[action$='/order']) > summary")
                    .first()
                    .click();
            page.locator("form[action$='/order'] input[value=RECALL]").first().check();
            page.locator("form[action$='/order'] textarea").first().fill("كان حسابًا آخر.");
            ours.follow(page.locator("form[action$='/order'] button").first());
            CrossCheckFixture.await("closed in Spain", () -> {
                there.reload();
                return there.locator("#own").count() == 0;
            });
            assertThat(there.locator("main").innerText())
                    .contains("كان حسابًا آخر.")
                    .doesNotContain("212650000222");
            theirs.shown("crosscheck-es-5-closed");
            there.navigate(nodes.spain().console() + "/crosschecks");
            theirs.shown("crosscheck-es-6-list");
        }
    }

    @Test
    void aRestrictedQuestionIsOpenedAfterItsRemarksAreConfirmed() {
        String path = nodes.restricted("+212650000333");
        try (Window window = browsers.window(390, 844, "fr-FR", ColorScheme.LIGHT)) {
            Page page = window.page();
            logIn(window, nodes.spain(), "lucia");
            page.navigate(nodes.spain().console() + path);
            assertThat(page.locator("main").innerText())
                    .contains(CrossCheckFixture.REMARKS)
                    .doesNotContain("212650000333");
            window.shown("crosscheck-fr-5-restricted");
            window.follow(page.locator("form[action$='/confirm'] button"));
            assertThat(page.locator("main").innerText()).contains("212650000333");
        }
    }

    @Test
    void theSameInFrenchOnADesktopAndWhoMayNotAskIsNotOffered() {
        try (Window analyst = browsers.window(1440, 900, "fr-FR", ColorScheme.LIGHT);
                Window intake = browsers.window(1024, 800, "en", ColorScheme.LIGHT)) {
            logIn(analyst, nodes.morocco(), "nadia");
            compose(analyst);
            analyst.shown("crosscheck-fr-3-ask");
            send(analyst);
            analyst.shown("crosscheck-fr-4-asked");
            int before = analyst.page().locator("#fresh-part article").count();
            analyst.follow(
                    analyst.page().locator("form[action$='/withdraw'] button").first());
            assertThat(analyst.page().locator("#fresh-part article").count()).isEqualTo(before - 1);

            logIn(intake, nodes.morocco(), "karim");
            toCampaign(intake.page());
            assertThat(intake.page().locator("#abroad").count()).isZero();
            assertThat(intake.page()
                            .navigate(nodes.morocco().console() + "/campaigns/" + campaign + "/abroad")
                            .status())
                    .isEqualTo(403);
            assertThat(intake.page()
                            .navigate(nodes.morocco().console() + "/crosschecks")
                            .status())
                    .isEqualTo(403);
        }
    }

    @Test
    void itWorksWithoutScripts() {
        try (Window window = browsers.withoutScripts(1024, 800, "en")) {
            logIn(window, nodes.morocco(), "amina");
            compose(window);
            send(window);
            int before = window.page().locator("#fresh-part article").count();
            assertThat(before).isPositive();
            window.follow(
                    window.page().locator("form[action$='/withdraw'] button").first());
            assertThat(window.page().locator("#fresh-part article").count()).isEqualTo(before - 1);
        }
    }
}
