package org.sharaka.node.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.platform.CommandContext;
import org.sharaka.node.platform.OfflineCommand;
import org.sharaka.node.platform.OperatorException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./sharaka restore --from DIR --home NEW}: a node as it was at the backup's moment, in an empty home. */
@Command(name = "restore")
public final class RestoreCommand implements OfflineCommand {
    @Option(names = "--from", paramLabel = "DIR", required = true)
    private Path from = Path.of("");

    @Option(names = "--keys", paramLabel = "DIR")
    private @Nullable Path keys;

    @Option(names = "--backup", paramLabel = "NAME")
    private @Nullable String name;

    @Override
    public int run(CommandContext context) throws IOException, SQLException {
        Clock clock = context.service(Clock.class);
        CommandContext.Flags flags = context.service(CommandContext.Flags.class);
        BackupStore store = new BackupStore(from, Optional.ofNullable(keys));
        Instant began = clock.instant();
        try {
            StoredBackup backup = BackupCommand.open(store, flags, Optional.ofNullable(name));
            Restoration.Restored restored = new Restoration(backup, clock, flags.settings()).into(flags.home());
            BackupCommand.say(
                    context,
                    "backup.restored",
                    backup.name(),
                    flags.home(),
                    backup.manifest().at());
            BackupCommand.say(
                    context,
                    "backup.restored.size",
                    restored.rows(),
                    restored.files(),
                    Duration.between(began, clock.instant()).toSeconds());
            if (restored.gone() > 0) BackupCommand.say(context, "backup.restored.gone", restored.gone());
            BackupCommand.say(context, "backup.restored.next");
            return 0;
        } catch (DamagedException e) {
            throw new OperatorException("backup.damaged", e, e.what());
        }
    }
}
