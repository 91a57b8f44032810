package org.sharaka.node.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.node.browser.Desks.logIn;
import static org.sharaka.node.browser.Desks.officer;
import static org.sharaka.node.originator.ThreeBureaux.ES;
import static org.sharaka.node.originator.ThreeBureaux.MA;
import static org.sharaka.node.originator.ThreeBureaux.handling;
import static org.sharaka.node.originator.ThreeBureaux.text;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.sharaka.node.access.Role;
import org.sharaka.node.browser.Browsers.Window;
import org.sharaka.node.originator.ThreeBureaux;
import org.sharaka.node.platform.TestNode;

/** What Spain's officers see of Morocco's data after a return from a backup, in a real browser. All cases are invented. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReturnPagesIT {
    private static final String SECRET = "La cuenta es de su hermano.";

    private Browsers browsers;
    private ThreeBureaux nodes;

    @BeforeAll
    void start() {
        browsers = Browsers.start();
        nodes = new ThreeBureaux();
        TestNode spain = nodes.returned(ES, "sharaka.demo=true");
        officer(spain, "lucia", "Oficina", Role.BUREAU_DUTY_OFFICER);
        officer(spain, "carmen", "Oficina", Role.COMPLIANCE_OFFICER);
        var unused = nodes.send(MA, ES, handling(MA), text(SECRET), Optional.empty());
    }

    @AfterAll
    void stop() {
        if (nodes != null) nodes.close();
        if (browsers != null) browsers.close();
    }

    private static void openConversation(Window window, TestNode node) {
        window.page().navigate(node.console() + "/bureau?view=ALL");
        window.follow(window.page().locator("main table a.strong").first());
    }

    @Test
    void officersSeeWhyDataWaitsAndOneGoesOnWithoutTheMembersWord() {
        TestNode spain = nodes.node(ES);
        try (Window hers = browsers.window(390, 844, "ar-MA", ColorScheme.LIGHT);
                Window theirs = browsers.window(1440, 900, "es-ES", ColorScheme.LIGHT)) {
            logIn(hers, spain, "lucia");
            openConversation(hers, spain);
            Page page = hers.page();
            assertThat(page.locator("main").innerText()).doesNotContain(SECRET).contains("نسخة احتياطية");
            hers.shown("return-ar-1-waits");
            hers.follow(page.locator("a[href='/originator#unsettled']"));
            assertThat(page.locator("#unsettled li").count()).isPositive();

            logIn(theirs, spain, "carmen");
            Page there = theirs.page();
            there.navigate(spain.console() + "/network");
            assertThat(there.locator("main").innerText()).contains("Sus datos esperan");
            there.navigate(spain.console() + "/originator");
            Locator morocco = there.locator("#unsettled li:has(input[value='ma-ncb'])");
            morocco.locator("summary").click();
            morocco.locator("textarea").fill("Marruecos no responde desde hace días.");
            theirs.shown("return-es-1-go-on");
            theirs.follow(morocco.locator("button[type=submit]"));
            assertThat(there.locator("[role=status]").count()).isEqualTo(1);
            assertThat(there.locator("#unsettled").innerText()).contains("Marruecos no responde");
            theirs.shown("return-es-2-gone-on");

            openConversation(hers, spain);
            assertThat(page.locator("main").innerText()).contains(SECRET);
        }
    }
}
