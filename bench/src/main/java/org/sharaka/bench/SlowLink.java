package org.sharaka.bench;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The portal's pages in a real browser over a link as slow as 2G: what each weighs on the wire, and after how long it can be
 * read and used. The browser slows itself down (Chrome DevTools Protocol, {@code Network.emulateNetworkConditions}).
 */
final class SlowLink {
    /** Chrome's profile "Regular 2G". */
    private static final int DOWN_KILOBITS = 250;

    private static final int UP_KILOBITS = 50;
    private static final int ROUND_TRIP_MILLIS = 300;

    private static final List<Path> CHROMIUM = Stream.of(
                    "/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser")
            .map(Path::of)
            .toList();

    /** Usable: read, styled, and its script run; what the browser itself says of the page that it shows. */
    private static final String SEEN = """
            () => {
              const page = performance.getEntriesByType('navigation')[0];
              const paint = performance.getEntriesByName('first-contentful-paint')[0];
              const parts = performance.getEntriesByType('resource');
              return [
                Math.max(page.domContentLoadedEventEnd, paint ? paint.startTime : 0),
                parts.reduce((sum, part) => sum + part.transferSize, page.transferSize)
              ];
            }
            """;

    private final URI portal;
    private final Map<String, Seen> pages = new LinkedHashMap<>();

    private SlowLink(URI portal) {
        this.portal = portal;
    }

    /** The slowest and the heaviest of all languages. */
    private record Seen(double millis, double bytes) {
        Seen worse(Seen other) {
            return new Seen(Math.max(millis, other.millis), Math.max(bytes, other.bytes));
        }
    }

    static boolean possible() {
        return CHROMIUM.stream().anyMatch(Files::isExecutable);
    }

    /** Goes through every page in every language. */
    static void measure(URI portal, Figures figures) {
        SlowLink link = new SlowLink(portal);
        Playwright.CreateOptions nothingDownloaded =
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"));
        Path program = CHROMIUM.stream().filter(Files::isExecutable).findFirst().orElseThrow();
        try (Playwright playwright = Playwright.create(nothingDownloaded);
                Browser browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(program)
                                .setHeadless(true)
                                .setArgs(List.of("--no-sandbox", "--disable-background-networking")))) {
            for (String language : List.of("ar", "fr", "en", "es")) link.journey(browser, language);
        }
        link.pages.forEach((name, seen) -> {
            figures.put("page_" + name, seen.bytes() / 1000, "kB");
            figures.put("page_" + name + "_usable_2g", seen.millis() / 1000, "s");
        });
    }

    private void journey(Browser browser, String language) {
        try (BrowserContext phone = browser.newContext(
                new Browser.NewContextOptions().setViewportSize(360, 740).setLocale(language))) {
            phone.setDefaultTimeout(120_000);
            Page page = phone.newPage();
            slowDown(phone, page);
            String at = portal + "/" + language + "/";
            page.navigate(at);
            seen("home", page);
            page.navigate(at + "report");
            seen("urgent", page);
            choose(page, "money-left", "hours");
            next("kind", page);
            choose(page, "category", "RANSOMWARE");
            choose(page, "role", "organisation");
            next("money", page);
            page.locator("#amount").fill("1500");
            next("story", page);
            page.locator("#story").fill("A few words of what happened. ".repeat(40));
            next("incident", page);
            next("who", page);
            next("you", page);
            choose(page, "identity", "anonymous");
            next("check", page);
            page.locator("input[name=truth]").check();
            next("done", page);
            String reference = page.locator("#reference").innerText();
            String code = page.locator("#code").innerText();
            page.navigate(at + "follow");
            seen("follow", page);
            page.locator("#reference").fill(reference);
            page.locator("#code").fill(code);
            next("mailbox", page);
            page.navigate(at + "rights");
            seen("rights", page);
        }
    }

    private static void slowDown(BrowserContext phone, Page page) {
        JsonObject conditions = new JsonObject();
        conditions.addProperty("offline", false);
        conditions.addProperty("latency", ROUND_TRIP_MILLIS);
        conditions.addProperty("downloadThroughput", DOWN_KILOBITS * 1000 / 8);
        conditions.addProperty("uploadThroughput", UP_KILOBITS * 1000 / 8);
        phone.newCDPSession(page).send("Network.emulateNetworkConditions", conditions);
    }

    private static void choose(Page page, String field, String value) {
        page.locator("input[name='" + field + "'][value='" + value + "']").check();
    }

    private void next(String name, Page page) {
        page.evaluate("() => { window.stillTheOldPage = true; }");
        page.locator("button.primary").click();
        page.waitForFunction("() => !window.stillTheOldPage && document.readyState === 'complete'");
        seen(name, page);
    }

    private void seen(String name, Page page) {
        page.waitForFunction("() => performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd > 0");
        List<?> told = (List<?>) page.evaluate(SEEN);
        Seen one = new Seen(((Number) told.get(0)).doubleValue(), ((Number) told.get(1)).doubleValue());
        pages.merge(name, one, Seen::worse);
    }
}
