package org.sharaka.node.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.node.browser.Desks.logIn;
import static org.sharaka.node.browser.Desks.officer;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.access.Role;
import org.sharaka.node.browser.Browsers.Window;
import org.sharaka.node.platform.TestNode;
import org.sharaka.node.platform.WebLanguage;
import org.sharaka.node.screening.ListFormat;
import org.sharaka.node.screening.ListImportService;
import org.sharaka.node.screening.ScreeningService;
import org.sharaka.node.screening.Standing;
import org.sharaka.node.screening.hit.HitService;
import org.sharaka.node.screening.register.Circumstances;
import org.sharaka.node.screening.register.DocumentKind;
import org.sharaka.node.screening.register.NewDocument;
import org.sharaka.node.screening.register.RegisterService;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** An officer at a border and one at the bureau, in a real browser. All people are invented. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScreeningIT {
    private static final String HOSTILE =
            "<img src=x onerror=alert(1)><script>alert(2)</script>\"'><svg onload=alert(3)>{{7*7}}${7*7}\u202Egnp.exe";

    private Browsers browsers;
    private TestNode node;

    @TempDir
    static Path directory;

    @BeforeAll
    void start() throws Exception {
        browsers = Browsers.start();
        node = TestNode.start("sharaka.demo=true", "sharaka.web.zone=Africa/Casablanca");
        officer(node, "gate", "Port of Examples", Role.FRONT_LINE_OFFICER);
        officer(node, "events", "Salon des Exemples", Role.INVESTIGATOR);
        Actor bureau = officer(node, "bureau", "Bureau central national", Role.BUREAU_DUTY_OFFICER);
        list("wanted", Standing.RED, """
                {"id":"yt","schema":"Person","properties":{"name":["Yasmine Tazerwalti","ياسمين التازروالتي"],"birthDate":["1970-05-03"],"nationality":["ma"]}}
                {"id":"kv","schema":"Person","properties":{"name":["Dmitri Volkodavovich","Дмитрий Волкодавович"],"birthDate":["1958"],"nationality":["xx"]}}
                """);
        list("missing", Standing.YELLOW, """
                {"id":"mi","schema":"Person","properties":{"name":["Awa Diakhatek"],"birthDate":["2009-11-30"]}}
                """);
        node.service(RegisterService.class)
                .add(
                        bureau,
                        new NewDocument(
                                "QZ4711007",
                                DocumentKind.PASSPORT,
                                "MA",
                                Circumstances.LOST,
                                Optional.of(LocalDate.of(2026, 3, 1)),
                                Optional.empty(),
                                Optional.of("RB/2026-17")));
        long end = System.nanoTime() + 30_000_000_000L;
        ScreeningService screening = node.service(ScreeningService.class);
        while (screening.catalog(bureau).size() < 2 && System.nanoTime() < end) Thread.sleep(20);
    }

    private void list(String name, Standing standing, String text) throws IOException {
        Path file = Files.writeString(directory.resolve(name + ".json"), text, StandardCharsets.UTF_8);
        node.service(ListImportService.class)
                .run(
                        Actor.commandLine("test"),
                        new ListImportService.Request(
                                ListFormat.FTM_JSON,
                                file,
                                Optional.of(name),
                                Optional.empty(),
                                false,
                                Optional.of(standing)),
                        read -> {});
    }

    @AfterAll
    void stop() {
        if (node != null) node.close();
        if (browsers != null) browsers.close();
    }

    private void toTheField(Window window, String login) {
        logIn(window, node, login, Purpose.SECURITY_CHECK);
        window.page().navigate(node.console() + "/screening");
    }

    private static void ask(Window window, String typed) {
        window.page().locator("#q").fill(typed);
        window.follow(window.page().locator("form.ask button"));
    }

    @Test
    void atABorderAtNightInArabicOnAPhone() {
        try (Window window = browsers.window(390, 844, "ar-MA", ColorScheme.DARK)) {
            journey(window, "screening-ar", "تازروالتي ياسمين 03/05/1970");
        }
    }

    @Test
    void atACounterInFrenchOnADesktop() {
        try (Window window = browsers.window(1440, 900, "fr-FR", ColorScheme.LIGHT)) {
            journey(window, "screening-fr", "TAZEROUALTI Yasmin 3.5.1970");
        }
    }

    private void journey(Window window, String name, String typed) {
        Page page = window.page();
        toTheField(window, "gate");
        window.shown(name + "-1-empty");
        ask(window, "Helga Nobodyson");
        assertThat(page.locator(".outcome.no-match").count()).isEqualTo(1);
        window.shown(name + "-2-none");

        ask(window, typed);
        // What may lawfully be done stands before anything else of the entry, and no score stands there at all.
        assertThat(page.locator("article.found > :first-child").getAttribute("class"))
                .contains("law arrest");
        assertThat(page.locator(".answer").innerText()).doesNotContain("%").contains("Yasmine Tazerwalti");
        assertThat(page.url()).isEqualTo(node.console() + "/screening");
        window.shown(name + "-3-possible");

        window.follow(page.locator("article.found form button"));
        assertThat(page.locator(".sides tbody tr").count()).isGreaterThan(2);
        window.shown(name + "-4-compare");
        page.locator("#place").fill("Port des Exemples, quai 4 " + HOSTILE);
        page.locator("#c-BIRTH").check();
        page.locator("#note").fill("Calme. " + HOSTILE);
        window.follow(page.locator("form[action$='/confirm'] button"));
        assertThat(page.locator("[role=status]").count()).isPositive();
        assertThat(page.url()).isEqualTo(node.console() + "/screening");

        ask(window, "QZ 4711007");
        assertThat(page.locator(".outcome.same-number").count()).isEqualTo(1);
        assertThat(page.locator(".law.protect").count()).isEqualTo(1);
        window.shown(name + "-5-lost");
        ask(window, "Awa Diakhatek");
        assertThat(page.locator("article.found > .law.protect").count()).isEqualTo(1);
        page.navigate(node.console() + "/screening/own");
        window.shown(name + "-6-own");
    }

    @Test
    void withoutScriptsADismissedPairIsAskedOnce() {
        try (Window window = browsers.withoutScripts(360, 740, "es")) {
            Page page = window.page();
            toTheField(window, "gate");
            ask(window, "Dmitri Volkodavovich 1958");
            window.follow(page.locator("article.found form button"));
            page.locator("#r-LOOKS").check();
            window.follow(page.locator("form[action$='/dismiss'] button"));

            ask(window, "Dmitri Volkodavovich 1958");

            assertThat(page.locator(".outcome.dismissed").count()).isEqualTo(1);
            assertThat(page.locator("article.found").count()).isZero();
            window.screenshot("screening-es-7-dismissed");
            window.follow(page.locator("section.card form button"));
            window.follow(page.locator("form[action$='/take-back'] button"));
            // The pair stands open again, to be judged anew.
            assertThat(page.locator("form[action$='/dismiss']").count()).isEqualTo(1);
            page.navigate(node.console() + "/screening");
            ask(window, "Dmitri Volkodavovich 1958");
            assertThat(page.locator("article.found").count()).isEqualTo(1);
        }
    }

    @Test
    void theBureauChecksBeforeAnythingLeaves() {
        try (Window front = browsers.window(390, 844, "fr-FR", ColorScheme.LIGHT)) {
            toTheField(front, "gate");
            ask(front, "Yasmine Tazerwalti");
            front.follow(front.page().locator("article.found form button"));
            front.page().locator("#place").fill("quai 4");
            front.page().locator("#c-LOOKS").check();
            front.follow(front.page().locator("form[action$='/confirm'] button"));
        }
        try (Window window = browsers.window(1280, 900, "fr-FR", ColorScheme.LIGHT)) {
            Page page = window.page();
            toTheField(window, "bureau");
            page.navigate(node.console() + "/screening/hits");
            window.shown("screening-fr-8-hits");
            window.follow(page.locator("section[aria-labelledby=waiting] th a").first());
            for (String concern : List.of("OWN_NATIONAL", "MINOR", "ILL_TREATMENT", "NOTICE_SUSPENDED"))
                page.locator("#" + concern + "-NO").check();
            page.locator("#ASYLUM-YES").check();
            page.locator("#reason").fill("Statut de protection. " + HOSTILE);
            window.follow(page.locator("button[value=RELEASED]"));
            // An answer forbids it; what was typed stays.
            assertThat(page.locator("[role=alert]").count()).isEqualTo(1);
            assertThat(page.locator("#reason").inputValue()).contains("Statut de protection");
            window.forgetComplaints();
            window.shown("screening-fr-9-check");
            window.follow(page.locator("button[value=WITHHELD]"));
            assertThat(page.locator("[role=status]").count()).isEqualTo(1);

            page.navigate(node.console() + "/screening/registers");
            window.shown("screening-fr-10-registers");
            page.navigate(node.console() + "/screening/distinctions?entity=wanted-yt");
            page.locator("#name").fill("Yasmina Tazerwaltine");
            page.locator("#birth").fill("1970-05-03");
            page.locator("#documents").fill("BK4711007");
            page.locator("#consent").fill("Par écrit, au bureau. " + HOSTILE);
            page.locator("#agreed").check();
            window.follow(page.locator("form[action$='/distinctions'] button"));
            window.shown("screening-fr-11-paper");
            String code = page.locator(".paper .id.big").innerText();
            page.navigate(node.console() + "/screening");
            ask(window, code);
            assertThat(page.locator(".outcome.not-this-person").count()).isEqualTo(1);
            ask(window, "Yasmina Tazerwaltine BK4711007");
            assertThat(page.locator(".outcome.not-this-person").count()).isEqualTo(1);
            window.shown("screening-fr-12-told");
        }
        assertThat(node.service(HitService.class)
                        .queue(officer(node, "second", "Bureau", Role.BUREAU_DUTY_OFFICER))
                        .decided())
                .isNotEmpty();
    }

    @Test
    void aRollOfGuestsInArabicOnAPhone() throws Exception {
        try (Window window = browsers.window(390, 844, "ar-MA", ColorScheme.LIGHT)) {
            rollOfGuests(window, "screening-ar");
        }
    }

    @Test
    void aRollOfPassengersInFrenchOnADesktop() throws Exception {
        try (Window window = browsers.window(1440, 900, "fr-FR", ColorScheme.DARK)) {
            rollOfGuests(window, "screening-fr");
        }
    }

    private void rollOfGuests(Window window, String name) throws IOException {
        Page page = window.page();
        toTheField(window, "events");
        page.navigate(node.console() + "/screening/rolls");
        window.shown(name + "-20-rolls");
        Path file = Files.writeString(
                directory.resolve(name + ".csv"),
                """
                الاسم,تاريخ الميلاد,رقم الجواز,المرجع
                تازروالتي ياسمين,1970-05-03,,مقعد 4
                Helga Nobodyson,1980-01-01,ZZ4400221,seat 9
                Owner of a lost passport,,QZ4711007,seat 12
                ,,,
                "=cmd|' /C calc'!A0 HOSTILE",,,x
                """.replace("HOSTILE", HOSTILE.replace("\"", "\"\"")),
                StandardCharsets.UTF_8);
        page.locator("#title").fill("معرض الأمثلة " + HOSTILE);
        page.locator("#ends")
                .fill(LocalDate.now(java.time.ZoneOffset.UTC).plusDays(20).toString());
        page.locator("#file").setInputFiles(file);
        window.follow(page.locator("form[enctype] button"));
        String roll = page.url();
        assertThat(roll).startsWith(node.console() + "/screening/rolls/");
        assertThat(page.locator("form[action$='/approve']").count()).isZero();
        assertThat(page.locator("section[aria-labelledby=refusals] li").count()).isEqualTo(1);
        window.shown(name + "-21-waiting");
        try (Window second = browsers.window(1280, 900, "fr-FR", ColorScheme.LIGHT)) {
            toTheField(second, "bureau");
            assertThat(second.page().locator("a[href='/screening/rolls']").count())
                    .isGreaterThan(1);
            second.page().navigate(roll);
            // Held for the page to be seen while rows are still to be screened.
            node.service(TransactionTemplate.class).executeWithoutResult(held -> {
                var unused = node.service(JdbcTemplate.class)
                        .queryForList("select line from screening.roll_row for update", Long.class);
                second.follow(second.page().locator("form[action$='/approve'] button"));
                assertThat(second.page().locator("[role=status]").count()).isEqualTo(1);
                assertThat(second.page()
                                .locator("section[aria-labelledby=found] p.muted")
                                .innerText())
                        .startsWith("Rien à comparer parmi les lignes déjà contrôlées");
            });
        }
        long end = System.nanoTime() + 60_000_000_000L;
        page.navigate(roll);
        while (page.locator("article.found").count() < 2
                || page.locator("progress[value='4']").count() < 1) {
            assertThat(System.nanoTime()).as("the roll is screened").isLessThan(end);
            page.navigate(roll);
        }
        assertThat(page.locator("article.found .law.arrest").count()).isEqualTo(1);
        assertThat(page.locator("article.found .law.protect").count()).isEqualTo(1);
        assertThat(page.locator("main").innerText()).doesNotContain("%");
        window.shown(name + "-22-found");
        window.follow(
                page.locator("article.found form[action$='/compare'] button").first());
        assertThat(page.locator(".sides tbody tr").count()).isGreaterThan(2);
        page.navigate(roll);
        window.follow(page.locator("form[action$='/end'] button"));
        assertThat(page.url()).isEqualTo(node.console() + "/screening/rolls");
    }

    @Test
    void aStandingWatchFromTheRequestToItsAlertInArabicOnAPhone() {
        try (Window window = browsers.window(390, 844, "ar-MA", ColorScheme.DARK)) {
            Page page = window.page();
            toTheField(window, "events");
            page.navigate(node.console() + "/screening/watches");
            page.locator("#what").fill("Дмитрий Волкодавович 1958");
            page.locator("#reason").fill("رحلة متوقعة " + HOSTILE);
            window.follow(page.locator("form[action$='/watches'] button"));
            window.shown("screening-ar-30-watches");
            window.follow(page.locator("section[aria-labelledby=own] th a").first());
            String watch = page.url();
            try (Window second = browsers.window(1280, 900, "es", ColorScheme.LIGHT)) {
                toTheField(second, "bureau");
                second.page().navigate(watch);
                second.shown("screening-es-31-approve");
                second.follow(second.page().locator("form[action$='/approve'] button"));
            }
            page.navigate(node.console() + "/screening");
            assertThat(page.locator("p.note a[href='/screening/watches']").count())
                    .isEqualTo(1);
            page.navigate(watch);
            assertThat(page.locator("section[aria-labelledby=alerts] li").count())
                    .isEqualTo(1);
            window.shown("screening-ar-32-alert");
            page.locator("section[aria-labelledby=renew] #reason").fill("تأجلت الرحلة");
            window.follow(page.locator("form[action$='/renew'] button"));
            assertThat(page.locator("[role=status]").count()).isEqualTo(1);
            window.shown("screening-ar-33-renewal");
            try (Window second = browsers.window(1280, 900, "es", ColorScheme.LIGHT)) {
                toTheField(second, "bureau");
                second.page().navigate(watch);
                assertThat(second.page().locator("form[action$='/end'] button").innerText())
                        .as("it runs: to refuse is to do nothing")
                        .isEqualTo("Terminarla ahora, con sus alertas");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(WebLanguage.class)
    void everyPageIsAccessibleTranslatedAndInert(WebLanguage language) {
        try (Window window = browsers.window(
                language == WebLanguage.ARABIC ? 360 : 1280,
                900,
                language.locale().toLanguageTag(),
                language == WebLanguage.SPANISH ? ColorScheme.DARK : ColorScheme.LIGHT)) {
            Page page = window.page();
            toTheField(window, "bureau");
            for (String path : List.of(
                    "/screening",
                    "/screening/own",
                    "/screening/hits",
                    "/screening/registers",
                    "/screening/rolls",
                    "/screening/watches",
                    "/screening/distinctions?entity=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E")) {
                page.navigate(node.console() + path);
                assertThat(page.locator("html").getAttribute("lang")).isEqualTo(language.code());
                window.assertAccessible(path + " " + language);
                assertThat(page.locator("img, [onerror], [onload], script:not([src])")
                                .count())
                        .as("foreign elements on " + path)
                        .isZero();
            }
            if (language != WebLanguage.ARABIC) return;
            page.navigate(node.console() + "/screening");
            for (String typed : List.of(
                    "x",
                    "-.,;:!",
                    "\u202egnp.exe " + HOSTILE,
                    "9".repeat(500),
                    "١٢٣٤٥",
                    "y\u0301\u0301\u0301\u0301 z")) {
                ask(window, typed);
                assertThat(page.locator("[role=alert], .outcome").count())
                        .as(typed)
                        .isPositive();
                window.forgetComplaints();
                window.assertAccessible(typed + " " + language);
            }
        }
    }
}
