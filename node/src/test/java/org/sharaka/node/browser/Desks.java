package org.sharaka.node.browser;

import com.microsoft.playwright.Page;
import java.util.Optional;
import java.util.Set;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.NewOfficer;
import org.sharaka.node.access.Officer;
import org.sharaka.node.access.OfficerService;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.access.Role;
import org.sharaka.node.browser.Browsers.Window;
import org.sharaka.node.platform.TestNode;

/** Officers of a demo node, who need no one-time code, and how they come to their desks. */
final class Desks {
    static final String PASSWORD = "three invented words of a test";

    private Desks() {}

    /** @return the officer as the node sees them when they investigate */
    static Actor officer(TestNode node, String login, String unit, Role... roles) {
        return named(node, login, login, unit, roles);
    }

    /** Likewise, with a name that is shown instead of the login. */
    static Actor named(TestNode node, String login, String name, String unit, Role... roles) {
        Officer officer = node.service(OfficerService.class)
                .addDemoOfficer(
                        Actor.commandLine("test"),
                        new NewOfficer(login, name, Optional.of(unit), Set.of(roles)),
                        PASSWORD);
        return new Actor(
                Actor.Kind.OFFICER,
                officer.id().toString(),
                login,
                Optional.of(unit),
                Role.permissionsOf(Set.of(roles)),
                Optional.of(Purpose.INVESTIGATION));
    }

    /** Logs in and says that it is for an investigation. */
    static void logIn(Window window, TestNode node, String login) {
        logIn(window, node, login, Purpose.INVESTIGATION);
    }

    static void logIn(Window window, TestNode node, String login, Purpose purpose) {
        Page page = window.page();
        page.navigate(node.console() + "/login");
        page.locator("#username").fill(login);
        page.locator("#password").fill(PASSWORD);
        window.follow(page.locator("form[action='/login'] button[type=submit]"));
        page.navigate(node.console() + "/purpose");
        page.locator("input[name=purpose][value=" + purpose + "]").check();
        window.follow(page.locator("form[action='/purpose'] button[type=submit]"));
    }
}
