package org.sharaka.node.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.sharaka.node.access.OfficerCommand;
import org.sharaka.node.access.OfficerService;
import org.sharaka.node.platform.CommandContext;
import org.sharaka.node.platform.NodeCommand;
import org.sharaka.node.platform.OperatorException;
import org.sharaka.node.platform.PrintedMessages;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.platform.TestNode;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import picocli.CommandLine;

/** What an administrator does at the node's machine, and what the record then says of it. */
class AuditCommandIT {
    private final StringWriter said = new StringWriter();

    @Test
    void officersAreMadeAtTheCommandLineAndTheRecordTellsOfIt() throws Exception {
        try (TestNode node = TestNode.withoutWeb()) {
            assertThat(run(node, new OfficerCommand.Add(), "Samira", "--name", "Samira", "--role", "ANALYST,AUDITOR"))
                    .isZero();
            assertThat(said.toString())
                    .contains("samira")
                    .containsPattern("[A-Z2-7]{5}-[A-Z2-7]{5}-[A-Z2-7]{5}-[A-Z2-7]{5}");
            assertThatThrownBy(() -> run(node, new OfficerCommand.Add(), "samira"))
                    .isInstanceOf(ProblemException.class);
            assertThat(run(node, new OfficerCommand.Reset(), "samira")).isZero();
            assertThatThrownBy(() -> run(node, new OfficerCommand.Reset(), "nobody"))
                    .isInstanceOf(OperatorException.class);
            assertThat(run(node, new OfficerCommand.BreakGlass(), "--reason", "drill", "--minutes", "5"))
                    .isZero();
            assertThatThrownBy(() ->
                            run(node, new OfficerCommand.BreakGlass(), "--reason", "too long", "--minutes", "500"))
                    .isInstanceOf(ProblemException.class);
            assertThat(run(node, new OfficerCommand())).isZero();
            assertThat(said.toString()).contains("samira\tANALYST,AUDITOR").contains("break-glass-");

            said.getBuffer().setLength(0);
            assertThat(run(node, new VerifyAuditCommand())).isZero();
            assertThat(said.toString()).contains("Entries in the tree: 6").contains("sound");
            assertThat(node.service(JdbcTemplate.class)
                            .queryForList("select action || ' ' || outcome from audit.entry order by id", String.class))
                    .containsExactly(
                            // The node's own: the agreements that come with it.
                            "agreement.ship DONE",
                            "access.officer-add DONE",
                            "access.officer-add REFUSED",
                            "access.officer-reset DONE",
                            "access.break-glass DONE",
                            "access.break-glass REFUSED");
        }
    }

    @Test
    void aRoleGivenPastTheNodeIsFound() throws Exception {
        try (TestNode node = TestNode.withoutWeb()) {
            run(node, new OfficerCommand.Add(), "samira", "--role", "AUDITOR");
            assertThat(run(node, new VerifyAuditCommand())).isZero();

            node.service(JdbcTemplate.class).update("update access.officer set roles = '{AUDITOR,NODE_ADMINISTRATOR}'");

            assertThat(run(node, new VerifyAuditCommand())).isEqualTo(1);
            assertThat(said.toString()).contains("TAMPERED").contains("access.officer-roles officer/");
            assertThatThrownBy(() -> run(node, new VerifyAuditCommand(), "--head", "nonsense"))
                    .isInstanceOf(OperatorException.class);
        }
    }

    private int run(TestNode node, NodeCommand command, String... arguments) throws Exception {
        new CommandLine(command).parseArgs(arguments);
        StaticListableBeanFactory services = new StaticListableBeanFactory();
        services.addBean("officers", node.service(OfficerService.class));
        services.addBean("verifier", node.service(Verifier.class));
        services.addBean("sequencer", node.service(Sequencer.class));
        services.addBean("clock", node.service(Clock.class));
        PrintWriter out = new PrintWriter(said, true);
        return command.run(new CommandContext(services, out, out, PrintedMessages.in(Locale.ENGLISH)));
    }
}
