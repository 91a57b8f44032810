package org.sharaka.node.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The machine's own Chromium under Playwright; nothing is downloaded. A new profile for every window, no background
 * traffic.
 */
final class Browsers implements AutoCloseable {
    /** First the one without a desktop's interface: a page costs it a fraction of the work. */
    private static final List<Path> PLACES = Stream.of(
                    "/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser")
            .map(Path::of)
            .toList();
    /** How Thymeleaf shows a key without a message. */
    private static final Pattern UNTRANSLATED = Pattern.compile("\\?\\?[\\w.-]+\\?\\?");

    /** How long a page may take on a machine that does much else. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private final Playwright playwright;
    private final Browser browser;

    private Browsers(Path chromium) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setHeadless(true)
                        .setArgs(List.of(
                                "--no-sandbox",
                                // Nothing is asked of any other machine, wherever a page may lead.
                                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
    }

    /** Skips the test, saying what to install, where there is no Chromium. */
    static Browsers start() {
        Optional<Path> chromium = PLACES.stream().filter(Files::isExecutable).findFirst();
        assumeTrue(
                chromium.isPresent(), "Chromium is missing: apt-get install chromium-headless-shell fonts-noto-core");
        return new Browsers(chromium.get());
    }

    /** A window of a size in CSS pixels, in a language, light or dark. */
    Window window(int width, int height, String language, ColorScheme scheme) {
        return new Window(browser.newContext(options(width, height, language).setColorScheme(scheme)));
    }

    /** A window that runs no scripts. */
    Window withoutScripts(int width, int height, String language) {
        return new Window(browser.newContext(options(width, height, language).setJavaScriptEnabled(false)));
    }

    private static Browser.NewContextOptions options(int width, int height, String language) {
        return new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setLocale(language)
                .setReducedMotion(ReducedMotion.REDUCE);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }

    /** One window and everything suspicious that happened in it. */
    static final class Window implements AutoCloseable {
        private final BrowserContext context;
        private final Page page;
        private final List<String> complaints = new CopyOnWriteArrayList<>();

        private Window(BrowserContext context) {
            this.context = context;
            context.setDefaultTimeout((double) PATIENCE.toMillis());
            context.setDefaultNavigationTimeout((double) PATIENCE.toMillis());
            this.page = context.newPage();
            page.onDialog(dialog -> {
                complaints.add("dialog: " + dialog.message());
                dialog.dismiss();
            });
            page.onPageError(error -> complaints.add("script error: " + error));
            page.onConsoleMessage(message -> {
                if (message.type().equals("error")) complaints.add("console: " + message.text());
            });
        }

        Page page() {
            return page;
        }

        /** What scripts, the content security policy or dialogs complained of; none is expected on any page. */
        List<String> complaints() {
            return List.copyOf(complaints);
        }

        /** Clicks and waits for the page that follows: a click alone returns while the old page still stands. */
        void follow(Locator element) {
            page.evaluate("() => { window.stillTheOldPage = true; }");
            element.click();
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!onTheNextPage()) {
                assertThat(System.nanoTime()).as("no page follows " + element).isLessThan(end);
                page.waitForTimeout(20);
            }
        }

        /** Asked from outside, so that it also holds where the window runs no scripts. */
        private boolean onTheNextPage() {
            try {
                return Boolean.TRUE.equals(
                        page.evaluate("() => !window.stillTheOldPage && document.readyState === 'complete'"));
            } catch (PlaywrightException e) {
                // Between two pages there is none to ask.
                return false;
            }
        }

        void forgetComplaints() {
            complaints.clear();
        }

        /** Saves what the window shows from top to bottom under target/screenshots. */
        void screenshot(String name) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(SCREENSHOTS.resolve(name + ".png"))
                    .setFullPage(true));
        }

        /** Saves what the window shows, so that a page that fails can be looked at, and asserts that it is accessible. */
        void shown(String name) {
            screenshot(name);
            assertAccessible(name);
        }

        /** The elements that stick out of a page that scrolls sideways. */
        private static final String WIDER_THAN_THE_WINDOW = """
                () => {
                  const root = document.documentElement;
                  if (root.scrollWidth <= root.clientWidth) return [];
                  return [...document.querySelectorAll('body *')]
                      .filter(e => { const r = e.getBoundingClientRect(); return r.right > root.clientWidth + 1 || r.left < -1; })
                      .map(e => e.tagName + '.' + e.className).slice(0, 12);
                }
                """;

        /** Nothing against WCAG 2.2 AA, nothing wider than the window, no text without translation. */
        void assertAccessible(String where) {
            List<String> found = new ArrayList<>();
            new AxeBuilder(page)
                    .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"))
                    .analyze()
                    .getViolations()
                    .forEach(rule -> rule.getNodes()
                            .forEach(node -> found.add(rule.getId() + ": " + node.getTarget() + " " + node.getHtml())));
            assertThat(found).as("axe on " + where).isEmpty();
            assertThat((List<?>) page.evaluate(WIDER_THAN_THE_WINDOW))
                    .as("sideways scrolling on " + where)
                    .isEmpty();
            assertThat(UNTRANSLATED.matcher(page.content()).results().map(MatchResult::group))
                    .as("without translation on " + where)
                    .isEmpty();
            assertThat(complaints).as("complaints on " + where).isEmpty();
        }

        @Override
        public void close() {
            context.close();
        }
    }
}
