package org.sharaka.node.audit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.platform.CommandContext;
import org.sharaka.node.platform.NodeCommand;
import org.sharaka.node.platform.OperatorException;
import org.sharaka.protocol.tree.TreeHead;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./sharaka verify-audit}: exit status 0 if the record is sound, 1 if not. */
@Command(name = "verify-audit")
public final class VerifyAuditCommand implements NodeCommand {
    @Option(names = "--head", paramLabel = "SIZE:ROOT")
    private @Nullable String head;

    @Override
    public int run(CommandContext context) {
        Clock clock = context.service(Clock.class);
        Instant began = clock.instant();
        Sequencer sequencer = context.service(Sequencer.class);
        // What was entered while no node ran gets its place first.
        while (sequencer.sequence() > 0) {}
        Verification result = context.service(Verifier.class).verify(known());
        String seconds = Long.toString(Duration.between(began, clock.instant()).toSeconds());
        print(context, result, seconds);
        return result.sound() ? 0 : 1;
    }

    private Optional<TreeHead> known() {
        if (head == null) return Optional.empty();
        try {
            return Optional.of(TreeHead.parse(head));
        } catch (IllegalArgumentException e) {
            throw new OperatorException("audit.verified.bad-head", e, head);
        }
    }

    private static void print(CommandContext context, Verification result, String seconds) {
        say(context, "audit.verified.size", result.head().size(), result.purged(), result.waiting());
        say(context, "audit.verified.acts", result.acts());
        say(context, "audit.verified.head", result.head());
        for (Finding finding : result.findings()) {
            context.out().print("  ");
            say(context, "audit.finding." + finding.kind(), finding.where());
        }
        long more = result.found() - result.findings().size();
        if (more > 0) say(context, "audit.verified.more", more);
        if (result.sound()) say(context, "audit.verified.sound", seconds);
        else say(context, "audit.verified.unsound", result.found(), seconds);
    }

    private static void say(CommandContext context, String key, Object... arguments) {
        context.out().println(context.messages().text(key, arguments));
    }
}
