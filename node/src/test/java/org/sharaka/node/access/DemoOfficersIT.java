package org.sharaka.node.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sharaka.node.platform.TestNode;
import org.springframework.jdbc.core.JdbcTemplate;

/** No demo password can ever work on a node that was not started as a demo. */
class DemoOfficersIT {
    private static final Actor MACHINE = Actor.commandLine("test");
    private static final String PASSWORD = "a password that is printed";
    private static final NewOfficer AMAL =
            new NewOfficer("amal", "Amal", Optional.empty(), Set.of(Role.ANALYST, Role.NODE_ADMINISTRATOR));

    @Test
    void aDemoOfficerLogsInWithAPasswordAloneOnADemoNode() {
        try (TestNode demo = TestNode.start("sharaka.demo=true")) {
            demo.service(OfficerService.class).addDemoOfficer(MACHINE, AMAL, PASSWORD);

            assertThat(Browser.location(new Browser(demo.console()).logIn("amal", PASSWORD, "")))
                    .isEqualTo("/");
        }
    }

    @Test
    void aNodeThatIsNoDemoNeitherMakesADemoOfficerNorLetsOneIn() {
        try (TestNode node = TestNode.start()) {
            OfficerService officers = node.service(OfficerService.class);
            assertThatThrownBy(() -> officers.addDemoOfficer(MACHINE, AMAL, PASSWORD))
                    .hasMessageContaining("demo");
            // As if a demo's database had been given to a real node.
            Enrolment enrolment = officers.add(MACHINE, AMAL);
            node.service(JdbcTemplate.class).update("update access.officer set demo = true");
            node.service(SqlOfficers.class)
                    .changePassword(
                            enrolment.officer().id(),
                            node.service(Passwords.class).hashOfNew(PASSWORD, new Login("amal")));

            assertThat(Browser.location(new Browser(node.console()).logIn("amal", PASSWORD, "")))
                    .isEqualTo("/login?refused");
            assertThat(new Browser(node.console())
                            .submit("/enrol", "/enrol", "login", "amal", "code", enrolment.code())
                            .statusCode())
                    .isEqualTo(403);
        }
    }
}
