package org.sharaka.node.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.node.browser.Desks.logIn;
import static org.sharaka.node.browser.Desks.named;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
import org.sharaka.node.access.Role;
import org.sharaka.node.browser.Browsers.Window;
import org.sharaka.node.intake.Category;
import org.sharaka.node.intake.Channel;
import org.sharaka.node.intake.Circumstances;
import org.sharaka.node.intake.Contact;
import org.sharaka.node.intake.CorrespondenceService;
import org.sharaka.node.intake.IntakeService;
import org.sharaka.node.intake.MessageKind;
import org.sharaka.node.intake.Reference;
import org.sharaka.node.intake.ReportDraft;
import org.sharaka.node.intake.ReporterRole;
import org.sharaka.node.intake.Submission;
import org.sharaka.node.platform.TestNode;
import org.sharaka.node.platform.WebLanguage;
import org.sharaka.node.triage.RuleService;
import org.sharaka.node.triage.Template;
import org.sharaka.node.triage.TemplateService;

/** An intake officer's shift in the console of a whole node, with invented reports. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TriageIT {
    /** A published example of check digits; no such account exists. */
    private static final String ACCOUNT = "GB29 NWBK 6016 1331 9268 19";

    private static final String HOSTILE =
            "<img src=x onerror=alert(1)><script>alert(2)</script>\"'><svg onload=alert(3)>{{7*7}}${7*7}\u202Egnp.exe";

    private static final Actor PORTAL = Actor.system("test.portal");

    private Browsers browsers;
    private TestNode node;
    private Instant now;
    private Reference danger;
    private Reference closed;

    @BeforeAll
    void start() {
        browsers = Browsers.start();
        node = TestNode.start(
                "sharaka.demo=true", "sharaka.web.zone=Africa/Casablanca", "sharaka.triage.read-child=1s");
        now = node.service(Clock.class).instant();
        Actor chief = hostile("chief", "Cybercrime", Role.INTAKE_SUPERVISOR);
        Actor karim = hostile("karim", "Cybercrime", Role.INTAKE_OFFICER);
        Actor salma = hostile("salma", "Women and children", Role.INTAKE_OFFICER);
        node.service(RuleService.class)
                .add(
                        chief,
                        new RuleService.NewRule(
                                1,
                                Optional.of(Category.CHILD_EXPLOITATION),
                                Optional.empty(),
                                Optional.empty(),
                                false,
                                "Women and children",
                                true));
        TemplateService templates = node.service(TemplateService.class);
        for (Template template : templates.all(chief)) {
            templates.review(karim, template.id());
            templates.review(salma, template.id());
        }
        for (int i = 0; i < 3; i++)
            report(
                    Category.PHISHING,
                    "تلقيت رسالة تطلب مني دفع رسوم الطرد إلى " + ACCOUNT + " ثم اتصل بي رقم آخر " + i,
                    told(false, false, Optional.of(now.minus(Duration.ofMinutes(10L * i)))));
        report(Category.HARASSMENT, "He writes every day. " + HOSTILE, told(false, false, Optional.empty()));
        report(Category.SEXTORTION, "Il menace de publier une vidéo.", wish());
        danger = report(
                Category.ONLINE_FRAUD,
                "J’ai versé l’acompte sur " + ACCOUNT + " et un homme attend devant chez moi.",
                new Circumstances(
                        true,
                        false,
                        false,
                        Optional.of(now.minus(Duration.ofMinutes(20))),
                        true,
                        false,
                        true,
                        Map.of(
                                "money.left", "hours",
                                "money.bank", "Banque d’essai",
                                "money.transaction-id", "TX-4711",
                                "contact.way", "messenger",
                                "incident.sector", "health",
                                "incident.ongoing", "unknown")));
        closed = report(Category.CHILD_EXPLOITATION, "Une adresse.", told(false, true, Optional.empty()));
        node.service(CorrespondenceService.class)
                .receive(PORTAL, idOf(danger), MessageKind.ADDITION, "Il est parti. " + HOSTILE, now);
    }

    private org.sharaka.node.intake.ReportId idOf(Reference reference) {
        return node.service(IntakeService.class).idOf(reference).orElseThrow();
    }

    private static Circumstances told(boolean danger, boolean child, Optional<Instant> sent) {
        return new Circumstances(danger, child, false, sent, false, false, false, Map.of());
    }

    private static Circumstances wish() {
        return new Circumstances(false, false, true, Optional.empty(), false, true, false, Map.of());
    }

    /** Their name is shown on many pages. */
    private Actor hostile(String login, String unit, Role role) {
        return named(node, login, login + " " + HOSTILE.substring(0, 20), unit, role);
    }

    private Reference report(Category category, String narrative, Circumstances told) {
        ReportDraft draft = new ReportDraft(
                category,
                narrative,
                Optional.of(narrative.startsWith("ت") ? "ar" : "fr"),
                Optional.empty(),
                Optional.of("MA"),
                Optional.of("Marrakech"),
                List.of(),
                List.of(),
                List.of(),
                Optional.of(new Contact(
                        Optional.of("A. Name"), Optional.empty(), Optional.of("+212 600 000 000"), Optional.empty())),
                ReporterRole.VICTIM);
        return node.service(IntakeService.class)
                .submit(PORTAL, new Submission(draft, told, Channel.PORTAL, Optional.empty(), false))
                .reference();
    }

    @AfterAll
    void stop() {
        if (node != null) node.close();
        if (browsers != null) browsers.close();
    }

    @Test
    void aShiftInFrenchOnADesktop() {
        shift(1440, 900, "fr-FR", "triage-fr");
    }

    @Test
    void aShiftInArabicOnAPhone() {
        shift(390, 844, "ar-MA", "triage-ar");
    }

    private void shift(int width, int height, String locale, String name) {
        try (Window window = browsers.window(width, height, locale, ColorScheme.LIGHT)) {
            Page page = window.page();
            report(
                    Category.PHISHING,
                    "Il menace de venir chez moi. J’ai payé sur " + ACCOUNT,
                    told(true, false, Optional.of(now.minus(Duration.ofMinutes(30)))));
            logIn(window, node, "karim");
            page.navigate(node.console() + "/triage");
            window.shown(name + "-1-queue");
            Locator first = page.locator("#queue tbody tr a").first();
            assertThat(page.locator("#queue tbody tr").first().innerText())
                    .contains(locale.startsWith("ar") ? "خطر حالّ" : "Danger immédiat");
            assertThat(page.locator("#queue").innerText()).doesNotContain(closed.grouped());

            window.follow(first);
            window.shown(name + "-2-report");
            window.follow(page.locator("form[action$='/take'] button"));
            assertThat(page.locator("[role=status]").count()).isPositive();
            page.locator("select[name=template]")
                    .selectOption(new com.microsoft.playwright.options.SelectOption().setIndex(2));
            window.follow(page.locator("form[method=get] button").first());
            assertThat(page.locator(".letter-preview [lang=fr]").count()).isPositive();
            window.shown(name + "-3-letter");
            int letters = page.locator(".letters .ours").count();
            window.follow(page.locator(".letter-preview form button"));
            assertThat(page.locator(".letters .ours").count()).isEqualTo(letters + 1);
            assertThat(page.locator(".letters").innerText()).contains("Appelez votre banque");

            page.navigate(node.console() + "/triage/reports/" + danger.grouped());
            assertThat(page.locator("section[aria-labelledby=told]").innerText())
                    .contains("Banque d’essai", locale.startsWith("ar") ? "الصحة" : "Santé")
                    .doesNotContain("money.left", "hours", "messenger", "health", "unknown");
            assertThat(page.locator("a[href='/mailboxes/" + danger.grouped() + "']")
                            .count())
                    .isEqualTo(1);
            window.shown(name + "-2-told");
            call(window, name);

            page.navigate(node.console() + "/triage/handover");
            page.locator("#note").fill("La banque rappelle à neuf heures. " + HOSTILE);
            window.follow(page.locator("form[action='/triage/handover'] button"));
            assertThat(page.locator(".decisions li").count()).isPositive();
            window.shown(name + "-6-handover");
        }
    }

    private void call(Window window, String name) {
        Page page = window.page();
        page.navigate(node.console() + "/triage/call");
        assertThat(page.evaluate("document.activeElement.id")).isEqualTo("bank");
        page.locator("#bank").fill("Banque d’essai");
        page.locator("#account").fill("MA64 011519000001205000534921");
        page.locator("#transaction").fill("TX-4712");
        page.locator("#amount").fill("beaucoup");
        page.locator("#recipient").fill(ACCOUNT);
        page.locator("#card").fill("4111 1111 1111 1111");
        page.locator("#narrative").fill("Elle a cru parler à sa banque. " + HOSTILE);
        page.locator("#phone").fill("+212 600 000 001");
        window.follow(page.locator("form.call button[type=submit]"));
        assertThat(window.complaints()).allMatch(complaint -> complaint.contains("422"));
        window.forgetComplaints();
        assertThat(page.locator("[role=alert]").count()).isPositive();
        assertThat(page.locator("#narrative").inputValue())
                .contains("Elle a cru parler")
                .contains("onerror");
        assertThat(page.locator("#amount").getAttribute("aria-invalid")).isEqualTo("true");
        window.shown(name + "-4-call");
        page.locator("#amount").fill("1 250,50");
        window.follow(page.locator("form.call button[type=submit]"));
        assertThat(page.locator(".spelt:not(.codes) li").count()).isEqualTo(5);
        assertThat(page.locator(".codes li").count()).isEqualTo(4);
        assertThat(page.locator("#code").innerText()).hasSize(23);
        window.shown(name + "-5-spelt");
        window.follow(page.locator("a[href^='/triage/reports/']"));
        assertThat(page.locator("main").innerText())
                .contains("411111", "1111", "TX-4712")
                .doesNotContain("4111 1111 1111");
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
            logIn(window, node, "chief");
            for (String path : List.of(
                    "/triage",
                    "/triage?view=WAITING",
                    "/triage?view=DONE&unread=true",
                    "/triage?level=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E",
                    "/triage/reports/" + danger.grouped(),
                    "/triage/call",
                    "/triage/call/" + danger.grouped() + "?in=ar",
                    "/triage/handover",
                    "/triage/roster",
                    "/triage/templates",
                    "/triage/rules",
                    "/triage/outcomes?campaign=1",
                    "/reports/" + danger.grouped())) {
                page.navigate(node.console() + path);
                assertThat(page.locator("html").getAttribute("lang")).isEqualTo(language.code());
                window.assertAccessible(path + " " + language);
                assertThat(page.locator("img, [onerror], [onload], script:not([src])")
                                .count())
                        .as("foreign elements on " + path)
                        .isZero();
            }
            page.navigate(node.console() + "/triage/templates");
            if (language == WebLanguage.ARABIC) window.screenshot("triage-ar-7-templates");
        }
    }

    @Test
    void newsArriveWithoutReloadingAndKeysMoveThroughTheQueue() {
        try (Window window = browsers.window(1280, 900, "en", ColorScheme.LIGHT)) {
            Page page = window.page();
            logIn(window, node, "salma");
            page.navigate(node.console() + "/triage");
            page.evaluate("() => { window.stillTheOldPage = true; }");
            int before = page.locator("#queue tbody tr").count();

            Reference fresh =
                    report(Category.CHILD_EXPLOITATION, "Une autre adresse.", told(false, true, Optional.empty()));

            page.locator("#queue a[href$='" + fresh.grouped() + "']").waitFor();
            assertThat(page.locator("#queue tbody tr").count()).isEqualTo(before + 1);
            assertThat(page.evaluate("window.stillTheOldPage")).isEqualTo(true);
            page.keyboard().press("j");
            String firstFocused = (String) page.evaluate("document.activeElement.getAttribute('href')");
            page.keyboard().press("j");
            assertThat(firstFocused).startsWith("/triage/reports/");
            assertThat(page.evaluate("document.activeElement.getAttribute('href')"))
                    .isNotEqualTo(firstFocused);
            // Unread past its time: the job rings, the page says so without a reload.
            page.locator("#news .note.error").waitFor();
            page.locator("#news li a").first().waitFor();
            page.locator("#sound").click();
            assertThat(page.locator("#sound").getAttribute("aria-pressed")).isEqualTo("true");
            window.assertAccessible("queue with alarm");
            window.screenshot("triage-en-8-alarm");
            // Who speaks to the machine says letters: the keys can be switched off, and stay off.
            page.locator("#keys").click();
            page.keyboard().press("j");
            assertThat(page.evaluate("document.activeElement.id")).isEqualTo("keys");
            page.reload();
            assertThat(page.locator("#keys").isChecked()).isFalse();
        }
    }

    @Test
    void theQueueWorksWithoutScript() {
        try (Window window = browsers.withoutScripts(360, 800, "es")) {
            Page page = window.page();
            logIn(window, node, "karim");
            page.navigate(node.console() + "/triage");
            assertThat(page.locator("#watch").isVisible()).isFalse();
            page.locator("#category").selectOption(Category.HARASSMENT.name());
            page.locator("form[role=search] button").click();
            page.waitForURL("**/triage?view=OPEN**");
            assertThat(page.locator("#queue tbody tr").count()).isEqualTo(1);
            page.locator("#queue tbody tr a").click();
            page.waitForURL("**/triage/reports/**");
            assertThat(page.locator("h1").innerText()).contains("-");
        }
    }

    @Test
    void anOfficerOfAnotherUnitMeetsTheSame404AsForNothing() {
        try (Window window = browsers.window(1280, 900, "en", ColorScheme.LIGHT)) {
            Page page = window.page();
            logIn(window, node, "karim");
            String unknown = node.service(IntakeService.class).newReference().grouped();
            String[] pages = new String[2];
            for (int i = 0; i < 2; i++) {
                var answer = page.navigate(node.console() + "/triage/reports/" + (i == 0 ? closed.grouped() : unknown));
                assertThat(answer.status()).isEqualTo(404);
                pages[i] = page.locator("main").innerText();
            }
            assertThat(pages[0]).isEqualTo(pages[1]);
            window.forgetComplaints();
        }
        try (Window window = browsers.window(1280, 900, "en", ColorScheme.LIGHT)) {
            logIn(window, node, "salma");
            assertThat(window.page()
                            .navigate(node.console() + "/triage/reports/" + closed.grouped())
                            .status())
                    .isEqualTo(200);
        }
    }
}
