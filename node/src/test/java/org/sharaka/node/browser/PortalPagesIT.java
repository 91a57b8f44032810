package org.sharaka.node.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sharaka.node.platform.TestNode;
import org.sharaka.node.portal.PortalProcess;

/** Journeys through the public portal in a real browser: a small phone, four languages, with and without script. */
class PortalPagesIT {
    private static final int PAGE_BYTES_MAX = 50_000;
    private static final String NEXT = "button.primary";

    /** Where the portal leads who leaves; nobody listens there, and nothing is ever fetched from outside. */
    private static final String WEATHER = "https://127.0.0.1:9/weather";

    /** Of all pages of a journey, so that one run shows every one. */
    private static final List<String> barriers = new ArrayList<>();

    private static TestNode node;
    private static PortalProcess portal;
    private static Browsers browsers;

    @BeforeAll
    static void start() {
        browsers = Browsers.start();
        node = TestNode.start();
        portal = PortalProcess.start(
                node.home(),
                Map.of(
                        "portal.port", "0",
                        "portal.emergency-phone", "00",
                        "portal.unit-phone", "000 00",
                        "portal.leave-to", WEATHER));
    }

    @AfterAll
    static void stop() {
        if (portal != null) portal.close();
        if (node != null) node.close();
        if (browsers != null) browsers.close();
    }

    @AfterEach
    void noBarriers() {
        List<String> found = List.copyOf(barriers);
        barriers.clear();
        assertThat(found).isEmpty();
    }

    private static String at(String path) {
        return portal.address() + path;
    }

    /** With a script or without; a page is never heavier than a slow link bears. */
    private static void next(Page page) {
        follow(page, () -> page.locator(NEXT).click());
        assertThat(page.content().getBytes(java.nio.charset.StandardCharsets.UTF_8).length)
                .as("weight of " + page.locator("h1").innerText())
                .isLessThan(PAGE_BYTES_MAX);
    }

    /** Acts and waits for the page that follows; asks the browser itself, so that it works where pages run no script. */
    private static void follow(Page page, Runnable act) {
        page.evaluate("() => { window.stillTheOldPage = true; }");
        act.run();
        long end = System.nanoTime() + 20_000_000_000L;
        while (System.nanoTime() < end) {
            try {
                Object arrived = page.evaluate("() => !window.stillTheOldPage && document.readyState === 'complete'");
                if (Boolean.TRUE.equals(arrived)) return;
            } catch (PlaywrightException changing) {
                assertThat(changing.getMessage()).contains("navigat");
            }
            page.waitForTimeout(20);
        }
        throw new AssertionError("no page followed");
    }

    private static void choose(Page page, String field, String value) {
        page.locator("input[name='" + field + "'][value='" + value + "']").check();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar", "fr", "en", "es"})
    void aFrightenedMinorOnASmallPhoneGoesThroughEveryPageWithoutABarrier(String language) {
        try (Browsers.Window window = browsers.window(360, 740, language, ColorScheme.LIGHT)) {
            Page page = window.page();
            page.navigate(at("/" + language + "/"));
            look(window, language, "1-home");
            window.follow(page.locator("a.primary"));
            look(window, language, "2-urgent");
            choose(page, "danger", "yes");
            choose(page, "money-left", "hours");
            choose(page, "under-18", "yes");
            choose(page, "phone-shared", "yes");
            next(page);
            look(window, language, "3-kind");
            next(page);
            window.forgetComplaints(); // The browser tells the console of the answer 422.
            look(window, language, "4-kind-missing");
            choose(page, "category", "SEXTORTION");
            choose(page, "role", "victim");
            next(page);
            page.locator("#amount").fill("1500");
            look(window, language, "5-money");
            next(page);
            page.locator("#story").fill("One line.\nAnother line with https://example.com/a?b=c&d=e and ١٢٣٤.");
            page.locator("summary").click();
            look(window, language, "6-story");
            next(page);
            look(window, language, "7-who");
            next(page);
            look(window, language, "8-you");
            choose(page, "identity", "anonymous");
            next(page);
            look(window, language, "9-check");
            page.locator("input[name=truth]").check();
            window.follow(page.locator(NEXT));
            look(window, language, "10-done");
            String reference = page.locator("#reference").innerText();
            String code = page.locator("#code").innerText();
            page.navigate(at("/" + language + "/follow"));
            look(window, language, "11-follow");
            page.locator("#reference").fill(reference.toLowerCase(java.util.Locale.ROOT));
            page.locator("#code").fill(code);
            next(page);
            look(window, language, "12-mailbox");
            page.navigate(at("/" + language + "/rights"));
            look(window, language, "13-rights");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar", "fr", "en", "es"})
    void aCompanyAndAWitnessMeetNoBarrierOnTheirOwnPages(String language) {
        try (Browsers.Window window = browsers.window(360, 740, language, ColorScheme.LIGHT)) {
            Page page = window.page();
            page.navigate(at("/" + language + "/report"));
            next(page);
            choose(page, "category", "RANSOMWARE");
            choose(page, "role", "organisation");
            next(page);
            page.locator("#story").fill("Files were locked over night.");
            next(page);
            page.locator("#traces").fill("192.0.2.7\n" + "0".repeat(64));
            look(window, language, "14-incident");
            page.navigate(at("/" + language + "/report"));
            next(page);
            choose(page, "category", "CHILD_EXPLOITATION");
            choose(page, "role", "witness");
            next(page);
            next(page);
            window.forgetComplaints();
            look(window, language, "15-addresses");
            page.locator("#content-links").fill("https://bad.example/1");
            next(page);
            choose(page, "identity", "named");
            next(page);
            window.forgetComplaints();
            look(window, language, "16-you-named");
            page.navigate(at("/" + language + "/nothing-here"));
            window.forgetComplaints();
            look(window, language, "17-error");
            page.navigate(at("/" + language + "/follow?closed=yes"));
            look(window, language, "18-closed");
        }
    }

    private static void look(Browsers.Window window, String language, String name) {
        // From the top: the bar that stays in sight covers something wherever else a page stands.
        window.page().evaluate("() => scrollTo(0, 0)");
        // Two languages are enough to look at by eye: one from the right, one with long words.
        if (language.equals("ar") || language.equals("fr")) window.screenshot("portal-" + language + "-" + name);
        try {
            window.assertAccessible("portal " + name + " in " + language);
        } catch (AssertionError barrier) {
            barriers.add(String.valueOf(barrier.getMessage()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar", "fr"})
    void aDesktopInTheDarkLooksRight(String language) {
        try (Browsers.Window window = browsers.window(1280, 800, language, ColorScheme.DARK)) {
            window.page().navigate(at("/" + language + "/"));
            look(window, language, "dark-home");
            window.page().navigate(at("/" + language + "/report"));
            look(window, language, "dark-urgent");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar", "fr", "en", "es"})
    void withoutScriptAReportIsHandedInFollowedAndAnswered(String language) {
        try (Browsers.Window window = browsers.withoutScripts(360, 740, language)) {
            Page page = window.page();
            page.navigate(at("/" + language + "/report"));
            choose(page, "danger", "yes");
            next(page);
            assertThat(page.locator("a[href='tel:00']").count()).isPositive();
            choose(page, "category", "THREATS");
            next(page);
            page.locator("#story").fill("Somebody threatens me.");
            next(page);
            next(page);
            next(page);
            page.locator("input[name=truth]").check();
            next(page);
            String reference = page.locator("#reference").innerText();
            String code = page.locator("#code").innerText();
            assertThat(page.locator("html").getAttribute("dir")).isEqualTo(language.equals("ar") ? "rtl" : "ltr");
            page.navigate(at("/" + language + "/follow"));
            page.locator("#reference").fill(reference);
            page.locator("#code").fill(code);
            next(page);
            assertThat(page.locator(".status h2").innerText()).isNotBlank();
            page.locator("#text").fill("One thing more.");
            next(page);
            assertThat(page.locator(".letter.own .text").innerText()).isEqualTo("One thing more.");
        }
    }

    @Test
    void theKeyboardAloneIsEnoughFromTheFirstPageToTheMailbox() {
        try (Browsers.Window window = browsers.window(360, 740, "en", ColorScheme.LIGHT)) {
            Page page = window.page();
            page.navigate(at("/en/"));
            // The first stop leads past everything that is the same on each page.
            page.keyboard().press("Tab");
            assertThat(page.evaluate("document.activeElement.getAttribute('href')"))
                    .isEqualTo("#main");
            page.keyboard().press("Enter");
            tabTo(page, "a.primary");
            follow(page, () -> page.keyboard().press("Enter"));
            for (String field : new String[] {"danger", "money-left", "child", "under-18", "phone-shared"}) {
                tabTo(page, "input[name='" + field + "']");
                page.keyboard().press("Space");
            }
            pressNext(page);
            tabTo(page, "input[name='category']");
            page.keyboard().press("Space");
            pressNext(page);
            assertThat(page.locator(".progress").innerText()).isEqualTo("Step 3 of 7");
            pressNext(page);
            tabTo(page, "#story");
            page.keyboard().type("Told without a mouse.");
            pressNext(page);
            pressNext(page);
            pressNext(page);
            tabTo(page, "input[name='truth']");
            page.keyboard().press("Space");
            pressNext(page);
            assertThat(page.locator("#code").innerText()).hasSizeGreaterThan(20);
            tabTo(page, "form[action='/en/mailbox'] button");
            follow(page, () -> page.keyboard().press("Enter"));
            assertThat(page.locator(".status h2").innerText()).isEqualTo("Received");
            tabTo(page, "#text");
            page.keyboard().type("More, without a mouse.");
            pressNext(page);
            assertThat(page.locator(".letter.own .text").innerText()).isEqualTo("More, without a mouse.");
        }
    }

    private static void pressNext(Page page) {
        tabTo(page, NEXT);
        follow(page, () -> page.keyboard().press("Enter"));
    }

    /** Where the focus stands is in sight and not under the bar that stays on top. */
    private static final String COVERED = """
            () => {
              const at = document.activeElement.getBoundingClientRect();
              const bar = document.querySelector('.leave').getBoundingClientRect();
              const seen = at.bottom > 0 && at.top < innerHeight;
              return !seen || (at.bottom <= bar.bottom && !document.activeElement.closest('.leave, .skip'));
            }
            """;

    private static void tabTo(Page page, String selector) {
        for (int i = 0; i < 80; i++) {
            page.keyboard().press("Tab");
            assertThat(page.evaluate(COVERED))
                    .as("the focus is hidden on the way to " + selector)
                    .isEqualTo(false);
            if (Boolean.TRUE.equals(page.evaluate("s => document.activeElement.matches(s)", selector))) return;
        }
        throw new AssertionError("the keyboard does not reach " + selector);
    }

    private static void weather(Page page) {
        page.route(
                WEATHER,
                route -> route.fulfill(new Route.FulfillOptions()
                        .setBody("<title>weather</title>elsewhere")
                        .setContentType("text/html")));
    }

    private static void writeSomethingPrivate(Page page) {
        page.navigate("about:blank");
        page.navigate(at("/en/report"));
        choose(page, "phone-shared", "yes");
        next(page);
        choose(page, "category", "SEXTORTION");
        next(page);
        page.locator("#story").fill("nobody may read this");
        next(page);
        page.locator("#recipient-name").fill("nobody may read this either");
        assertThat(page.title()).isEqualTo("Information and help");
    }

    /** Goes back step by step and asks the browser to send each form again, as somebody curious would. */
    private static void assertNothingIsFound(Page page) {
        for (int i = 0; i < 4; i++) {
            tolerant(page::goBack);
            assertThat(settled(page)).doesNotContain("nobody may read this");
            tolerant(page::reload);
            assertThat(settled(page)).doesNotContain("nobody may read this");
        }
    }

    /** What stands there once the browser is where it was going. */
    private static String settled(Page page) {
        for (int i = 0; i < 600; i++) {
            try {
                return page.content();
            } catch (PlaywrightException moving) {
                assertThat(moving.getMessage()).contains("navigating");
                page.waitForTimeout(100);
            }
        }
        throw new AssertionError("the page does not come to rest");
    }

    /** A page made by a form is not made again without asking: that is as good as nothing. */
    private static void tolerant(Runnable move) {
        try {
            move.run();
        } catch (PlaywrightException refused) {
            assertThat(refused.getMessage()).contains("net::ERR_");
        }
    }

    @Test
    void s13LeavingReplacesThePageAndTheBackButtonShowsNothingOfIt() {
        try (Browsers.Window window = browsers.window(360, 740, "en", ColorScheme.LIGHT)) {
            Page page = window.page();
            weather(page);
            writeSomethingPrivate(page);

            window.follow(page.locator("#leave"));

            assertThat(page.content()).contains("elsewhere");
            assertNothingIsFound(page);
        }
    }

    @Test
    void s13WithoutScriptToo() {
        try (Browsers.Window window = browsers.withoutScripts(360, 740, "en")) {
            Page page = window.page();
            writeSomethingPrivate(page);

            // Playwright gives no answer for us where a page was redirected to.
            window.follow(page.locator("#leave"));

            assertThat(settled(page)).doesNotContain("nobody may read this");
            assertNothingIsFound(page);
        }
    }

    @Test
    void s13EscapePressedTwiceLeavesToo() {
        try (Browsers.Window window = browsers.window(360, 740, "en", ColorScheme.LIGHT)) {
            Page page = window.page();
            weather(page);
            page.navigate(at("/en/follow"));
            page.keyboard().press("Escape");
            follow(page, () -> page.keyboard().press("Escape"));
            assertThat(page.content()).contains("elsewhere");
        }
    }

    /** Browsers for phones keep whole pages in memory; Playwright's Chromium is started without, so the event is made. */
    @Test
    void s13APageThatTheBrowserKeptWholeIsEmptiedWhenItIsShownAgain() {
        try (Browsers.Window window = browsers.window(360, 740, "en", ColorScheme.LIGHT)) {
            Page page = window.page();
            weather(page);
            writeSomethingPrivate(page);
            page.evaluate("""
                    () => {
                      const visit = new URL(document.getElementById('leave').href).searchParams.get('visit');
                      sessionStorage.setItem('left', visit);
                    }
                    """);

            follow(
                    page,
                    () -> page.evaluate(
                            "() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))"));

            assertThat(page.content()).contains("elsewhere");
        }
    }

    @Test
    void theReceiptPrintsOnOneSheetWithoutWhatOnlyAScreenNeeds() throws java.io.IOException {
        try (Browsers.Window window = browsers.window(360, 740, "fr", ColorScheme.LIGHT)) {
            Page page = window.page();
            page.navigate(at("/fr/report"));
            next(page);
            choose(page, "category", "OTHER");
            next(page);
            page.locator("#story").fill("Pour le papier.");
            for (int i = 0; i < 3; i++) next(page);
            page.locator("input[name=truth]").check();
            next(page);
            String code = page.locator("#code").innerText();
            byte[] paper = page.pdf(new Page.PdfOptions().setFormat("A4"));
            java.nio.file.Files.write(java.nio.file.Path.of("target", "screenshots", "portal-fr-printed.pdf"), paper);

            try (var document = org.apache.pdfbox.Loader.loadPDF(paper)) {
                String text = new org.apache.pdfbox.text.PDFTextStripper().getText(document);
                assertThat(document.getNumberOfPages()).isEqualTo(1);
                assertThat(text).contains(code).doesNotContain("Quitter vite", "Ouvrir ma boîte");
            }
        }
    }

    @Test
    void aDraftSurvivesADroppedLink() {
        try (Browsers.Window window = browsers.window(360, 740, "en", ColorScheme.LIGHT)) {
            Page page = window.page();
            page.navigate(at("/en/report"));
            next(page);
            choose(page, "category", "OTHER");
            next(page);
            page.locator("#story").fill("written just before the tunnel");
            page.context().setOffline(true);
            page.locator(NEXT).click();
            page.waitForURL("chrome-error://**");
            page.context().setOffline(false);
            page.reload();
            next(page);
            next(page);
            assertThat(page.content()).contains("written just before the tunnel");
        }
    }
}
