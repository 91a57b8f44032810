package org.sharaka.node.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.node.browser.Desks.logIn;
import static org.sharaka.node.browser.Desks.officer;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.WaitForSelectorState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.sharaka.node.access.Role;
import org.sharaka.node.agreement.TestAgreements;
import org.sharaka.node.browser.Browsers.Window;
import org.sharaka.node.bureau.BureauFixture;
import org.sharaka.node.platform.TestNode;

/** Duty officers of two countries write to each other, in a real browser. All cases are invented. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BureauPagesIT {
    private static final String HOSTILE =
            "<img src=x onerror=alert(1)><script>alert(2)</script>\"'><svg onload=alert(3)>{{7*7}}${7*7}\u202Egnp.exe";

    private Browsers browsers;
    private BureauFixture nodes;

    @BeforeAll
    void start() {
        browsers = Browsers.start();
        nodes = new BureauFixture(
                "sharaka.demo=true", "sharaka.web.zone=Africa/Casablanca", "sharaka.attachment.ask-above-megabytes=0");
        officer(nodes.morocco, "amina", "Bureau", Role.BUREAU_DUTY_OFFICER);
        officer(nodes.morocco, "omar", "Conformité", Role.COMPLIANCE_OFFICER);
        officer(nodes.morocco, "gate", "Port", Role.FRONT_LINE_OFFICER);
        officer(nodes.spain, "lucia", "Oficina", Role.BUREAU_DUTY_OFFICER);
    }

    private static void toTheDesk(Window window, TestNode node, String login) {
        logIn(window, node, login);
        window.page().navigate(node.console() + "/bureau");
    }

    @AfterAll
    void stop() {
        if (nodes != null) nodes.close();
        if (browsers != null) browsers.close();
    }

    /** To Spain, which the treaty binds, and to a third country, which none does. */
    private static void compose(Window window, String subject, String text) {
        Page page = window.page();
        window.follow(page.locator("a[href='/bureau/new']"));
        page.locator("#to-es-ncb").check();
        page.locator("#to-xk-ncb").check();
        window.follow(page.locator("form[method=get] button[type=submit]"));
        page.locator("input[name='basis-es-ncb'][value='test.treaty']").check();
        page.locator("#subject").fill(subject);
        page.locator("#text").fill(text);
        page.locator("#facts").fill("حُوِّل مبلغ إلى حساب في بلباو بعد مكالمة انتحلت صفة بنك.");
        page.locator("#grounds").fill("البنك إسباني.");
        page.locator("#urgency").selectOption("URGENT");
        page.locator("#NOBODY").check();
    }

    @Test
    void moroccoAsksInArabicOnAPhoneAndSpainAnswersAndNeitherReloads() {
        try (Window ours = browsers.window(390, 844, "ar-MA", ColorScheme.LIGHT);
                Window theirs = browsers.window(1280, 900, "es-ES", ColorScheme.DARK)) {
            Page page = ours.page();
            toTheDesk(ours, nodes.morocco, "amina");
            ours.shown("bureau-ar-1-list");
            compose(ours, "حساب بنكي في بلباو", HOSTILE);
            assertThat(page.locator(".note.error").count()).isEqualTo(1);
            ours.shown("bureau-ar-2-compose");
            // What is urgent says why: nothing typed is lost.
            ours.follow(page.locator("button.primary[type=submit]"));
            assertThat(page.locator("[role=alert]").count()).isEqualTo(1);
            assertThat(page.locator("#text").inputValue()).isEqualTo(HOSTILE);
            ours.forgetComplaints();
            page.locator("#urgencyReason").fill("ما زال بالإمكان إيقاف التحويل.");
            page.locator("#H2").check();
            ours.follow(page.locator("button.primary[type=submit]"));
            page.evaluate("() => { window.sameWindow = true; }");
            page.waitForSelector(".badge.delivery.ok");
            assertThat(page.evaluate("() => window.sameWindow")).isEqualTo(true);
            assertThat(page.locator(".narrative").first().innerText()).contains("<script>", "[U+202E]");
            ours.shown("bureau-ar-3-sent");

            Page there = theirs.page();
            toTheDesk(theirs, nodes.spain, "lucia");
            assertThat(there.locator("tr.unread:has-text('حساب بنكي في بلباو') .badge.danger")
                            .count())
                    .isEqualTo(1);
            theirs.shown("bureau-es-1-list");
            theirs.follow(there.getByText("حساب بنكي في بلباو"));
            assertThat(there.locator(".narrative").first().innerText()).contains("<script>");
            theirs.shown("bureau-es-2-asked");
            there.locator(".theirs details summary").last().click();
            there.locator("textarea[name=sentence]").fill("El banco ha bloqueado la cuenta.");
            there.locator("form[action$='/acted'] input[value=NOBODY]").check();
            theirs.follow(there.locator("form[action$='/acted'] button"));
            there.locator("#a0-outcome").selectOption("GIVEN");
            there.locator("#a0-text").fill("La cuenta está bloqueada.");
            there.locator("#a0-NOBODY").check();
            assertThat(there.locator("form:has(#a0-text)").innerText()).contains("Doble incriminación");
            theirs.follow(there.locator("form:has(#a0-text) button[type=submit]"));
            theirs.shown("bureau-es-3-answered");

            // Whoever is there is shown it.
            page.keyboard().press("Shift");
            page.waitForSelector(".letters .theirs");
            page.getByText("El banco ha bloqueado la cuenta.").waitFor();
            assertThat(page.evaluate("() => window.sameWindow")).isEqualTo(true);
            assertThat(page.locator(".letters .theirs .narrative").innerText()).contains("bloqueada");
            ours.shown("bureau-ar-4-answered");
        }
    }

    @Test
    void aFileGoesFromAPhoneInArabicToADesktopInFrenchWhoseOfficerLetsItCome() {
        try (Window ours = browsers.window(390, 844, "ar-MA", ColorScheme.LIGHT);
                Window theirs = browsers.window(1280, 900, "fr-FR", ColorScheme.LIGHT)) {
            Page page = ours.page();
            toTheDesk(ours, nodes.morocco, "amina");
            compose(ours, "عقد مزوَّر", "العقد في المرفق.");
            page.locator("#urgencyReason").fill("يوم التوقيع غدًا.");
            page.locator("#upload").setInputFiles(new FilePayload("عقد.pdf", "application/pdf", new byte[3_000_000]));
            page.waitForSelector(".uploads input[name=files]", attached());
            ours.shown("bureau-files-ar-1-compose");
            ours.follow(page.locator("button.primary[type=submit]"));
            page.waitForSelector(".badge.delivery.ok");
            ours.shown("bureau-files-ar-2-sent");

            Page there = theirs.page();
            toTheDesk(theirs, nodes.spain, "lucia");
            theirs.follow(there.getByText("عقد مزوَّر"));
            there.waitForSelector("form[action$='/accept']");
            theirs.shown("bureau-files-fr-1-asked");
            theirs.follow(there.locator("form[action$='/accept'] button"));
            there.waitForSelector(".attachments .badge.ok");
            theirs.shown("bureau-files-fr-2-arrived");
            theirs.follow(there.locator(".attachments a"));
            assertThat(there.locator("h1").innerText()).contains("عقد.pdf");
            theirs.shown("bureau-files-fr-3-file");

            there.goBack();
            there.getByText("Écrire un message").click();
            there.locator("#t-text").fill("Merci, voici le nôtre.");
            there.locator("#t-NOBODY").check();
            there.locator("#t-upload").setInputFiles(new FilePayload("réponse.txt", "text/plain", new byte[] {65}));
            there.waitForSelector(".uploads input[name=files]", attached());
            theirs.follow(there.locator("form:has(#t-text) button.primary[type=submit]"));
            page.keyboard().press("Shift");
            page.waitForSelector(".letters .theirs .attachments .badge");
            page.reload();
            ours.shown("bureau-files-ar-3-answered");

            page.locator(".letters .ours details summary").first().click();
            ours.shown("bureau-files-ar-4-proof");
            Download proof = page.waitForDownload(() ->
                    page.locator(".letters .ours a[href$='/proof.zip']").first().click());
            assertThat(proof.suggestedFilename()).startsWith("proof-").endsWith(".zip");
            assertThat(proof.failure()).isNull();
        }
    }

    private static Page.WaitForSelectorOptions attached() {
        return new Page.WaitForSelectorOptions().setState(WaitForSelectorState.ATTACHED);
    }

    @Test
    void s11AVictimsWordsAreReadTwiceInFrenchOnADesktop() {
        try (Window author = browsers.window(1440, 900, "fr-FR", ColorScheme.LIGHT);
                Window second = browsers.window(1440, 900, "fr-FR", ColorScheme.LIGHT)) {
            Page page = author.page();
            toTheDesk(author, nodes.morocco, "amina");
            compose(author, "Menaces par messagerie", "La victime écrit : « il me filme ».");
            page.locator("#urgencyReason").fill("Le départ est proche.");
            // Whose words it repeats is said, or nothing leaves; what was typed stays.
            page.locator("#NOBODY").uncheck();
            author.follow(page.locator("button.primary[type=submit]"));
            assertThat(page.locator("[role=alert]").innerText()).contains("de personne, ou de qui");
            assertThat(page.locator("#text").inputValue()).contains("il me filme");
            author.forgetComplaints();
            page.locator("#VICTIM").check();
            author.shown("bureau-fr-1-compose");
            author.follow(page.locator("button.primary[type=submit]"));
            assertThat(page.locator("form[action$='/release']").count()).isZero();
            author.shown("bureau-fr-2-waits");

            Page other = second.page();
            toTheDesk(second, nodes.morocco, "omar");
            other.navigate(nodes.morocco.console() + "/bureau?view=LOOK");
            second.shown("bureau-fr-3-looks");
            second.follow(other.getByText("Menaces par messagerie"));
            second.shown("bureau-fr-4-look");
            second.follow(other.locator("form[action$='/release'] button"));
            other.waitForSelector(".badge.delivery.ok");
            second.shown("bureau-fr-5-released");
        }
    }

    @Test
    void whereNoLawLetsASentencePassSpainSaysThatItActedAndNoMore() {
        try (Window ours = browsers.window(390, 844, "ar-MA", ColorScheme.LIGHT);
                Window theirs = browsers.window(1280, 900, "fr-FR", ColorScheme.LIGHT)) {
            Page page = ours.page();
            toTheDesk(ours, nodes.morocco, "amina");
            compose(ours, "هاتف في بلباو", "الرقم لامرأة في بلباو.");
            page.locator("#urgencyReason").fill("غدًا يُغلق.");
            ours.follow(page.locator("button.primary[type=submit]"));
            page.waitForSelector(".badge.delivery.ok");
            TestAgreements.unbind(nodes.spain, BureauFixture.TREATY, "MA");
            try {
                Page there = theirs.page();
                toTheDesk(theirs, nodes.spain, "lucia");
                theirs.follow(there.getByText("هاتف في بلباو"));
                there.locator(".theirs details summary").last().click();
                Locator acted = there.locator("form[action$='/acted']");
                assertThat(acted.locator("textarea").count()).isZero();
                assertThat(acted.innerText()).contains("Aucun accord ne permet");
                theirs.shown("bureau-lawless-fr");
                theirs.follow(acted.locator("button"));
                assertThat(there.locator(".theirs").innerText()).contains("lucia y a donné suite");
            } finally {
                TestAgreements.bind(nodes.spain, BureauFixture.TREATY, "MA");
            }
            page.getByText("اتُّخذ إجراء").first().waitFor();

            page.locator(".letters .ours details:has(form[action$='/order']) summary")
                    .click();
            Locator order = page.locator("form[action$='/order']");
            order.locator("input[value=PURGE]").check();
            order.locator("textarea[name=reason]").fill("رقم شخص آخر.");
            order.locator("input[value=NOBODY]").check();
            ours.follow(order.locator("button.danger"));
            // What Spain had done stays on record there, without the message and whatever was said about it.
            Page there = theirs.page();
            there.keyboard().press("Shift");
            there.getByText("a été détruite avec le message").waitFor();
            assertThat(there.locator(".theirs").innerText()).contains("lucia y a donné suite");
            theirs.shown("bureau-sentence-ended-fr");
        }
    }

    @Test
    void itWorksWithoutScripts() {
        try (Window window = browsers.withoutScripts(1024, 800, "en")) {
            Page page = window.page();
            toTheDesk(window, nodes.morocco, "amina");
            compose(window, "Without scripts", "Who holds the account?");
            page.locator("#urgencyReason").fill("It can still be stopped.");
            window.follow(page.locator("button.primary[type=submit]"));
            assertThat(page.locator(".badge.delivery").count()).isEqualTo(1);
            page.locator("#reply-part details summary").first().click();
            page.locator("#t-text").fill("And one thing more.");
            page.locator("#t-NOBODY").check();
            window.follow(page.locator("form:has(#t-text) button[type=submit]"));
            assertThat(page.locator(".letters .ours").count()).isEqualTo(2);
        }
    }

    @Test
    void whoWorksElsewhereMeetsARefusalAndWhatIsNotThereIsNotThere() {
        try (Window gate = browsers.window(1024, 800, "en", ColorScheme.LIGHT);
                Window duty = browsers.window(1024, 800, "en", ColorScheme.LIGHT)) {
            toTheDesk(gate, nodes.morocco, "gate");
            String unknown = nodes.morocco.console() + "/bureau/conversations/es-ncb/" + "0".repeat(32);
            for (String path : new String[] {"/bureau", "/bureau/new"})
                assertThat(gate.page().navigate(nodes.morocco.console() + path).status())
                        .isEqualTo(403);
            assertThat(gate.page().navigate(unknown).status()).isEqualTo(403);
            assertThat(gate.page().locator("a[href='/bureau']").count()).isZero();

            toTheDesk(duty, nodes.morocco, "amina");
            assertThat(duty.page().navigate(unknown).status()).isEqualTo(404);
            assertThat(duty.page()
                            .navigate(nodes.morocco.console() + "/bureau/conversations/nothing/at-all")
                            .status())
                    .isEqualTo(404);
        }
    }
}
