package org.sharaka.node.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.node.browser.Desks.logIn;
import static org.sharaka.node.browser.Desks.officer;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.sharaka.node.access.Role;
import org.sharaka.node.browser.Browsers.Window;
import org.sharaka.node.bureau.BureauFixture;
import org.sharaka.node.platform.TestNode;
import org.springframework.jdbc.core.JdbcTemplate;

/** Deadlines, alarms and the handover of a shift, in a real browser. All cases are invented. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DutyDeskPagesIT {
    private static final String SUBJECT = "حساب بنكي في بلباو";
    private static final String HOSTILE = "<img src=x onerror=alert(1)>\u202Egnp.exe";

    private Browsers browsers;
    private BureauFixture nodes;

    @BeforeAll
    void start() {
        browsers = Browsers.start();
        nodes = new BureauFixture("sharaka.demo=true", "sharaka.web.zone=Africa/Casablanca");
        officer(nodes.morocco, "amina", "Bureau", Role.BUREAU_DUTY_OFFICER);
        officer(nodes.morocco, "gate", "Port", Role.FRONT_LINE_OFFICER);
        officer(nodes.spain, "lucia", "Oficina", Role.BUREAU_DUTY_OFFICER);
        officer(nodes.spain, "pablo", "Oficina", Role.BUREAU_DUTY_OFFICER);
        officer(nodes.spain, "sola", "Otra", Role.BUREAU_DUTY_OFFICER);
    }

    @AfterAll
    void stop() {
        if (nodes != null) nodes.close();
        if (browsers != null) browsers.close();
    }

    private static void sql(TestNode node, String statement) {
        node.service(JdbcTemplate.class).update(statement);
    }

    private void ask(Window window) {
        Page page = window.page();
        page.navigate(nodes.morocco.console() + "/bureau/new?to=es-ncb&kind=REQUEST&purpose=INVESTIGATION");
        page.locator("input[name='basis-es-ncb'][value='test.treaty']").check();
        page.locator("#subject").fill(SUBJECT);
        page.locator("#text").fill("من صاحب الحساب؟");
        page.locator("#NOBODY").check();
        page.locator("#facts").fill("حُوِّل مبلغ إلى حساب في بلباو بعد مكالمة انتحلت صفة بنك.");
        page.locator("#grounds").fill("البنك إسباني.");
        page.locator("#urgency").selectOption("URGENT");
        page.locator("#urgencyReason").fill("ما زال بالإمكان إيقاف التحويل.");
        window.follow(page.locator("form[method=post] button.primary[type=submit]"));
        page.waitForSelector(".badge.delivery.ok");
    }

    @Test
    void anUrgentRequestRingsOnEveryPageIsTakenOnRemindedOfAndHandedOver() {
        try (Window ours = browsers.window(360, 780, "ar-MA", ColorScheme.LIGHT);
                Window theirs = browsers.window(1280, 900, "fr-FR", ColorScheme.LIGHT);
                Window next = browsers.window(1280, 900, "es-ES", ColorScheme.DARK)) {
            Page page = ours.page();
            logIn(ours, nodes.morocco, "amina");
            page.navigate(nodes.morocco.console() + "/bureau/alarms");
            ours.shown("duty-ar-1-no-alarm");
            page.navigate(nodes.morocco.console() + "/bureau/handover");
            ours.shown("duty-ar-2-empty-sheet");
            ask(ours);

            Page there = theirs.page();
            logIn(theirs, nodes.spain, "lucia");
            there.navigate(nodes.spain.console() + "/");
            assertThat(there.locator(".alarm a").isHidden()).isTrue();
            sql(nodes.spain, "update bureau.message set at = now() - interval '16 minutes'");
            // Whoever is on another page is told there, without loading it anew, and nothing of what it is about.
            there.waitForSelector(".alarm a:not([hidden])");
            assertThat(there.title()).startsWith("(!) ");
            assertThat(there.locator("header").innerText()).doesNotContain(SUBJECT);
            theirs.shown("duty-fr-1-rings");
            theirs.follow(there.locator(".alarm a"));
            assertThat(there.content()).doesNotContain(SUBJECT);
            theirs.shown("duty-fr-2-alarms");
            theirs.follow(there.locator("form[action$='/acknowledge'] button"));
            assertThat(there.locator("h1").innerText()).contains(SUBJECT);
            assertThat(there.locator(".alarm a").isHidden()).isTrue();
            assertThat(there.title()).doesNotStartWith("(!)");

            for (TestNode node : List.of(nodes.morocco, nodes.spain))
                sql(
                        node,
                        "update bureau.message set due_at = now() - interval '3 hours', at = now() - interval '11 hours' where due_at is not null");
            // A conversation that is open would show the reminder by itself, and so have read it.
            there.navigate(nodes.spain.console() + "/bureau");
            page.navigate(nodes.morocco.console() + "/bureau?view=THEIRS");
            assertThat(page.locator(".late").innerText()).isNotBlank();
            ours.shown("duty-ar-3-overdue");
            ours.follow(page.locator("form[action$='/remind'] button"));
            assertThat(page.locator("form[action$='/remind']").count()).isZero();
            ours.shown("duty-ar-4-reminded");

            there.waitForSelector("tr.unread");
            theirs.shown("duty-fr-3-list");
            theirs.follow(there.getByText(SUBJECT));
            assertThat(there.locator(".letters .theirs").count()).isEqualTo(2);
            theirs.shown("duty-fr-4-reminded");

            there.navigate(nodes.spain.console() + "/bureau/handover");
            theirs.shown("duty-fr-5-sheet");
            there.locator("#to").selectOption("pablo");
            there.locator("#note").fill(HOSTILE);
            theirs.follow(there.locator("form[action='/bureau/handover'][method=post] button"));
            assertThat(there.locator(".narrative").innerText()).contains("<img", "[U+202E]");
            assertThat(there.locator("form[action$='/take']").count()).isZero();
            theirs.shown("duty-fr-6-signed");
            there.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            // What another country wrote is not put on paper without its originator.
            assertThat(there.getByText(SUBJECT).first().isHidden()).isTrue();
            theirs.screenshot("duty-fr-7-printed");

            Page third = next.page();
            logIn(next, nodes.spain, "pablo");
            third.navigate(nodes.spain.console() + "/bureau/handover");
            next.follow(third.locator("a[href^='/bureau/handover/']"));
            next.shown("duty-es-1-given");
            next.follow(third.locator("form[action$='/take'] button"));
            assertThat(third.locator("form[action$='/take']").count()).isZero();
            next.shown("duty-es-2-taken");
        }
    }

    @Test
    void itWorksWithoutScriptsAndWhoWorksElsewhereMeetsARefusal() {
        try (Window alone = browsers.withoutScripts(1024, 800, "en");
                Window gate = browsers.window(1024, 800, "en", ColorScheme.LIGHT)) {
            logIn(alone, nodes.spain, "sola");
            alone.page().navigate(nodes.spain.console() + "/bureau/handover?hours=12");
            assertThat(alone.page().locator("#hours").inputValue()).isEqualTo("12");
            assertThat(alone.page().locator("#to").count()).isZero();
            assertThat(alone.page().locator(".note.warn").count()).isEqualTo(1);
            alone.page().navigate(nodes.spain.console() + "/bureau/handover?hours=%3Cscript%3E");
            assertThat(alone.page().locator("#hours").inputValue()).isEqualTo("8");

            logIn(gate, nodes.morocco, "gate");
            for (String path : new String[] {"/bureau/alarms", "/bureau/alarms/news", "/bureau/handover"})
                assertThat(gate.page().navigate(nodes.morocco.console() + path).status())
                        .isEqualTo(403);
            assertThat(gate.page().locator("[data-alarm]").count()).isZero();
            assertThat(alone.page()
                            .navigate(nodes.spain.console() + "/bureau/handover/not-a-number")
                            .status())
                    .isEqualTo(404);
        }
    }
}
