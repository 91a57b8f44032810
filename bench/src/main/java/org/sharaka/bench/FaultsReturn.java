package org.sharaka.bench;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.sharaka.node.backup.RestoreCommand;
import org.sharaka.node.platform.CommandContext;
import org.sharaka.node.platform.PrintedMessages;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import picocli.CommandLine;

/** {@code ./sharaka restore} in a process of its own, by the clock of the node that it brings back. */
final class FaultsReturn {
    private FaultsReturn() {}

    /** @param arguments backup, home, file of the passphrase, the database's programs, seconds that the clock is ahead */
    public static void main(String[] arguments) throws Exception {
        CommandContext.Flags flags = new CommandContext.Flags(
                Path.of(arguments[1]),
                Map.of(
                        "vault.passphrase-file",
                        arguments[2],
                        "database.binaries",
                        arguments[3],
                        "database.shared-buffers-megabytes",
                        FaultsNode.SHARED_MEGABYTES));
        StaticListableBeanFactory services = new StaticListableBeanFactory();
        services.addBean("clock", Clock.offset(Clock.systemUTC(), Duration.ofSeconds(Long.parseLong(arguments[4]))));
        services.addBean("flags", flags);
        RestoreCommand restore = new RestoreCommand();
        new CommandLine(restore).parseArgs("--from", arguments[0]);
        PrintWriter said = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(restore.run(new CommandContext(services, said, said, PrintedMessages.here())));
    }
}
