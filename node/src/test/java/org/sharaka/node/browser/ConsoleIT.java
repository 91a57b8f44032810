package org.sharaka.node.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.access.Role;
import org.sharaka.node.browser.Browsers.Window;
import org.sharaka.node.campaign.CampaignFilter;
import org.sharaka.node.campaign.CampaignService;
import org.sharaka.node.campaign.CampaignSummary;
import org.sharaka.node.intake.Category;
import org.sharaka.node.intake.IntakeService;
import org.sharaka.node.intake.Money;
import org.sharaka.node.intake.MoneyKind;
import org.sharaka.node.intake.OccurredAt;
import org.sharaka.node.intake.ReportDraft;
import org.sharaka.node.intake.ReportedMoney;
import org.sharaka.node.intake.ReporterRole;
import org.sharaka.node.platform.TestNode;
import org.sharaka.node.platform.WebLanguage;

/** An analyst's day in the console of a whole node, with invented reports. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleIT {

    /** Published examples of check digits; no such accounts exist. */
    private static final String ACCOUNT = "GB29 NWBK 6016 1331 9268 19";

    private static final String OTHER_ACCOUNT = "DE89 3704 0044 0532 0130 00";

    private static final String HOSTILE =
            "<img src=x onerror=alert(1)><script>alert(2)</script>\"'><svg onload=alert(3)>{{7*7}}${7*7}";

    private static final Actor OFFICER = new Actor(
            Actor.Kind.OFFICER,
            "test",
            "test",
            Optional.empty(),
            EnumSet.allOf(Permission.class),
            Optional.of(Purpose.INVESTIGATION));

    private Browsers browsers;
    private TestNode node;
    private CampaignService campaigns;
    private long largest;
    private String reference;

    @BeforeAll
    void start() throws InterruptedException {
        browsers = Browsers.start();
        node = TestNode.start("sharaka.demo=true", "sharaka.web.zone=Africa/Casablanca");
        campaigns = node.service(CampaignService.class);
        Actor unused = Desks.named(
                node,
                "amina",
                "Amina " + HOSTILE.substring(0, 28),
                "Unit 1",
                Role.ANALYST,
                Role.AUDITOR,
                Role.NODE_ADMINISTRATOR);
        reportEverything();
        Instant deadline = Instant.now().plus(Duration.ofMinutes(2));
        while (campaigns.progress(OFFICER).waiting() > 0
                || !campaigns.progress(OFFICER).settled()) {
            assertThat(Instant.now()).as("linking settles").isBefore(deadline);
            Thread.sleep(100);
        }
        List<CampaignSummary> all =
                campaigns.list(OFFICER, CampaignFilter.all(), Optional.empty()).items();
        assertThat(all).hasSizeGreaterThanOrEqualTo(2);
        largest = all.stream()
                .max(java.util.Comparator.comparingInt(CampaignSummary::reports))
                .orElseThrow()
                .id()
                .number();
    }

    @AfterAll
    void stop() {
        if (node != null) node.close();
        if (browsers != null) browsers.close();
    }

    private void reportEverything() {
        for (int i = 0; i < 14; i++)
            report(
                    "تلقيت رسالة تطلب مني دفع رسوم الطرد إلى " + ACCOUNT + " ثم اتصل بي رقم آخر " + i,
                    i * 9,
                    "MA",
                    Category.ONLINE_FRAUD);
        for (int i = 0; i < 6; i++)
            report(
                    "J’ai versé l’acompte sur " + OTHER_ACCOUNT + " après le message de https://colis-" + i
                            + ".livraison-rapide.example/suivi/payer.php",
                    30 + i * 20,
                    "FR",
                    Category.PHISHING);
        for (int i = 0; i < 4; i++)
            report(
                    "Hello, your parcel is waiting, pay the customs fee today or it goes back " + HOSTILE
                            + " and write to parcels@post-office.example",
                    50 + i,
                    "ES",
                    Category.PHISHING);
        reference = report("Somebody shouted at me in a chat. " + HOSTILE, 3, "MA", Category.HARASSMENT);
    }

    private String report(String narrative, int hoursAgo, String country, Category category) {
        ReportDraft draft = new ReportDraft(
                category,
                narrative,
                Optional.of("en"),
                Optional.of(OccurredAt.exactly(Instant.now().minus(Duration.ofHours(hoursAgo)))),
                Optional.of(country),
                Optional.of(HOSTILE),
                List.of(new ReportedMoney(
                        new Money(new BigDecimal(100 + hoursAgo), Currency.getInstance("MAD")),
                        MoneyKind.LOST,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())),
                List.of(),
                List.of(HOSTILE),
                Optional.empty(),
                ReporterRole.VICTIM);
        return node.service(IntakeService.class)
                .submit(OFFICER, draft)
                .reference()
                .grouped();
    }

    @Test
    void anAnalystsDayInArabicOnAPhone() {
        day(390, 844, "ar-MA", "ar");
    }

    @Test
    void anAnalystsDayInFrenchOnADesktop() {
        day(1440, 900, "fr-FR", "fr");
    }

    private void day(int width, int height, String locale, String name) {
        try (Window window = browsers.window(width, height, locale, ColorScheme.LIGHT)) {
            Page page = window.page();
            page.navigate(node.console() + "/campaigns");
            window.shown(name + "-1-login");
            logIn(window);
            window.shown(name + "-2-purpose");
            choosePurpose(window);

            page.navigate(node.console() + "/");
            window.shown(name + "-3-home");
            page.navigate(node.console() + "/campaigns");
            window.shown(name + "-4-list");
            int rows = page.locator("table.campaigns tbody tr").count();
            page.locator("#category").selectOption(Category.ONLINE_FRAUD.name());
            window.follow(page.locator("form[action='/campaigns'] button"));
            assertThat(page.locator("table.campaigns tbody tr").count()).isBetween(1, rows - 1);
            window.shown(name + "-5-filtered");

            window.follow(page.locator("table.campaigns tbody tr a").first());
            String campaign = page.url();
            assertThat(page.locator("svg.chart .bar").count()).isPositive();
            window.shown(name + "-6-campaign");
            page.navigate(campaign + "/graph");
            chooseAPoint(page);
            window.shown(name + "-7-graph");

            split(window, campaign, name);

            page.navigate(node.console() + "/search");
            page.locator("#q").fill("عندي هذا الحساب GB29NWBK60161331926819");
            window.follow(page.locator("main form button"));
            assertThat(page.locator("main").innerText()).contains("GB29");
            window.shown(name + "-10-search");
            switchLanguage(window, "es");
            assertThat(page.url()).contains("/search?q=");
            assertThat(page.locator("html").getAttribute("lang")).isEqualTo("es");
            assertThat(page.locator("main").innerText()).contains("Reconocido como: IBAN");
        }
    }

    /** The shared account in the picture, clicked where it stands once all is at rest; then another by the keyboard alone. */
    private static void chooseAPoint(Page page) {
        page.locator("#graph[data-rest=yes]").waitFor();
        @SuppressWarnings("unchecked")
        Map<String, Number> point = (Map<String, Number>) page.evaluate("""
                async () => {
                  const area = document.getElementById('graph');
                  area.scrollIntoView({block: 'center', behavior: 'instant'});
                  // The page hears that it was scrolled with the next frame, and only then knows where its picture stands.
                  for (let i = 0; i < 2; i++) await new Promise((drawn) => requestAnimationFrame(drawn));
                  const place = area._cyreg.cy.nodes('.key')
                      .filter((node) => node.data('label').startsWith('GB29')).first().renderedPosition();
                  const box = area.getBoundingClientRect();
                  return {x: box.left + place.x, y: box.top + place.y};
                }
                """);
        page.mouse().click(point.get("x").doubleValue(), point.get("y").doubleValue());
        page.locator("#graph-details dl").waitFor();
        assertThat(page.locator("#graph-details").innerText()).contains("GB29");
        assertThat(page.locator("#graph-point option:checked").innerText()).contains("GB29");

        page.locator("#graph-point").focus();
        page.keyboard().press("End");
        page.locator("#graph-details a[href^='/reports/']").waitFor();
        assertThat(page.locator("#graph-details").innerText()).doesNotContain("GB29");
    }

    private void split(Window window, String campaign, String name) {
        Page page = window.page();
        page.navigate(campaign + "/reports");
        Locator boxes = page.locator("input[name=report]");
        int before = boxes.count();
        boxes.first().check();
        page.locator("#split-reason").fill("Another victim, another story " + HOSTILE);
        window.shown(name + "-8-reports");
        window.follow(page.locator("form[action$='/split'] button[type=submit]"));
        assertThat(page.locator("[role=status]").count()).isPositive();
        assertThat(page.locator(".decisions li").count()).isPositive();
        assertThat(page.locator(".decisions").innerText()).contains("amina", "Another victim");
        window.shown(name + "-9-decisions");

        page.navigate(campaign + "/reports");
        assertThat(page.locator("input[name=report]").count()).isEqualTo(before - 1);
    }

    @Test
    void everythingCanBeDoneWithoutScripts() {
        try (Window window = browsers.withoutScripts(360, 780, "fr-FR")) {
            Page page = window.page();
            page.navigate(node.console() + "/login");
            logIn(window);
            choosePurpose(window);
            page.navigate(node.console() + "/campaigns");
            page.locator("#country").selectOption("FR");
            window.follow(page.locator("form[action='/campaigns'] button"));
            window.follow(page.locator("table.campaigns tbody tr a").first());
            String campaign = page.url();
            page.navigate(campaign + "/graph");
            assertThat(page.locator("#graph-card").isVisible()).isFalse();
            assertThat(page.locator("#graph-ties tbody tr").count()).isPositive();

            page.navigate(campaign + "/decisions");
            page.navigate(campaign + "/reports");
            page.locator("input[name=report]").first().check();
            page.locator("#split-reason").fill("   ");
            window.follow(page.locator("form[action$='/split'] button[type=submit]"));
            assertThat(page.locator("[role=alert]").innerText()).contains("motif");
            page.locator("input[name=report]").first().check();
            page.locator("#split-reason").fill("Une autre affaire, un autre compte");
            window.follow(page.locator("form[action$='/split'] button[type=submit]"));
            assertThat(page.locator("[role=status]").count()).isPositive();
            assertThat(page.locator(".decisions").innerText()).contains("un autre compte");

            page.locator("details.menu").first().locator("summary").click();
            window.follow(page.locator("details.menu a[hreflang=ar]"));
            assertThat(page.locator("html").getAttribute("dir")).isEqualTo("rtl");
        }
    }

    @ParameterizedTest
    @EnumSource(WebLanguage.class)
    void everyPageIsAccessibleAndTranslated(WebLanguage language) {
        try (Window window = browsers.window(
                1280,
                900,
                language.locale().toLanguageTag(),
                language == WebLanguage.SPANISH ? ColorScheme.DARK : ColorScheme.LIGHT)) {
            Page page = window.page();
            page.navigate(node.console() + "/login");
            window.assertAccessible("login " + language);
            logIn(window);
            choosePurpose(window);
            for (String path : paths()) {
                page.navigate(node.console() + path);
                assertThat(page.locator("html").getAttribute("lang")).isEqualTo(language.code());
                if (path.endsWith("/graph"))
                    page.locator("#graph[data-rest=yes]").waitFor();
                window.assertAccessible(path + " " + language);
            }
            page.navigate(node.console() + "/campaigns/999999999");
            assertThat(window.complaints()).allMatch(complaint -> complaint.contains("404"));
            window.forgetComplaints();
            window.assertAccessible("not found " + language);
        }
    }

    private List<String> paths() {
        String campaign = "/campaigns/" + largest;
        return List.of(
                "/",
                "/campaigns",
                "/campaigns?least=1000",
                campaign,
                campaign + "/reports",
                campaign + "/graph",
                campaign + "/decisions",
                "/search",
                "/search?q=GB29NWBK60161331926819",
                "/search?q=nothing",
                "/alerts",
                "/alerts?open=false",
                "/reports",
                "/reports/" + reference,
                "/audit",
                "/officers",
                "/account",
                "/purpose");
    }

    @Test
    void hostileTextStaysTextOnEveryPage() {
        try (Window window = browsers.window(1280, 900, "en", ColorScheme.LIGHT)) {
            Page page = window.page();
            page.navigate(node.console() + "/login");
            logIn(window);
            choosePurpose(window);
            for (CampaignSummary campaign : campaigns
                    .list(OFFICER, CampaignFilter.all(), Optional.empty())
                    .items()) {
                for (String side : List.of("", "/reports", "/graph", "/decisions"))
                    inert(window, "/campaigns/" + campaign.id() + side);
            }
            for (String path : paths()) inert(window, path);
            inert(window, "/search?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E%22%3E");
            inert(window, "/campaigns?country=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E");
        }
    }

    private void inert(Window window, String path) {
        Page page = window.page();
        page.navigate(node.console() + path);
        assertThat(page.locator("img, [onerror], [onload], script:not([src])").count())
                .as("foreign elements on " + path)
                .isZero();
        assertThat(window.complaints()).as(path).isEmpty();
        assertThat(page.content()).doesNotContain("{{49}}");
    }

    @Test
    void keyboardReachesTheContentFirst() {
        try (Window window = browsers.window(1280, 900, "en", ColorScheme.LIGHT)) {
            Page page = window.page();
            page.navigate(node.console() + "/login");
            page.keyboard().press("Tab");
            assertThat(page.evaluate("document.activeElement.getAttribute('href')"))
                    .isEqualTo("#main");
        }
    }

    private void logIn(Window window) {
        Page page = window.page();
        page.locator("#username").fill("amina");
        page.locator("#password").fill(Desks.PASSWORD);
        window.follow(page.locator("form[action='/login'] button[type=submit]"));
    }

    private void choosePurpose(Window window) {
        Page page = window.page();
        if (!page.url().contains("/purpose")) page.navigate(node.console() + "/purpose");
        page.locator("input[name=purpose][value=INVESTIGATION]").check();
        window.follow(page.locator("form[action='/purpose'] button[type=submit]"));
    }

    private static void switchLanguage(Window window, String language) {
        Page page = window.page();
        page.locator("details.menu").first().locator("summary").click();
        window.follow(page.locator("details.menu a[hreflang=" + language + "]"));
    }
}
