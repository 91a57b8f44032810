package org.sharaka.node.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.node.browser.Desks.logIn;
import static org.sharaka.node.browser.Desks.officer;
import static org.sharaka.node.originator.ThreeBureaux.ES;
import static org.sharaka.node.originator.ThreeBureaux.MA;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.sharaka.node.access.Role;
import org.sharaka.node.browser.Browsers.Window;
import org.sharaka.node.originator.ThreeBureaux;
import org.sharaka.node.platform.Eventually;
import org.sharaka.node.platform.TestNode;

/** Morocco takes back, on a phone in Arabic, what Spain holds and shared with a third, in a real browser. All cases are invented. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OriginatorPagesIT {
    private static final String SECRET = "الحساب باسم شخص يسكن بلباو.";

    private Browsers browsers;
    private ThreeBureaux nodes;

    @BeforeAll
    void start() {
        browsers = Browsers.start();
        nodes = new ThreeBureaux("sharaka.demo=true", "sharaka.web.zone=Africa/Casablanca");
        officer(nodes.node(MA), "amina", "Bureau", Role.BUREAU_DUTY_OFFICER);
        officer(nodes.node(MA), "omar", "Conformité", Role.COMPLIANCE_OFFICER);
        officer(nodes.node(MA), "gate", "Port", Role.FRONT_LINE_OFFICER);
        officer(nodes.node(ES), "lucia", "Oficina", Role.BUREAU_DUTY_OFFICER);
    }

    @AfterAll
    void stop() {
        if (nodes != null) nodes.close();
        if (browsers != null) browsers.close();
    }

    private static void open(Page page, String detailsWith) {
        page.locator("details:has(" + detailsWith + ") > summary").last().click();
    }

    private static void openFirst(Page page, String detailsWith) {
        page.locator("details:has(" + detailsWith + ") > summary").first().click();
    }

    /** To Spain, under H1 or H3, for whomever the codes allow. @return the conversation's address */
    private static String tell(Window window, TestNode node, String subject, String code) {
        Page page = window.page();
        page.navigate(node.console() + "/bureau/new");
        page.locator("#to-es-ncb").check();
        page.locator("#kind").selectOption("INFORMATION");
        window.follow(page.locator("form[method=get] button[type=submit]"));
        page.locator("input[name='basis-es-ncb'][value='test.treaty']").check();
        page.locator("#subject").fill(subject);
        page.locator("#text").fill(SECRET);
        page.locator("#NOBODY").check();
        page.locator("#" + code).check();
        if (code.equals("H3")) page.locator("#remarks").fill("لا يُستعمل قبل المحاكمة.");
        page.locator("#passable").check();
        window.follow(page.locator("button.primary[type=submit]"));
        page.waitForSelector(".badge.delivery.ok");
        return page.url();
    }

    @Test
    void moroccoIsAskedGrantsTakesBackAndSeesWhoObeyed() throws Exception {
        try (Window ours = browsers.window(390, 844, "ar-MA", ColorScheme.LIGHT);
                Window theirs = browsers.window(1440, 900, "fr-FR", ColorScheme.LIGHT)) {
            Page page = ours.page();
            logIn(ours, nodes.node(MA), "amina");
            String conversation = tell(ours, nodes.node(MA), "حساب بنكي في بلباو", "H1");

            Page there = theirs.page();
            logIn(theirs, nodes.node(ES), "lucia");
            there.navigate(nodes.node(ES).console() + "/bureau?view=ALL");
            theirs.follow(there.getByText("حساب بنكي في بلباو"));
            String spains = there.url();
            open(there, "form[action$='/print']");
            theirs.shown("originator-fr-1-acts");
            there.locator("form[action$='/ask']:has(input[value=COURT_BUNDLE]) textarea")
                    .fill("Le tribunal de Bilbao le demande.");
            there.locator("form[action$='/ask']:has(input[value=COURT_BUNDLE]) input[value=NOBODY]")
                    .check();
            theirs.follow(there.locator("form[action$='/ask']:has(input[value=COURT_BUNDLE]) button"));
            assertThat(there.locator("[role=status]").count()).isEqualTo(1);

            page.navigate(conversation);
            page.waitForSelector("form[action$='/permit']");
            ours.shown("originator-ar-1-asked");
            page.locator("input[name=outcome][value=GRANTED_ONCE]").check();
            page.locator("form[action$='/permit'] input[value=NOBODY]").check();
            ours.follow(page.locator("form[action$='/permit'] button"));

            there.navigate(spains);
            there.waitForSelector("text=Accordée une fois");
            openFirst(there, "form[action$='/print']");
            Download bundle = there.waitForDownload(
                    () -> there.locator("form[action$='/take-out']:has(input[value=COURT_BUNDLE]) button")
                            .first()
                            .click());
            assertThat(Files.size(bundle.path())).isGreaterThan(2_000);
            there.navigate(spains);
            openFirst(there, "form[action$='/print']");
            theirs.follow(there.locator("form[action$='/print'] button").first());
            assertThat(there.locator("main").innerText()).contains(SECRET);
            theirs.shown("originator-fr-2-print");
            there.navigate(spains);
            openFirst(there, "form[action$='/share']");
            there.locator("form[action$='/share'] select").first().selectOption("xk-ncb");
            theirs.follow(there.locator("form[action$='/share'] button").first());
            assertThat(there.locator("main").innerText()).contains("Double incrimination");
            there.locator("input[name=basis][value='test.treaty']").check();
            there.locator("#text").fill("Le Maroc nous a écrit ceci.");
            there.locator("#NOBODY").check();
            theirs.shown("originator-fr-8-share");
            theirs.follow(there.locator("form[action$='/share'] button.primary"));
            there.waitForSelector(".badge.delivery.ok");
            theirs.shown("originator-fr-3-shared");

            page.navigate(conversation);
            openFirst(page, "form[action$='/order']");
            page.locator("form[action$='/order'] input[value=PURGE]").first().check();
            page.locator("form[action$='/order'] textarea[name=reason]").first().fill("كان شخصًا آخر.");
            page.locator("form[action$='/order'] input[value=NOBODY]").first().check();
            ours.shown("originator-ar-2-order");
            ours.follow(page.locator("form[action$='/order'] button").first());
            String board = nodes.node(MA).console() + "/originator?view=all";
            Eventually.await("both obeyed", () -> {
                page.navigate(board);
                return page.locator(".badge.ok").count() == 2;
            });
            ours.shown("originator-ar-3-board");
            Download proof = page.waitForDownload(
                    () -> page.locator("a[href$='/proof.zip']").first().click());
            try (ZipFile zip = new ZipFile(proof.path().toFile())) {
                assertThat(zip.getEntry("verify.sh")).isNotNull();
            }
            ours.follow(page.locator("td a.strong").first());
            assertThat(page.locator("main").innerText()).contains("openssl").doesNotContain(SECRET);
            ours.shown("originator-ar-4-proof");

            there.navigate(spains);
            assertThat(there.locator("main").innerText()).doesNotContain(SECRET).contains("كان شخصًا آخر.");
            theirs.shown("originator-fr-4-destroyed");
        }
    }

    @Test
    void aPermissionIsTakenBackFromTheConversationThatGaveIt() {
        try (Window ours = browsers.window(360, 780, "ar-MA", ColorScheme.LIGHT);
                Window theirs = browsers.window(1280, 900, "fr-FR", ColorScheme.LIGHT)) {
            Page page = ours.page();
            logIn(ours, nodes.node(MA), "amina");
            String conversation = tell(ours, nodes.node(MA), "إذن يُسحب", "H1");
            Page there = theirs.page();
            logIn(theirs, nodes.node(ES), "lucia");
            there.navigate(nodes.node(ES).console() + "/bureau?view=ALL");
            theirs.follow(there.getByText("إذن يُسحب"));
            String spains = there.url();
            open(there, "form[action$='/print']");
            there.locator("form[action$='/ask']:has(input[value=COURT_BUNDLE]) textarea")
                    .fill("Le tribunal de Bilbao le demande.");
            there.locator("form[action$='/ask']:has(input[value=COURT_BUNDLE]) input[value=NOBODY]")
                    .check();
            theirs.follow(there.locator("form[action$='/ask']:has(input[value=COURT_BUNDLE]) button"));
            page.navigate(conversation);
            page.waitForSelector("form[action$='/permit']");
            page.locator("input[name=outcome][value=GRANTED]").check();
            page.locator("form[action$='/permit'] input[value=NOBODY]").check();
            ours.follow(page.locator("form[action$='/permit'] button"));

            open(page, "form[action$='/revoke']");
            page.locator("form[action$='/revoke'] textarea").fill("فصلت المحكمة في الأمر.");
            page.locator("form[action$='/revoke'] input[value=NOBODY]").check();
            ours.shown("originator-ar-6-revoke");
            ours.follow(page.locator("form[action$='/revoke'] button"));
            assertThat(page.locator("[role=status]").count()).isEqualTo(1);
            assertThat(page.locator("form[action$='/revoke']").count()).isZero();

            there.navigate(spains);
            there.waitForSelector("text=فصلت المحكمة في الأمر.");
            there.navigate(spains);
            openFirst(there, "form[action$='/print']");
            Locator first = there.locator("ol.letters > li.theirs").first();
            assertThat(first.innerText()).contains("autorisation retirée par la source");
            assertThat(first.locator("form[action$='/take-out']:has(input[value=COURT_BUNDLE])")
                            .count())
                    .isZero();
            theirs.shown("originator-fr-7-revoked");
        }
    }

    @Test
    void restrictionsAreConfirmedBeforeAnythingIsShownAndTheTableTellsWhy() {
        try (Window ours = browsers.window(390, 844, "ar-MA", ColorScheme.DARK);
                Window theirs = browsers.window(1440, 900, "fr-FR", ColorScheme.DARK);
                Window compliance = browsers.window(1440, 900, "fr-FR", ColorScheme.LIGHT)) {
            logIn(ours, nodes.node(MA), "amina");
            String id = tell(ours, nodes.node(MA), "موضوع سري", "H3");
            String path = "/bureau/conversations/ma-ncb/" + id.substring(id.lastIndexOf('/') + 1);

            Page there = theirs.page();
            logIn(theirs, nodes.node(ES), "lucia");
            there.navigate(nodes.node(ES).console() + path);
            assertThat(there.locator("main").innerText())
                    .doesNotContain(SECRET)
                    .doesNotContain("موضوع سري")
                    .contains("لا يُستعمل قبل المحاكمة.");
            theirs.shown("originator-fr-5-confirm");
            theirs.follow(there.locator("form[action$='/confirm'] button"));
            assertThat(there.locator("main").innerText()).contains(SECRET, "موضوع سري");

            ours.page().navigate(nodes.node(MA).console() + "/originator/rules");
            assertThat(ours.page().locator("form[action='/originator/rules']").count())
                    .isZero();
            ours.shown("originator-ar-5-rules");
            Page rules = compliance.page();
            logIn(compliance, nodes.node(MA), "omar");
            rules.navigate(nodes.node(MA).console() + "/originator/rules");
            rules.locator("#act").selectOption("PRINT");
            rules.locator("#code").selectOption("H1");
            rules.locator("#rule").selectOption("ASK_ORIGINATOR");
            compliance.follow(rules.locator("form[action='/originator/rules'] button"));
            assertThat(rules.locator("[role=status]").count()).isEqualTo(1);
            compliance.shown("originator-fr-6-rules");
            rules.locator("#act").selectOption("COURT_BUNDLE");
            rules.locator("#code").selectOption("H1");
            rules.locator("#rule").selectOption("ALLOWED");
            compliance.follow(rules.locator("form[action='/originator/rules'] button"));
            assertThat(rules.locator("[role=alert]").count()).isEqualTo(1);
        }
    }

    @Test
    void whoWorksElsewhereMeetsARefusalAndAnUnknownOrderIsNotThere() {
        try (Window gate = browsers.window(1024, 800, "en", ColorScheme.LIGHT);
                Window duty = browsers.window(1024, 800, "en", ColorScheme.LIGHT)) {
            logIn(gate, nodes.node(MA), "gate");
            for (String path : new String[] {"/originator", "/originator/rules"})
                assertThat(gate.page().navigate(nodes.node(MA).console() + path).status())
                        .isEqualTo(403);
            logIn(duty, nodes.node(MA), "amina");
            duty.page().navigate(nodes.node(MA).console() + "/originator");
            duty.shown("originator-en-1-empty");
            for (String order : new String[] {"nothing", "00000000-0000-7000-8000-000000000000"})
                assertThat(duty.page()
                                .navigate(nodes.node(MA).console() + "/originator/orders/" + order)
                                .status())
                        .isEqualTo(404);
        }
    }
}
