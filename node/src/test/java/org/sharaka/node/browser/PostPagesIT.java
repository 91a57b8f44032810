package org.sharaka.node.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sharaka.node.OfflineCommandLine;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.NewOfficer;
import org.sharaka.node.access.OfficerService;
import org.sharaka.node.access.Role;
import org.sharaka.node.browser.Browsers.Window;
import org.sharaka.node.platform.TestNode;
import org.sharaka.node.platform.WebLanguage;
import org.sharaka.node.screening.ListFormat;
import org.sharaka.node.screening.ListImportService;
import org.sharaka.node.screening.Standing;
import org.sharaka.node.screening.extract.ExtractCommand;
import org.sharaka.node.screening.post.PostProcess;

/** An officer at a post without network, with a telephone. All people are invented. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PostPagesIT {
    private static final Pattern CODE = Pattern.compile("[0-9A-Z]{5}-[0-9A-Z]{5}");
    private static final String HOSTILE =
            "<img src=x onerror=alert(1)><script>alert(2)</script>\"'><svg onload=alert(3)>{{7*7}}${7*7}\u202Egnp.exe";

    private final SetClock clock = new SetClock();
    private Browsers browsers;
    private PostProcess post;
    private String code;

    @TempDir
    static Path directory;

    @BeforeAll
    void start() throws Exception {
        browsers = Browsers.start();
        Path passphrase = Files.writeString(directory.resolve("passphrase"), "a passphrase of the post");
        Path home = directory.resolve("post");
        try (TestNode node = TestNode.start()) {
            Path file = Files.writeString(directory.resolve("wanted.json"), """
                    {"id":"yt","schema":"Person","properties":{"name":["Yasmine Tazerwalti","ياسمين التازروالتي"],"birthDate":["1970-05-03"],"nationality":["ma"]}}
                    """, StandardCharsets.UTF_8);
            node.service(ListImportService.class)
                    .run(
                            Actor.commandLine("test"),
                            new ListImportService.Request(
                                    ListFormat.FTM_JSON,
                                    file,
                                    Optional.of("wanted"),
                                    Optional.empty(),
                                    false,
                                    Optional.of(Standing.RED)),
                            read -> {});
            node.service(OfficerService.class)
                    .add(
                            Actor.commandLine("test"),
                            new NewOfficer("ridge1", "ridge1", Optional.of("ridge"), Set.of(Role.FRONT_LINE_OFFICER)));
            StringWriter said = new StringWriter();
            node.run(new ExtractCommand.Key(), said);
            OfflineCommandLine line = new OfflineCommandLine(Locale.ENGLISH);
            assertThat(line.run(
                            "post",
                            "init",
                            "--home=" + home,
                            "--name=ridge",
                            "--signer=" + said.toString().strip(),
                            "--set=vault.passphrase-file=" + passphrase))
                    .as(line.err())
                    .isZero();
            node.run(
                    new ExtractCommand.Make(),
                    said,
                    "--post=" + home.resolve("post.pub"),
                    "--officer=ridge1",
                    "--call=+212 500 55 17 00",
                    "--out=" + directory.resolve("extract"));
            Matcher found = CODE.matcher(said.toString());
            assertThat(found.find()).as(said.toString()).isTrue();
            code = found.group();
        }
        // The node is gone: nothing but the extract is left.
        post = PostProcess.start(
                home,
                directory.resolve("extract"),
                Map.of(
                        "post.port",
                        "0",
                        "post.zone",
                        "Africa/Casablanca",
                        "vault.passphrase-file",
                        passphrase.toString()),
                clock);
    }

    @AfterAll
    void stop() {
        if (post != null) post.close();
        if (browsers != null) browsers.close();
    }

    private static final class SetClock extends Clock {
        private volatile Duration ahead = Duration.ZERO;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }
    }

    private void signIn(Window window) {
        Page page = window.page();
        page.navigate(post.address() + "/");
        page.fill("#username", "ridge1");
        page.fill("#password", code.toLowerCase(Locale.ROOT));
        page.check("#p-SECURITY_CHECK");
        window.follow(page.locator("main button[type=submit]"));
    }

    private void ask(Window window, String text) {
        window.page().fill("#q", text);
        window.follow(window.page().locator("form.ask button"));
    }

    @ParameterizedTest
    @EnumSource(WebLanguage.class)
    void everyPageIsAccessibleOnAPhoneInEveryLanguage(WebLanguage language) {
        try (Window window = browsers.window(360, 740, language.code(), ColorScheme.LIGHT)) {
            Page page = window.page();
            page.navigate(post.address() + "/");
            assertThat(page.locator("html").getAttribute("dir"))
                    .isEqualTo(language == WebLanguage.ARABIC ? "rtl" : "ltr");
            window.assertAccessible("post log-in " + language);
            signIn(window);
            window.assertAccessible("post " + language);

            ask(window, "Helga Nobodyson");
            assertThat(page.locator(".outcome").getAttribute("class")).contains("no-match");
            window.assertAccessible("post no match " + language);
            ask(window, "yasmin tazarwalti 1970");
            assertThat(page.locator("#stamp").count()).isEqualTo(1);
            assertThat(page.locator("main").innerText()).contains("+212 500 55 17 00");
            assertThat(page.locator("article.found .law.arrest").count()).isEqualTo(1);
            window.assertAccessible("post possible match " + language);
            window.screenshot("post-match-" + language.code());

            window.follow(page.locator("article.found button"));
            assertThat(page.locator("form[action*=confirm], form[action*=dismiss]")
                            .count())
                    .isZero();
            assertThat(page.locator("#call").count()).isEqualTo(1);
            window.assertAccessible("post compare " + language);
            window.screenshot("post-compare-" + language.code());
        }
    }

    @Test
    void whatIsTypedIsTextAndTheWrongCodeSaysSo() {
        try (Window window = browsers.window(360, 740, "ar", ColorScheme.DARK)) {
            Page page = window.page();
            page.navigate(post.address() + "/login");
            page.fill("#username", "ridge1");
            page.fill("#password", "AAAAA-AAAAA");
            page.check("#p-SECURITY_CHECK");
            window.follow(page.locator("main button[type=submit]"));
            assertThat(page.locator("[role=alert]").count()).isEqualTo(1);
            window.assertAccessible("post refused");
            signIn(window);
            ask(window, HOSTILE);
            assertThat(page.locator("main img, main script, main svg").count()).isZero();
            window.assertAccessible("post hostile");
        }
    }

    /** Last: an extract that has ended does not begin again. */
    @Test
    @Order(Integer.MAX_VALUE)
    void theEndIsSaidAndNothingIsAnswered() {
        try (Window window = browsers.window(360, 740, "ar", ColorScheme.LIGHT)) {
            signIn(window);
            Page page = window.page();
            page.fill("#q", "yasmin tazarwalti");
            clock.ahead = Duration.ofDays(4);
            window.follow(page.locator("form.ask button"));
            window.forgetComplaints(); // The browser tells of the status 410.

            assertThat(page.locator(".outcome, article.found, form.ask").count())
                    .isZero();
            assertThat(page.locator("#stamp").innerText()).isEqualTo("انتهى هذا المستخرج");
            window.assertAccessible("post over");
            window.screenshot("post-over-ar");
        }
    }
}
