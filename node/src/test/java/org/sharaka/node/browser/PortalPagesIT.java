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
                node.home(), Map.of("portal.port", "0", "portal.emergency-phone", "00", "portal.unit-phone", "000 00"));
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
    void aSmallPhoneWithScriptGoesThroughEveryPageWithoutABarrier(String language) {
        try (Browsers.Window window = browsers.window(360, 740, language, ColorScheme.LIGHT)) {
            Page page = window.page();
            page.navigate(at("/" + language + "/"));
            look(window, language, "1-home");
            window.follow(page.locator("a.primary"));
            look(window, language, "2-urgent");
            choose(page, "danger", "yes");
            choose(page, "money-left", "today");
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

    private static void look(Browsers.Window window, String language, String name) {
        window.screenshot("portal-" + language + "-" + name);
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
    void withoutScriptAReportIsHandedInAndFollowed(String language) {
        try (Browsers.Window window = browsers.withoutScript(360, 740, language)) {
            Page page = window.page();
            page.navigate(at("/" + language + "/report"));
            next(page);
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
        }
    }

    @Test
    void theKeyboardAloneIsEnough() {
        try (Browsers.Window window = browsers.window(1280, 800, "en", ColorScheme.LIGHT)) {
            Page page = window.page();
            page.navigate(at("/en/report"));
            for (String field : new String[] {"danger", "money-left", "child", "under-18", "phone-shared"}) {
                tabTo(page, "input[name='" + field + "']");
                page.keyboard().press("Space");
            }
            tabTo(page, NEXT);
            follow(page, () -> page.keyboard().press("Enter"));
            tabTo(page, "input[name='category']");
            page.keyboard().press("ArrowDown");
            page.keyboard().press("ArrowUp");
            follow(page, () -> page.keyboard().press("Enter"));
            assertThat(page.locator(".progress").innerText()).isEqualTo("Step 3 of 7");
        }
    }

    private static void tabTo(Page page, String selector) {
        for (int i = 0; i < 60; i++) {
            page.keyboard().press("Tab");
            if (Boolean.TRUE.equals(page.evaluate("s => document.activeElement.matches(s)", selector))) return;
        }
        throw new AssertionError("the keyboard does not reach " + selector);
    }

    @Test
    void s13LeavingReplacesThePageAndTheBackButtonShowsNothingOfIt() {
        try (Browsers.Window window = browsers.window(360, 740, "en", ColorScheme.LIGHT)) {
            Page page = window.page();
            page.route(
                    "https://www.wikipedia.org/**",
                    route -> route.fulfill(new Route.FulfillOptions()
                            .setBody("<title>weather</title>elsewhere")
                            .setContentType("text/html")));
            page.navigate("about:blank");
            page.navigate(at("/en/report"));
            next(page);
            choose(page, "category", "SEXTORTION");
            next(page);
            page.locator("#story").fill("nobody may read this");
            assertThat(page.title()).isEqualTo("Information and help");
            window.follow(page.locator("#leave"));
            assertThat(page.content()).contains("elsewhere");
            try {
                page.goBack();
            } catch (PlaywrightException refused) {
                // A page made by a form is not made again without asking: that is as good.
                assertThat(refused.getMessage()).contains("ERR_CACHE_MISS");
            }
            assertThat(page.content()).doesNotContain("nobody may read this");
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
