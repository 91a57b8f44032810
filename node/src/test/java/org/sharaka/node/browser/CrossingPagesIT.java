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

/** An officer writes about a campaign and closes what is written to her unit, and one of another unit asks to see it. Invented cases. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrossingPagesIT {
    private static final String SITE = "colis-compartiment.example";

    private Browsers browsers;
    private CrossCheckFixture nodes;
    private CampaignId campaign;

    @BeforeAll
    void start() {
        browsers = Browsers.start();
        nodes = new CrossCheckFixture("sharaka.demo=true", "sharaka.web.zone=Africa/Casablanca");
        officer(nodes.morocco(), "amina", "Bureau", Role.BUREAU_DUTY_OFFICER);
        officer(nodes.morocco(), "karim", "Cybercriminalité", Role.BUREAU_DUTY_OFFICER);
        for (int i = 0; i < 3; i++) {
            var unused = report(
                    nodes.morocco(), "I paid at https://" + SITE + "/suivi", Optional.of("410"), Optional.empty());
        }
        campaign = campaign(nodes.morocco(), SITE, 3);
    }

    @AfterAll
    void stop() {
        if (nodes != null) nodes.close();
        if (browsers != null) browsers.close();
    }

    private void to(Window window, String path) {
        window.page().navigate(nodes.morocco().console() + path);
    }

    /** From the campaign's page, to Spain. */
    private void writeAboutTheCampaign(Window window, String subject, String picture) {
        Page page = window.page();
        to(window, "/campaigns/" + campaign);
        window.follow(page.locator("a[href^='/bureau/new']"));
        page.locator("#to-es-ncb").check();
        window.follow(page.locator("form[method=get] button[type=submit]"));
        assertThat(page.locator("#ownReference").inputValue()).isEqualTo("campaign/" + campaign);
        page.locator("input[name='basis-es-ncb'][value='test.treaty']").check();
        page.locator("#subject").fill(subject);
        page.locator("#text").fill("Who holds the account?");
        page.locator("#facts").fill("Money went to an account.");
        page.locator("#grounds").fill("The bank is Spanish.");
        page.locator("#reference").fill("MA-2026-31");
        page.locator("#NOBODY").check();
        window.shown(picture);
        window.follow(page.locator("button.primary[type=submit]"));
        page.waitForSelector(".badge.delivery.ok");
    }

    @Test
    void s19FromACampaignOnAPhoneInArabicToAQuestionInFrenchAndBack() {
        try (Window hers = browsers.window(390, 844, "ar-MA", ColorScheme.LIGHT);
                Window his = browsers.window(1280, 900, "fr-FR", ColorScheme.LIGHT)) {
            Page page = hers.page();
            logIn(hers, nodes.morocco(), "amina");
            writeAboutTheCampaign(hers, "حساب بنكي في بلباو", "crossing-ar-1-compose");
            String conversation = page.url();
            assertThat(page.locator("aside a[href='/campaigns/" + campaign + "']")
                            .count())
                    .isEqualTo(1);
            to(hers, "/campaigns/" + campaign);
            assertThat(page.getByText("حساب بنكي في بلباو").count()).isEqualTo(1);
            hers.shown("crossing-ar-2-campaign");

            Page other = his.page();
            logIn(his, nodes.morocco(), "karim");
            to(his, "/bureau");
            other.locator("#reference").fill("CAMPAIGN/" + campaign);
            his.follow(other.locator("form[role=search] button"));
            assertThat(other.getByText("حساب بنكي في بلباو").count()).isEqualTo(1);
            his.shown("crossing-fr-1-found");

            page.navigate(conversation);
            page.locator("summary:has-text('حصرها')").click();
            page.locator("#close-unit").selectOption("Bureau");
            page.locator("#close-reason").fill("قد يُعرف بها مصدر.");
            hers.shown("crossing-ar-3-close");
            hers.follow(page.locator("form[action$='/close'] button"));
            assertThat(page.url()).isEqualTo(conversation);

            assertThat(other.navigate(conversation).status()).isEqualTo(404);
            his.forgetComplaints();
            to(his, "/bureau");
            other.locator("#reference").fill("campaign/" + campaign);
            his.follow(other.locator("form[role=search] button"));
            assertThat(other.getByText("حساب بنكي في بلباو").count()).isZero();
            assertThat(other.locator("#named").inputValue()).isEqualTo("campaign/" + campaign);
            other.locator("#reason").fill("Le même compte figure dans un de mes dossiers.");
            his.follow(other.locator("form[action='/bureau/ask-to-see'] button"));
            assertThat(other.locator("[role=status]").count()).isEqualTo(1);
            his.shown("crossing-fr-2-asked");

            to(hers, "/bureau?view=ASKED");
            hers.shown("crossing-ar-4-list");
            hers.follow(page.getByText("حساب بنكي في بلباو"));
            hers.shown("crossing-ar-5-question");
            hers.follow(page.locator("form[action$='/let-see'] button"));

            to(his, "/bureau/find");
            his.follow(other.locator("a[href*='/bureau/conversations/']"));
            assertThat(other.url()).isEqualTo(conversation);
            assertThat(other.locator("#reply-part form, aside form, .letters form")
                            .count())
                    .isZero();
            his.shown("crossing-fr-3-read");

            page.reload();
            hers.shown("crossing-ar-6-granted");
            hers.follow(page.locator("form[action$='/keep-from'] button"));
            assertThat(other.navigate(conversation).status()).isEqualTo(404);
            his.forgetComplaints();
        }
    }

    @Test
    void itWorksWithoutScripts() {
        try (Window window = browsers.withoutScripts(1024, 800, "en")) {
            Page page = window.page();
            logIn(window, nodes.morocco(), "amina");
            to(window, "/bureau/new?ownReference=MA-7");
            page.locator("#to-es-ncb").check();
            window.follow(page.locator("form[method=get] button[type=submit]"));
            page.locator("input[name='basis-es-ncb'][value='test.treaty']").check();
            page.locator("#subject").fill("Without scripts");
            page.locator("#text").fill("Who holds the account?");
            page.locator("#facts").fill("Money went to an account.");
            page.locator("#grounds").fill("The bank is Spanish.");
            page.locator("#NOBODY").check();
            window.follow(page.locator("button.primary[type=submit]"));

            page.locator("summary:has-text('Change our own reference')").click();
            page.locator("#own-reference").fill("MA-8");
            window.follow(page.locator("form[action$='/refer'] button"));
            assertThat(page.locator("aside").innerText()).contains("MA-8");
            page.locator("summary:has-text('Close it to one unit')").click();
            page.locator("#close-unit").selectOption("Cybercriminalité");
            page.locator("#close-reason").fill("It is theirs.");
            window.follow(page.locator("form[action$='/close'] button"));
            assertThat(page.url()).isEqualTo(nodes.morocco().console() + "/bureau");
            assertThat(page.locator("[role=status]").count()).isEqualTo(1);
        }
    }
}
