package org.sharaka.node.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.node.browser.Desks.logIn;
import static org.sharaka.node.browser.Desks.officer;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.OfficerId;
import org.sharaka.node.access.OfficerService;
import org.sharaka.node.access.Role;
import org.sharaka.node.browser.Browsers.Window;
import org.sharaka.node.evidence.DestructionReason;
import org.sharaka.node.evidence.EvidenceService;
import org.sharaka.node.evidence.ItemId;
import org.sharaka.node.evidence.NewItem;
import org.sharaka.node.platform.TestNode;
import org.sharaka.node.platform.WebLanguage;

/** Files under custody in the console of a whole node. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EvidencePagesIT {
    private static final String HOSTILE = "\"><img src=x onerror=alert(1)>.png";

    private Browsers browsers;
    private TestNode node;
    private EvidenceService evidence;
    private Actor nadia;
    private Actor hind;

    @BeforeAll
    void start() {
        browsers = Browsers.start();
        node = TestNode.start(
                "sharaka.demo=true",
                "sharaka.web.zone=Africa/Casablanca",
                "sharaka.evidence.child-protection-unit=Women and children",
                "sharaka.evidence.review=1s");
        evidence = node.service(EvidenceService.class);
        nadia = officer(node, "nadia", "Cybercrime", Role.INVESTIGATOR, Role.COMPLIANCE_OFFICER);
        hind = officer(node, "hind", "Women and children", Role.INVESTIGATOR);
    }

    @AfterAll
    void stop() {
        if (node != null) node.close();
        if (browsers != null) browsers.close();
    }

    private ItemId take(String name, String type, byte[] content) {
        return evidence.take(nadia, new NewItem(name, type, false), new ByteArrayInputStream(content))
                .id();
    }

    private static byte[] picture() throws IOException {
        var image = new BufferedImage(320, 200, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < 320; x++) for (int y = 0; y < 200; y++) image.setRGB(x, y, x * 40_000 + y * 200);
        var out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }

    @Test
    void aFileIsTakenInShownAndSavedInFrenchOnADesktop() throws Exception {
        wayOfAFile(1440, 900, "fr-FR", "evidence-fr");
    }

    @Test
    void aFileIsTakenInShownAndSavedInArabicOnAPhone() throws Exception {
        wayOfAFile(390, 844, "ar-MA", "evidence-ar");
    }

    private void wayOfAFile(int width, int height, String locale, String name) throws IOException {
        byte[] picture = picture();
        String fileName = "capture d’écran " + locale + " صورة.png";
        try (Window window = browsers.window(width, height, locale, ColorScheme.LIGHT)) {
            Page page = window.page();
            logIn(window, node, "nadia");
            page.navigate(node.console() + "/evidence");
            page.locator("input[type=file]").setInputFiles(new FilePayload(fileName, "image/png", picture));
            Locator row = page.locator("table tbody tr").filter(new Locator.FilterOptions().setHasText(fileName));
            row.waitFor();
            window.shown(name + "-1-list");

            window.follow(row.locator("a"));
            assertThat(page.locator("img.picture").count())
                    .as("before anybody asked")
                    .isZero();
            assertThat(acts(page)).hasSize(1);
            window.shown(name + "-2-file");

            window.follow(page.locator("a[href*='shown=true']"));
            assertThat(page.evaluate("document.querySelector('img.picture').naturalWidth"))
                    .isEqualTo(320);
            page.reload();
            assertThat(acts(page).size()).isGreaterThan(1);
            Download download = page.waitForDownload(
                    () -> page.locator("a[href$='/content']").click());
            assertThat(download.suggestedFilename()).isEqualTo(fileName);
            assertThat(Files.readAllBytes(download.path())).isEqualTo(picture);
            Download forCourt =
                    page.waitForDownload(() -> page.locator("a[href$='/court']").click());
            assertThat(Files.readAllBytes(forCourt.path())).isEqualTo(picture);
            page.reload();
            window.shown(name + "-3-shown");
        }
    }

    private static List<String> acts(Page page) {
        return page.locator("table tbody tr").allInnerTexts();
    }

    @Test
    void s12OneClickClosesAFileAndOnlyOneUnitSeesItThen() throws Exception {
        ItemId id = take("a private name.png", "image/png", picture());
        try (Window window = browsers.window(1280, 900, "en", ColorScheme.LIGHT)) {
            Page page = window.page();
            logIn(window, node, "nadia");
            page.navigate(node.console() + "/evidence/" + id);

            window.follow(page.locator("form[action$='/restrict'] button"));

            assertThat(page.locator("main").innerText())
                    .contains("may show the abuse of a child")
                    .doesNotContain("private name");
            assertThat(page.locator("a[href$='/content'], a[href$='/court'], a[href*='shown=true'], img.picture")
                            .count())
                    .isZero();
            window.shown("evidence-en-4-closed");
            assertThat(page.navigate(node.console() + "/evidence/" + id + "/picture")
                            .status())
                    .isEqualTo(403);
            window.forgetComplaints();
            page.navigate(node.console() + "/evidence");
            assertThat(page.locator("main").innerText()).doesNotContain("private name");
        }
        try (Window window = browsers.window(1280, 900, "en", ColorScheme.DARK)) {
            Page page = window.page();
            logIn(window, node, "hind");
            page.navigate(node.console() + "/evidence");
            assertThat(page.locator("section[aria-labelledby=restricted]").innerText())
                    .contains("private name", "late");
            window.shown("evidence-en-5-unit");
            page.navigate(node.console() + "/evidence/" + id);
            assertThat(page.locator("a[href$='/content']").count()).isZero();
            window.follow(page.locator("form[action$='/release'] button"));
            assertThat(page.locator("main").innerText()).doesNotContain("may show the abuse");
        }
    }

    @ParameterizedTest
    @EnumSource(WebLanguage.class)
    void everyPageIsAccessibleTranslatedAndInert(WebLanguage language) throws IOException {
        ItemId held = take(HOSTILE, "image/png", "no picture".getBytes(StandardCharsets.UTF_8));
        ItemId destroyed = take("gone", "text/html", new byte[10]);
        evidence.view(nadia, destroyed).close();
        evidence.attach(
                nadia, destroyed, "message/0198", node.service(Clock.class).instant());
        evidence.destroy(nadia, destroyed, DestructionReason.ORDER_OF_AUTHORITY);
        ItemId closed = take("closed", "image/png", new byte[10]);
        evidence.restrict(hind, closed);
        try (Window window = browsers.window(
                language == WebLanguage.ARABIC ? 360 : 1280,
                900,
                language.locale().toLanguageTag(),
                language == WebLanguage.SPANISH ? ColorScheme.DARK : ColorScheme.LIGHT)) {
            Page page = window.page();
            for (String login : List.of("nadia", "hind")) {
                if (login.equals("hind")) page.context().clearCookies();
                logIn(window, node, login);
                for (String path :
                        List.of("/evidence", "/evidence/" + held, "/evidence/" + destroyed, "/evidence/" + closed)) {
                    page.navigate(node.console() + path);
                    assertThat(page.locator("html").getAttribute("lang")).isEqualTo(language.code());
                    window.assertAccessible(path + " " + language);
                    assertThat(page.locator("img, [onerror], [onload], script:not([src])")
                                    .count())
                            .as("foreign elements on " + path)
                            .isZero();
                }
            }
        }
    }

    @Test
    void aFileThatIsRefusedIsToldAtItsPlace() {
        try (Window window = browsers.window(1280, 900, "en", ColorScheme.LIGHT)) {
            Page page = window.page();
            logIn(window, node, "nadia");
            page.navigate(node.console() + "/evidence");
            changeRoles(Role.COMPLIANCE_OFFICER);

            page.locator("input[type=file]").setInputFiles(new FilePayload("a.txt", "text/plain", new byte[10]));

            page.locator(".uploads .badge.warn").waitFor();
            assertThat(page.locator(".uploads").innerText()).contains("a.txt");
            changeRoles(Role.INVESTIGATOR, Role.COMPLIANCE_OFFICER);
        }
    }

    private void changeRoles(Role... roles) {
        node.service(OfficerService.class)
                .changeRoles(Actor.commandLine("test"), new OfficerId(UUID.fromString(nadia.id())), Set.of(roles));
    }
}
